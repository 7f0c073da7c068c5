"""What docker-compose.yml says, and its services started by their own command lines on this machine."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from meetings_portal.engines.binaries import located
from meetings_portal.engines.process import (
    Account,
    as_account,
    environment,
    free_port,
    server_account,
    spawn,
    stop,
    wait_until,
)
from meetings_portal.state import CHECKOUT

GIVEN = {
    "SECRET_KEY": "only-for-this-test-" + "x" * 50,
    "DB_PASSWORD": "db-password",
    "DB_ADMIN_PASSWORD": "admin-password",
    "BROKER_PASSWORD": "broker-password",
    "ALLOWED_HOSTS": "portal.example",
    "PUBLIC_URL": "https://portal.example",
}


def composed() -> dict[str, Any]:
    """The services with their variables filled in as `docker compose` does it."""

    def fill(found: re.Match[str]) -> str:
        name, kind, rest = found[1], found[2], found[3]
        return GIVEN[name] if kind == ":?" else GIVEN.get(name) or rest

    text = (CHECKOUT / "docker-compose.yml").read_text()
    services: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{(\w+)(:[?-])([^}]*)\}", fill, text))["services"]
    return services


SERVICES = composed()


class Cluster:
    """A cluster made as the postgres image makes it: by initdb with the arguments of the file."""

    def __init__(self, folder: Path, initdb_args: str) -> None:
        self.account: Account = server_account(folder)
        self.programs = located(self.account, folder).postgres
        self.folder, self.port = folder, free_port()
        (folder / "password").write_text(GIVEN["DB_ADMIN_PASSWORD"])
        self.data = folder / "data"
        self.data.mkdir(mode=0o700)
        self.account.own(folder, folder / "password", self.data)
        made = [str(self.programs / "initdb"), "-D", str(self.data), "-U", "postgres", "--no-sync"]
        made += [f"--pwfile={folder / 'password'}", *shlex.split(initdb_args)]
        subprocess.run(
            made, env=environment(), cwd=folder, check=True, capture_output=True, **as_account(self.account)
        )
        started = [str(self.programs / "postgres"), "-D", str(self.data), "-p", str(self.port), "-k", ""]
        self.process = spawn(
            [*started, "-F"], log=folder / "log", death_signal=signal.SIGINT, account=self.account, cwd=folder
        )
        assert wait_until(lambda: self.run_program("pg_isready", "--username=portal").returncode == 0, 30)

    def run_program(self, *argv: str, **env: str) -> subprocess.CompletedProcess[str]:
        """A program of PostgreSQL against this cluster, as in its container."""
        path = f"{self.programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        where = {"PGHOST": "127.0.0.1", "PGPORT": str(self.port), "PGPASSWORD": GIVEN["DB_ADMIN_PASSWORD"]}
        found = argv[0] if "/" in argv[0] else str(self.programs / argv[0])
        return subprocess.run(
            [found, *argv[1:]], env={"PATH": path, **where, **env}, capture_output=True, text=True
        )

    def ask(self, question: str) -> str:
        """The answer to a question of the superuser, as text."""
        done = self.run_program("psql", "-U", "postgres", "-Atc", question)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def stop(self) -> None:
        """Fast shutdown."""
        stop(self.process, (signal.SIGINT, 10))


class Service:
    """A service of ours, started by its own command line with its own environment."""

    def __init__(self, name: str, folder: Path, db_port: int, broker_port: int) -> None:
        self.port = free_port()
        local = {
            "db:5432": f"127.0.0.1:{db_port}",
            "valkey:6379": f"127.0.0.1:{broker_port}",
            "/portal/state": str(folder),
        }

        def here(text: object) -> str:
            found = str(text)
            for there, ours in local.items():
                found = found.replace(there, ours)
            return found

        given = {key: here(value) for key, value in SERVICES[name]["environment"].items()}
        given |= {"STATE_DIR": str(folder), "PORT": str(self.port), "HOST": "127.0.0.1"}
        # Nothing of this test run reaches the service, least of all the addresses of its engines.
        outside = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        self.env, self.log = {**outside, **given}, folder / f"{name}.log"
        self.argv = [sys.executable if word == "python" else here(word) for word in SERVICES[name]["command"]]
        self.process: subprocess.Popen[bytes] | None = None

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run it to its end."""
        return subprocess.run(self.argv, env=self.env, cwd=CHECKOUT, capture_output=True, text=True)

    def __enter__(self) -> Service:
        self.process = spawn(self.argv, log=self.log, death_signal=signal.SIGTERM, env=self.env, cwd=CHECKOUT)
        return self

    def __exit__(self, *_: object) -> None:
        assert self.process is not None
        stop(self.process, (signal.SIGTERM, 15))

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""
