"""A real mail server, a broker of one's own, and a real worker, each in its own process."""

from __future__ import annotations

import email
import email.policy
import itertools
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from meetings_portal.engines.binaries import in_wheels
from meetings_portal.engines.process import spawn
from notices import outbox
from notices.models import Letter
from notices.nudge import nudge
from notices.outbox import Recipient

NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
KIND = "topic_list_recalled"
FACTS: dict[str, Any] = {
    "akimat_kk": "Қостанай облысының әкімдігі",
    "akimat_ru": "Акимат Костанайской области",
    "akimat_en": "Akimat of Kostanay Region",
    "half_year_code": "2027-H1",
    "path": "/kk/staff/topic-lists/2027-H1/akimat.39/",
    "receipt_number": "2027-H1-39-1",
}
ROOT = Path(__file__).resolve().parents[2]
numbers = itertools.count(1)


def wait_for(condition: Callable[[], object], seconds: float = 15.0) -> None:
    """Wait until the condition holds; fail when it does not in time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def start(
    command: list[str], log: Path, environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, which ends with the tests even if they are killed."""
    env = dict(os.environ) if environment is None else environment
    return spawn(command, log=log, death_signal=signal.SIGKILL, env=env, cwd=ROOT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class MailServer:
    """The other process, and what it has accepted."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        command = [sys.executable, "-m", "tests.notices.mail_server", str(self.port), str(folder)]
        self.process = start(command, folder / "server.log")
        wait_for((folder / "ready").exists)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def accepted(self) -> list[EmailMessage]:
        files = sorted((self.folder / "accepted").glob("*.eml"))
        return [email.message_from_bytes(one.read_bytes(), policy=email.policy.default) for one in files]

    def raw(self) -> list[bytes]:
        return [one.read_bytes() for one in sorted((self.folder / "accepted").glob("*.eml"))]

    def hold(self, name: str) -> None:
        (self.folder / name).touch()

    def wait_until_held(self) -> None:
        wait_for((self.folder / "held").exists, 30)

    def let_go(self) -> None:
        for name in "hold_before", "hold_after", "held":
            (self.folder / name).unlink(missing_ok=True)

    def empty(self) -> None:
        self.let_go()
        shutil.rmtree(self.folder / "accepted")
        (self.folder / "accepted").mkdir()

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="session")
def mail_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    server = MailServer(tmp_path_factory.mktemp("mail"))
    yield server
    server.stop()


@pytest.fixture
def mail(mail_process: MailServer, settings: Any) -> Iterator[MailServer]:
    """The mail server, empty, and the portal told to use it."""
    mail_process.empty()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_process.port
    settings.EMAIL_TIMEOUT = 3
    settings.LETTERS_TO_MAIL_SERVER = True
    yield mail_process
    mail_process.let_go()


class Broker:
    """A Valkey of one's own that may be stopped, hung and started again on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = start([str(in_wheels().valkey), *options], self.folder / "broker.log")
        wait_for(self.answers)

    def answers(self) -> bool:
        with socket.socket() as line:
            line.settimeout(1)
            return line.connect_ex(("127.0.0.1", self.port)) == 0

    def hang(self) -> None:
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker]:
    """A broker of this test alone, which the Celery application of this process publishes to."""
    from meetings_portal.celery import app

    own = Broker(tmp_path)
    usual = app.conf.broker_url
    _publish_to(own.url)
    yield own
    _publish_to(usual)
    own.stop()


def _publish_to(url: str) -> None:
    from meetings_portal.celery import app

    app.conf.broker_url = app.conf.broker_read_url = app.conf.broker_write_url = url
    app.amqp.__dict__.pop("producer_pool", None)
    app.amqp._producer_pool = None
    app._pool = None
    nudge.silent_until = 0.0


class Worker:
    """A real Celery worker with one child, in a process group of its own."""

    def __init__(self, database: str, broker: Broker, mail: MailServer, folder: Path) -> None:
        address = os.environ["DATABASE_URL"].rsplit("/", 1)[0]
        environment = dict(os.environ) | {
            "DATABASE_URL": f"{address}/{database}",
            "REDIS_URL": broker.url,
            "EMAIL_URL": mail.url,
            "LETTERS_TO_MAIL_SERVER": "1",
            "STATE_DIR": str(folder),
        }
        options = ["--concurrency", "1", "--without-gossip", "--without-mingle", "--loglevel", "INFO"]
        command = [sys.executable, "-m", "celery", "--app", "meetings_portal", "worker", *options]
        self.log = folder / f"worker-{next(numbers)}.log"
        self.process = start(command, self.log, environment)

    def kill(self) -> None:
        """kill -9 to the worker and its child."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def said(self) -> str:
        return self.log.read_text()


@pytest.fixture
def start_worker(
    committed_db: str, broker: Broker, mail: MailServer, tmp_path: Path
) -> Iterator[Callable[[], Worker]]:
    """Starts workers on the database, broker and mail server of this test."""
    started: list[Worker] = []

    def start() -> Worker:
        started.append(Worker(committed_db, broker, mail, tmp_path))
        return started[-1]

    yield start
    for worker in started:
        if worker.process.poll() is None:
            worker.kill()


def queue(*names: str, key: str = "", context: dict[str, Any] | None = None, language: str = "kk") -> None:
    """Queue one letter of a plain kind for each name, at name@example.invalid."""
    to = [Recipient(key=f"test:{name}", email=f"{name}@example.invalid", language=language) for name in names]
    facts = FACTS if context is None else context
    outbox.queue(kind=KIND, key=key or f"test-{next(numbers)}", to=to, context=facts, now=NOW)


def only_letter() -> Letter:
    return Letter.objects.get()


def grow_old() -> None:
    """As if the present claims and waits were an hour older."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notices_letter SET claimed_at = claimed_at - interval '1 hour',"
            " next_attempt_at = next_attempt_at - interval '2 hours'"
        )
