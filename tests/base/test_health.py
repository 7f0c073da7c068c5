"""/healthz and /readyz against real dependencies that are there, gone, or hang."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import Client

from base import health
from meetings_portal.engines.binaries import in_wheels
from meetings_portal.engines.process import free_port

HEALTHY = {"database": "ok", "migrations": "ok", "clock": "ok", "broker": "ok"}


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A broker of this test alone; `settings.REDIS_URL` leads to it."""
    port = free_port(0)
    program = str(in_wheels().valkey)
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    process.port = port  # type: ignore[attr-defined]
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.02)
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.kill()
    process.wait()


@contextmanager
def database_at(port: int) -> Iterator[None]:
    """New connections look for the database at another port; those that are open stay."""
    known = connections.settings["default"]
    usual = known["PORT"]
    known["PORT"] = port
    try:
        yield
    finally:
        known["PORT"] = usual


@contextmanager
def silent_server() -> Iterator[int]:
    """A port that takes connections and never answers, as a stopped process does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def ready() -> tuple[int, dict[str, object], float]:
    """Status, JSON and seconds of /readyz."""
    started = time.monotonic()
    response = Client().get("/readyz")
    return response.status_code, response.json(), time.monotonic() - started


def test_healthz_touches_nothing() -> None:
    # Without the db mark a query would fail the test.
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_both_answer_before_the_redirect_to_https(path: str, settings, db: None) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(path).status_code == 200
    assert Client().get("/kk/").status_code == 301


def test_both_can_only_be_read(db: None) -> None:
    assert Client().post("/healthz").status_code == 405
    assert Client().post("/readyz").status_code == 405


def test_everything_is_there(db: None, settings, valkey) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{valkey.port}/0"
    status, answer, _seconds = ready()
    assert (status, answer) == (200, {"status": "ok", "dependencies": HEALTHY})


def test_a_missing_broker_is_no_reason_to_stop_serving(db: None, settings) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port(0)}/0"
    status, answer, _seconds = ready()
    assert (status, answer["status"]) == (200, "degraded")
    assert answer["dependencies"] == {**HEALTHY, "broker": "failed"}


def test_a_broker_that_hangs_costs_one_second_at_most(db: None, settings, valkey) -> None:
    settings.REDIS_URL = f"redis://127.0.0.1:{valkey.port}/0"
    os.kill(valkey.pid, signal.SIGSTOP)
    status, answer, seconds = ready()
    assert (status, answer["status"]) == (200, "degraded")
    assert seconds < health.BROKER_SECONDS + 0.5
    os.kill(valkey.pid, signal.SIGCONT)
    assert ready()[1]["status"] == "ok"


def test_without_the_database_it_is_not_ready(db: None) -> None:
    with database_at(free_port(0)):
        status, answer, _seconds = ready()
    assert status == 503
    assert answer["status"] == "failed"
    assert answer["dependencies"]["database"] == "failed"


def test_a_database_that_hangs_is_not_waited_for(db: None, settings) -> None:
    with silent_server() as port, database_at(port):
        probe = health.Probe(health.check_database, 0.5)
        started = time.monotonic()
        assert probe.result() is None
        # The first check still hangs: nobody else waits behind it.
        assert probe.result() is None
        assert time.monotonic() - started < 1
    assert ready()[0] == 200


def test_a_migration_that_was_not_applied_is_seen(committed_db: str) -> None:
    assert ready()[0] == 200
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit' AND name = '0001_initial'")
    status, answer, _seconds = ready()
    assert status == 503
    assert answer["dependencies"] == {**HEALTHY, "migrations": "failed"}


def test_an_empty_database_has_no_migrations(committed_db: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE django_migrations")
    assert ready()[1]["dependencies"]["migrations"] == "failed"


def test_an_unreadable_clock_is_not_ready(db: None, settings, tmp_path: Path) -> None:
    settings.CLOCK_FILE = tmp_path / "clock.json"
    settings.CLOCK_FILE.write_text("{")
    status, answer, _seconds = ready()
    assert status == 503
    assert answer["dependencies"] == {**HEALTHY, "clock": "failed"}


def test_machines_that_disagree_about_the_time_are_not_ready() -> None:
    tolerated = datetime.now(UTC) - health.CLOCK_TOLERANCE + timedelta(seconds=1)
    assert health._clock_state(tolerated) == "ok"
    assert health._clock_state(tolerated - timedelta(seconds=2)) == "failed"


def test_nothing_secret_is_said(db: None) -> None:
    with database_at(free_port(0)):
        body = Client().get("/readyz").content.decode()
    for secret in (settings.SECRET_KEY, settings.DATABASES["default"]["USER"], "127.0.0.1", "Traceback"):
        assert secret not in body
