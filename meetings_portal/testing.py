"""The pytest plugin of the project: real engines for a run, copies of the database for tests that commit.

Named in addopts (`-p meetings_portal.testing`): pytest-django reads the settings before any conftest.
"""

from __future__ import annotations

import atexit
import contextlib
import itertools
import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from meetings_portal import anchor
from meetings_portal.embedded import Engines
from meetings_portal.state import SetupError, spare_dir

ENVIRONMENT = {
    "DEMO": "1",
    # Hashed names need collectstatic; tests serve the files as they are.
    "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
    # Playwright runs an event loop in the thread of the test, which Django would take for async code.
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
}
# What the person who runs the tests may have set for `make run`: tests say the same without.
CALLERS = [
    "PORTAL_NOW",
    "HOST",
    "PORT",
    "PUBLIC_URL",
    "ALLOWED_HOSTS",
    "DEMO_PASSWORD",
    "HTTPS",
    "PROXY_COUNT",
]
CALLERS += ["EMAIL_URL", "SECRET_KEY"]
# Tests of dates must say the same on any day: the portal's clock starts here, the real one is left alone.
PORTAL_NOW = "2026-11-23T11:00:00+05:00"
numbers = itertools.count(1)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    """Bring the engines up before pytest-django reads the settings; the workers of xdist inherit them."""
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        separate(int(worker.removeprefix("gw")))
    else:
        start_engines()
    return (yield)


def separate(worker: int) -> None:
    """A broker database, a clock and a directory of its own for each worker; pytest-django adds the database."""
    shared = Path(os.environ["STATE_DIR"])
    own = shared / f"worker-{worker}"
    (own / "static").mkdir(parents=True, exist_ok=True)
    shutil.copy2(shared / anchor.FILE, own)
    broker = os.environ["REDIS_URL"].rpartition("/")[0]
    os.environ.update(STATE_DIR=str(own), REDIS_URL=f"{broker}/{1 + worker % 15}")


@contextlib.contextmanager
def reachable_directory() -> Iterator[Path]:
    """An empty directory for engines: as root they run under another account, which has to reach it."""
    path = Path(tempfile.mkdtemp(prefix="meetings-portal-test-"))
    path.chmod(0o711)
    try:
        yield path
    finally:
        for each in path, spare_dir(path):
            shutil.rmtree(each, ignore_errors=True)


def start_engines() -> None:
    """Engines in a directory of this run, removed with it; with both addresses in the environment none."""
    directory = contextlib.ExitStack()
    atexit.register(directory.close)
    state = directory.enter_context(reachable_directory())
    engines = Engines(state, fast=True)
    directory.callback(engines.stop)
    try:
        urls = engines.start()
    except SetupError as error:
        raise pytest.UsageError(str(error)) from error
    (state / "static").mkdir()  # whitenoise wonders where it is
    for name in CALLERS:
        os.environ.pop(name, None)
    anchor.settle(state, PORTAL_NOW, datetime.now(UTC), last_entry=None)
    os.environ.update(urls.environment(), STATE_DIR=str(state), **ENVIRONMENT)


@contextlib.contextmanager
def database_copy(template: str) -> Iterator[str]:
    """A new database made from `template`, dropped afterwards; yields its name.

    The journal refuses TRUNCATE, so tests that commit cannot be cleaned by Django's flush: they get a copy.
    """
    name = f"{template}_{os.getpid()}_{next(numbers)}"
    with maintenance() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield name
    finally:
        with maintenance() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.contextmanager
def maintenance() -> Iterator[Any]:
    """A cursor outside every database of the tests: a template may have no connection of its own."""
    from django.db import connection, connections

    if not connection.in_atomic_block:
        connections.close_all()
    with connection._nodb_cursor() as cursor:
        yield cursor


@contextlib.contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Point Django's default connection of every thread to the database `name` for the time of the block."""
    from django.db import connections

    settings = connections.settings["default"]
    usual = settings["NAME"]
    connections.close_all()
    settings["NAME"] = connections["default"].settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        settings["NAME"] = connections["default"].settings_dict["NAME"] = usual


@pytest.fixture
def committed_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """An empty database of this test alone, in which commits are real (races); yields its name."""
    with django_db_blocker.unblock(), database_copy(current_database()) as name, connected_to(name):
        yield name


@pytest.fixture(scope="session")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The name of a database with reference data and the demonstration, to be copied, not changed."""
    from django.core.management import call_command

    with django_db_blocker.unblock(), database_copy(current_database()) as name:
        with connected_to(name):
            call_command("load_reference", verbosity=0)
            call_command("load_demo", verbosity=0)
            analyse()
        yield name


@pytest.fixture
def demonstration_copy(demonstration: str, django_db_blocker: Any) -> Iterator[str]:
    """A database of this test alone with the demonstration, in which commits are real; yields its name."""
    with django_db_blocker.unblock(), database_copy(demonstration) as name, connected_to(name):
        yield name


def analyse() -> None:
    """Statistics for the planner, which the engines of the tests do not gather by themselves; copies have them too."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def current_database() -> str:
    """The name of the database that Django's default connection goes to."""
    from django.db import connection

    return str(connection.settings_dict["NAME"])
