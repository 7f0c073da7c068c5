"""One PostgreSQL cluster in a directory: made once, started, found again, stopped."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from meetings_portal.engines.process import (
    Account,
    as_account,
    environment,
    free_port,
    is_running,
    last_line,
    spawn,
    state_of,
    stop,
    wait_until,
)
from meetings_portal.state import SetupError, secret

NAME = "portal"
# One order of letters on every machine: no library of the operating system takes part in it.
CLUSTER = [
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
]
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "recovery_init_sync_method": "syncfs",  # after a crash one call instead of one for every file
}
# For tests: their data need not survive a power cut. A vacuum of the superuser's would hold a database that is to
# be dropped, and nobody else may end it.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
START_SECONDS = 60.0
# What a new server says while the last processes of a killed one are still leaving, or about a lost port.
PASSING = ("pre-existing shared memory block", "already exists", "already in use")


class Postgres:
    """The cluster in `home`/postgres, its passwords in `keys`, its messages in `log`."""

    name = "postgres"

    def __init__(self, home: Path, keys: Path, log: Path, bin_dir: Path, account: Account, *, fast: bool):
        self.data = home / "postgres"
        self.keys, self.log, self.bin_dir, self.account, self.fast = keys, log, bin_dir, account, fast
        self.process: subprocess.Popen[bytes] | None = None
        self.pid = self.port = 0

    @property
    def url(self) -> str:
        """DATABASE_URL of the application's own role, which owns its database and is no superuser."""
        return f"postgres://{NAME}:{secret(self.keys / 'database_password')}@127.0.0.1:{self.port}/{NAME}"

    def start(self) -> None:
        """Bring the cluster up, or find the one that runs; SetupError in one sentence."""
        if self.process is not None and self.process.poll() is not None:
            self.process = None
        if not self.data.exists():
            self.create_cluster()
        deadline = time.monotonic() + START_SECONDS
        while not (self.adopt() or self.launch()):
            if time.monotonic() > deadline:
                raise SetupError(f"PostgreSQL did not start within {START_SECONDS:.0f} s (see {self.log}).")
            time.sleep(0.2)
        self.create_database()

    def create_cluster(self) -> None:
        """initdb beside the final place, then one rename: an interrupted one is never taken for a cluster."""
        draft = self.data.with_name("postgres.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        password = draft.with_name("postgres.password")
        with os.fdopen(os.open(password, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secret(self.keys / "postgres_password"))
        self.account.own(draft, password)
        command = [str(self.bin_dir / "initdb"), f"--pgdata={draft}", "--username=postgres", *CLUSTER]
        command += [f"--pwfile={password}", "--no-instructions", *(["--no-sync"] if self.fast else [])]
        with self.log.open("ab") as log:
            done = subprocess.run(
                command,
                env=environment(),
                cwd=draft,
                stdout=log,
                stderr=log,
                check=False,
                **as_account(self.account),
            )
        password.unlink()
        if done.returncode:
            raise SetupError(f"The database could not be made: {last_line(self.log)} (see {self.log}).")
        draft.rename(self.data)

    def adopt(self) -> bool:
        """Use the server that already runs on these data; a file left by a dead one is removed."""
        path = self.data / "postmaster.pid"
        with contextlib.suppress(FileNotFoundError, ValueError, IndexError):
            lines = path.read_text().splitlines()
            pid, self.port = int(lines[0]), int(lines[3])
            if is_running(pid, "postgres") and self.owns(pid):
                self.pid = pid
                return (
                    wait_until(lambda: self.accepts() or not is_running(pid, "postgres"), 30)
                    and self.accepts()
                )
            # The number may belong to a zombie that nobody reaps, or to another program by now.
            if state_of(pid):
                path.unlink(missing_ok=True)
        return False

    def owns(self, pid: int) -> bool:
        """Whether the server `pid` works in our data directory (where the kernel lets us ask)."""
        try:
            return Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.data.resolve()
        except PermissionError:
            return True
        except OSError:
            return False

    def launch(self) -> bool:
        """Start a server; True when it accepts connections, False when it is to be tried again."""
        self.port = free_port(self.port or self.remembered_port())
        settings = {**SETTINGS, "port": str(self.port), **(FAST if self.fast else {})}
        argv = [str(self.bin_dir / "postgres"), "-D", str(self.data)]
        argv += [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        said = self.log.stat().st_size if self.log.exists() else 0
        # SIGINT is the fast shutdown; SIGTERM would wait for every client to leave.
        process = spawn(argv, log=self.log, death_signal=signal.SIGINT, account=self.account, cwd=self.data)
        if not wait_until(lambda: process.poll() is not None or self.accepts(), START_SECONDS):
            stop(process, (signal.SIGQUIT, 5))
            raise SetupError(f"PostgreSQL does not answer on port {self.port} (see {self.log}).")
        if process.poll() is None:
            self.process, self.pid = process, process.pid
            self.data.with_name("postgres.port").write_text(str(self.port))
            return True
        if not any(words in self.log.read_text(errors="replace")[said:] for words in PASSING):
            raise SetupError(f"PostgreSQL did not start: {last_line(self.log)} (see {self.log}).")
        return False

    def remembered_port(self) -> int:
        """The port of the last time, so that it stays the same when it is still free; else 0."""
        with contextlib.suppress(OSError, ValueError):
            return int(self.data.with_name("postgres.port").read_text())
        return 0

    def connect(
        self, database: str = "postgres", role: str = "postgres", key: str = "postgres_password"
    ) -> Any:
        """A psycopg connection in autocommit, by default of the superuser."""
        import psycopg  # not at the top: the programs may be needed where the driver is not installed yet

        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            dbname=database,
            user=role,
            password=secret(self.keys / key),
            autocommit=True,
            connect_timeout=5,
        )

    def accepts(self) -> bool:
        """Whether the superuser can connect now."""
        try:
            self.connect().close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise SetupError(
                    f"The database in {self.data} has another password than {self.keys} holds: "
                    "bring the key files back, or run make reset to begin anew."
                ) from error
            return False
        return True

    def create_database(self) -> None:
        """The application's role and its database, when they are not there."""
        name, password = Identifier(NAME), Literal(secret(self.keys / "database_password"))
        with self.connect() as admin:
            known = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone()
            # CREATEDB is for tests and for restoring a backup beside the live database.
            act = SQL("ALTER" if known else "CREATE")
            admin.execute(
                SQL("{} ROLE {} LOGIN CREATEDB NOSUPERUSER PASSWORD {}").format(act, name, password)
            )
            if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                admin.execute(SQL("CREATE DATABASE {} OWNER {}").format(name, name))

    def alive(self) -> bool:
        """Whether the server process is there; reaps our own."""
        if self.process is not None:
            return self.process.poll() is None
        return is_running(self.pid, "postgres")

    def stop(self) -> None:
        """End our own server by a fast shutdown; one that somebody else started is left alone."""
        if self.process is not None:
            stop(self.process, (signal.SIGINT, 20), (signal.SIGQUIT, 5))
            self.process = None
