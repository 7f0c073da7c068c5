"""docker-compose.yml and the Dockerfile: parsed, and every command line of theirs run here."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from meetings_portal.address import answers
from meetings_portal.engines.binaries import located
from meetings_portal.engines.process import free_port, server_account, spawn, stop, wait_until
from meetings_portal.state import CHECKOUT
from meetings_portal.testing import reachable_directory
from tests.house.containers import GIVEN, SERVICES, Cluster, Service

# Provider and locale of the database that new ones are copied from: "b C.UTF-8" is the builtin one.
LOCALE = (
    "SELECT datlocprovider::text || ' ' || coalesce(datlocale, datcollate) "
    "FROM pg_database WHERE datname = 'template1'"
)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A directory that the servers' account can reach."""
    with reachable_directory() as path:
        yield path


@pytest.fixture(scope="module")
def db(folder: Path) -> Iterator[Cluster]:
    """The service db: its cluster and its role script."""
    service = SERVICES["db"]
    (folder / "db").mkdir()
    cluster = Cluster(folder / "db", service["environment"]["POSTGRES_INITDB_ARGS"])
    done = cluster.run_program(
        str(CHECKOUT / "deploy" / "database-role.sh"),
        POSTGRES_USER="postgres",
        PORTAL_PASSWORD=service["environment"]["PORTAL_PASSWORD"],
    )
    assert done.returncode == 0, done.stderr
    yield cluster
    cluster.stop()


@pytest.fixture(scope="module")
def valkey_port(folder: Path) -> Iterator[int]:
    """The service valkey, by its command line."""
    account, port = server_account(folder), free_port()
    command = SERVICES["valkey"]["command"]
    assert command[0] == "valkey-server"
    program = located(account, folder).valkey
    (folder / "valkey").mkdir()
    account.own(folder / "valkey")
    process = spawn(
        [str(program), *command[1:], "--port", str(port), "--bind", "127.0.0.1"],
        log=folder / "valkey.log",
        death_signal=signal.SIGTERM,
        account=account,
        cwd=folder / "valkey",
    )
    yield port
    stop(process, (signal.SIGTERM, 5))


@pytest.fixture(scope="module")
def start(folder: Path, db: Cluster, valkey_port: int) -> Any:
    """A factory of services on a migrated database."""
    done = Service("migrate", folder, db.port, valkey_port).run()
    assert done.returncode == 0, done.stdout + done.stderr
    return lambda name: Service(name, folder, db.port, valkey_port)


def test_every_service_is_there_and_survives_a_restart():
    assert set(SERVICES) == {"db", "valkey", "migrate", "web", "worker", "beat"}
    assert SERVICES["db"]["image"] == "postgres:18"
    assert "database:/var/lib/postgresql" in SERVICES["db"]["volumes"]
    assert SERVICES["valkey"]["image"] == "valkey/valkey:9"
    for name, service in SERVICES.items():
        assert service["init"] is True, name
        assert service["restart"] == ("no" if name == "migrate" else "unless-stopped"), name
        assert "healthcheck" in service or name in ("migrate", "beat"), name
        assert service.get("environment", {}).get("DEMO", "0") == "0", name


def test_the_database_sorts_by_the_builtin_locale(db):
    assert db.ask(LOCALE) == "b C.UTF-8"


def test_control_without_the_flags_it_would_not(folder):
    (folder / "plain").mkdir()
    plain = Cluster(folder / "plain", "--auth=scram-sha-256")
    try:
        assert not plain.ask(LOCALE).startswith("b ")
    finally:
        plain.stop()


def test_the_role_of_the_portal_is_no_superuser(db):
    question = "SELECT rolsuper::text || rolcreatedb::text FROM pg_roles WHERE rolname = 'portal'"
    assert db.ask(question) == "falsetrue"
    test = SERVICES["db"]["healthcheck"]["test"]
    assert test[0] == "CMD"
    assert db.run_program(*test[1:]).returncode == 0


def test_migrate_loads_reference_data_and_no_demonstration(start, db):
    url = f"postgres://portal:{GIVEN['DB_PASSWORD']}@127.0.0.1:{db.port}/portal"
    with psycopg.connect(url) as line:
        assert line.execute("SELECT count(*) FROM regions_territory").fetchone()[0] > 15_000
        assert line.execute("SELECT count(*) FROM calendar_app_demonstration").fetchone()[0] == 0
    assert start("migrate").run().returncode == 0


def test_web_answers(start):
    with start("web") as web:
        assert wait_until(lambda: answers("127.0.0.1", web.port, "/healthz"), 40, pause=0.2), web.said()
        health = SERVICES["web"]["healthcheck"]["test"]
        command = [part.replace(":8000/", f":{web.port}/") for part in health[1:]]
        assert subprocess.run([sys.executable, *command[1:]], env=web.env).returncode == 0
        assert answers("127.0.0.1", web.port, "/kk/")


def test_control_a_wrong_command_line_does_not_answer(start):
    web = start("web")
    web.argv[-1] = "meetings_portal.nowhere"
    with web:
        assert not wait_until(lambda: answers("127.0.0.1", web.port, "/healthz"), 5, pause=0.2)


def test_worker_answers_ping(start):
    with start("worker") as worker:
        kind, line = SERVICES["worker"]["healthcheck"]["test"]
        assert kind == "CMD-SHELL"
        ping = line.replace("python", sys.executable, 1).replace("$$HOSTNAME", os.uname().nodename)

        def pong() -> bool:
            return (
                subprocess.run(
                    ["sh", "-c", ping], env=worker.env, cwd=CHECKOUT, capture_output=True
                ).returncode
                == 0
            )

        assert wait_until(lambda: " ready." in worker.said(), 40, pause=0.2), worker.said()
        assert pong()


OVERDUE = """
from datetime import timedelta
import sys
from celery.beat import PersistentScheduler
from meetings_portal.celery import app
scheduler = PersistentScheduler(app=app, schedule_filename=sys.argv[1])
for entry in scheduler.schedule.values():
    entry.last_run_at -= timedelta(days=2)
scheduler.close()
"""


def test_beat_ticks(start):
    beat = start("beat")
    schedule = beat.argv[beat.argv.index("--schedule") + 1]
    subprocess.run([sys.executable, "-c", OVERDUE, schedule], env=beat.env, cwd=CHECKOUT, check=True)
    with beat:
        assert wait_until(lambda: "Sending due task deliver-letters" in beat.said(), 40, pause=0.2), (
            beat.said()
        )


def test_the_image_installs_by_hash_and_runs_as_a_plain_user():
    lines = (CHECKOUT / "Dockerfile").read_text().replace("\\\n", "").splitlines()
    steps = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    assert {value.split()[0] for name, value in steps if name == "FROM"} == {"python:3.11-slim"}
    installs = [value for name, value in steps if name == "RUN" and "install" in value]
    assert installs
    assert all(value.count("--require-hashes") == 2 for value in installs)
    assert [value for name, value in steps if name == "USER"] == ["portal"]
    (command,) = (json.loads(value) for name, value in steps if name == "CMD")
    assert command == SERVICES["web"]["command"]


def test_the_image_collects_static_files_without_a_database(tmp_path):
    (step,) = re.findall(
        r"SECRET_KEY=\S+ (python -m meetings_portal\.prepare static)", (CHECKOUT / "Dockerfile").read_text()
    )
    env = {"PATH": os.defpath, "STATE_DIR": str(tmp_path), "SECRET_KEY": "x", "DEMO": "0"}
    done = subprocess.run(
        [sys.executable, *step.split()[1:]], env=env, cwd=CHECKOUT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "static" / "staticfiles.json").exists()
