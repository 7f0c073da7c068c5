"""What the scenarios stand on: a database, a broker, a mail server, workers and beats, each a real process."""

from __future__ import annotations

import contextlib
import email
import email.policy
import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import connection

from notices import delivery, outbox
from notices.models import Letter
from notices.nudge import nudge
from notices.outbox import Recipient
from tests.notices.conftest import FACTS, KIND, NOW, Broker, free_port, start

numbers = itertools.count(1)
PYTHON = sys.executable
WAIT = 60.0


def until(condition: Callable[[], object], seconds: float = WAIT) -> None:
    """Wait for a condition; TimeoutError when it does not come."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("waited in vain")
        time.sleep(0.05)


class Post:
    """A mail server that can be stopped and started again on the same port; it keeps what it accepted."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.start()

    def start(self) -> None:
        (self.folder / "ready").unlink(missing_ok=True)
        command = [PYTHON, "-m", "tests.notices.mail_server", str(self.port), str(self.folder)]
        self.process = start(command, self.folder / "server.log")
        until((self.folder / "ready").exists)

    def stop(self) -> None:
        """The server dies; what it had accepted is set aside under names that the next one does not use."""
        self.process.kill()
        self.process.wait()
        for one in (self.folder / "accepted").glob("0*.eml"):
            one.rename(one.with_name(f"before-{next(numbers)}-{one.name}"))

    def accepted(self) -> Counter[str]:
        """Copies by Message-ID."""
        files = (self.folder / "accepted").glob("*.eml")
        read = (email.message_from_bytes(one.read_bytes(), policy=email.policy.default) for one in files)
        return Counter(str(message["Message-ID"]) for message in read)

    def hold(self, name: str) -> None:
        (self.folder / name).touch()

    def wait_until_held(self) -> None:
        until((self.folder / "held").exists)

    def let_go(self) -> None:
        for name in "hold_before", "hold_after", "held":
            (self.folder / name).unlink(missing_ok=True)


class Ground:
    """The processes of one run; everything that was started ends with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.post, self.broker = Post(_made(folder / "mail")), Broker(_made(folder / "broker"))
        self.started: list[subprocess.Popen[bytes]] = []
        from django.conf import settings

        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", self.post.port
        settings.EMAIL_TIMEOUT, settings.LETTERS_TO_MAIL_SERVER = 3, True
        _publish_to(self.broker.url)

    @property
    def environ(self) -> dict[str, str]:
        """What the processes of the scenarios are started with."""
        return dict(os.environ) | {
            "REDIS_URL": self.broker.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.post.port}",
            "LETTERS_TO_MAIL_SERVER": "1",
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        }

    def worker(self) -> subprocess.Popen[bytes]:
        """A Celery worker with one child, ready to take up what comes."""
        options = ["--concurrency", "1", "--without-gossip", "--without-mingle"]
        return self._celery(" ready.", "worker", *options, "--hostname", f"faults-{next(numbers)}@%h")

    def beat(self) -> subprocess.Popen[bytes]:
        """A Celery beat that ticks each second, and has begun to."""
        schedule = self.folder / f"schedule-{next(numbers)}"
        return self._celery("beat: Starting", "beat", "--schedule", str(schedule), "--pidfile=")

    def python(self, script: str) -> subprocess.Popen[bytes]:
        """A process that sets Django up and runs the script."""
        command = [PYTHON, "-c", f"import django; django.setup()\n{script}"]
        return self._keep(start(command, self.folder / "python.log", self.environ))

    def _celery(self, ready: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start it, and wait for the line that says it is up: what is killed earlier proves nothing."""
        command = [PYTHON, "-m", "celery", "--app", "meetings_portal", *arguments, "--loglevel", "INFO"]
        log = self.folder / f"{arguments[0]}-{next(numbers)}.log"
        process = self._keep(start(command, log, self.environ))
        until(lambda: ready in log.read_text() or process.poll() is not None)
        assert process.poll() is None, log.read_text()[-2000:]
        return process

    def _keep(self, process: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
        self.started.append(process)
        return process

    def end_helpers(self) -> None:
        """Kill the workers, beats and scripts that still run: none of them helps the next scenario."""
        for process in self.started:
            kill(process)
        self.started.clear()

    def end(self) -> None:
        """Kill what still runs."""
        self.end_helpers()
        self.broker.resume()
        self.broker.stop()
        self.post.let_go()
        self.post.stop()


def freeze(process: subprocess.Popen[bytes]) -> None:
    """Stop a process and its children where they are."""
    os.killpg(process.pid, signal.SIGSTOP)


def kill(process: subprocess.Popen[bytes]) -> None:
    """kill -9 to a process and its children."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _made(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _publish_to(url: str) -> None:
    from meetings_portal.celery import app

    app.conf.broker_url = app.conf.broker_read_url = app.conf.broker_write_url = url
    app.amqp.__dict__.pop("producer_pool", None)
    app.amqp._producer_pool = None
    app._pool = None
    nudge.silent_until = 0.0


def queue(*names: str, silently: bool = False) -> list[str]:
    """Letters of one transaction, one to each name; silently: without a word to the broker. Their Message-IDs."""
    nudge.silent_until = float("inf") if silently else 0.0
    key = f"faults-{next(numbers)}"
    to = [Recipient(f"test:{name}", f"{name}@example.invalid", "kk") for name in names]
    return [one.message_id for one in outbox.queue(kind=KIND, key=key, to=to, context=FACTS, now=NOW)]


def grow_old() -> None:
    """As if claims and waits were an hour older: leases run out, the next attempt has come."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notices_letter SET claimed_at = claimed_at - interval '1 hour',"
            " next_attempt_at = next_attempt_at - interval '2 hours'"
            " WHERE state IN ('queued', 'in_doubt', 'sending')"
        )


def sweep() -> int:
    """What beat asks of a worker each minute, done here."""
    return delivery.sweep(clock=lambda: NOW)


def settled(message_ids: list[str]) -> bool:
    """Whether each of the letters has left or is shown as not delivered."""
    ends = ("sent", "failed")
    return Letter.objects.filter(message_id__in=message_ids, state__in=ends).count() == len(message_ids)


@contextlib.contextmanager
def on_ground(folder: Path) -> Iterator[Ground]:
    """A ground whose processes end with the block."""
    from meetings_portal.celery import app

    usual = app.conf.broker_url
    ground = Ground(folder)
    try:
        yield ground
    finally:
        ground.end()
        _publish_to(usual)
