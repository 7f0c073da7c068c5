"""`make run`: brings everything up, says Ready, starts again what dies, ends everything it started.

Order: port → engines → clock → database and static files → web, worker, beat. Ending is the reverse.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

import psycopg

from meetings_portal import anchor
from meetings_portal.address import answers, listen, port_number, reserved, url_host
from meetings_portal.children import Child
from meetings_portal.embedded import Engines, Urls, forget_pg_variables
from meetings_portal.engines.process import ends_with_parent, last_line
from meetings_portal.progress import say, step
from meetings_portal.state import CHECKOUT, SetupError, prepared, state_dir

PULSE = 0.2  # seconds between two looks at the children
READY_SECONDS = 90.0
REVIVAL_PAUSE = 5.0
GIVE_UP_AFTER = 3  # deaths of the web server before the first page
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked us to end."""


class Supervisor:
    """One run of the portal in one state directory, on one address."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        self.demo = environ.setdefault("DEMO", "1").strip().lower() not in ("0", "false", "no", "off")
        self.state = prepared(state_dir(environ))
        self.host, self.port = environ.get("HOST") or "127.0.0.1", port_number(environ.get("PORT") or "8000")
        self.hosts = [
            name for name in environ.get("ALLOWED_HOSTS", "").split(",") if name and "*" not in name
        ]
        self.engines = Engines(self.state, environ=environ)
        self.revival = 0.0
        self.children: list[Child] = []
        self.stopping = False
        self.socket: socket.socket | None = None

    def run(self) -> None:
        """Everything from the first step to the last; SetupError in one sentence when it cannot start."""
        for number in STOP_SIGNALS:
            # nohup has the terminal's end ignored, and means it.
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
                signal.signal(number, self.on_signal)
        try:
            with contextlib.suppress(Stopped):
                self.start()
                while True:
                    self.pause()
                    self.look_after()
        finally:
            self.stop()

    def on_signal(self, number: int, _frame: object) -> None:
        """Only note it: the loop ends things in their order."""
        self.stopping = True

    def pause(self) -> None:
        """Wait a moment; Stopped when we are to end."""
        if not self.stopping:
            time.sleep(PULSE)
        if self.stopping:
            raise Stopped

    def start(self) -> None:
        """Bring everything up and say Ready."""
        self.socket = reserved(self.host, self.port)
        self.port = int(self.socket.getsockname()[1])
        with step("PostgreSQL and Valkey"):
            urls = self.engines.start()
        self.settle_clock(urls)
        self.prepare_database()
        listen(self.socket, self.port)
        web = self.portal(self.engines.urls)[0]
        self.children = [web]
        with step("Web server"):
            web.start()
            self.wait_for_pages(web)
        for child in self.portal(self.engines.urls)[1:]:
            self.children.append(child)
            child.start()
        say(f"Ready: http://{url_host(self.host)}:{self.port}/")
        say(f"Logs are in {self.state / 'logs'}; Ctrl-C ends everything.")

    def settle_clock(self, urls: Urls) -> None:
        """Store the demonstration's clock before anything reads it."""
        asked = self.environ.get("PORTAL_NOW", "").strip()
        if not self.demo:
            if asked:
                raise SetupError("PORTAL_NOW works in demonstration mode only: leave it out, or set DEMO=1.")
            return
        found = anchor.settle(self.state, asked, datetime.now(UTC), last_entry(urls.database))
        if found:
            say(f"The portal's clock stands at {found.at(datetime.now(UTC)).isoformat(timespec='seconds')}.")

    def child_environment(self, urls: Urls, **more: str) -> dict[str, str]:
        """What every process of the portal is told."""
        kept = dict(self.environ)
        if self.engines.postgres is not None:
            forget_pg_variables(kept)
        return {
            **kept,
            **urls.environment(),
            "DJANGO_SETTINGS_MODULE": "meetings_portal.settings",
            "STATE_DIR": str(self.state),
            "HOST": self.host,
            "PORT": str(self.port),
            **more,
        }

    def prepare_database(self) -> None:
        """Migrations and data by a process of their own; again when borrowed engines went away meanwhile."""
        for _attempt in range(3):
            process = subprocess.Popen(
                [sys.executable, "-m", "meetings_portal.prepare"],
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                env=self.child_environment(self.engines.urls),
                start_new_session=True,
                preexec_fn=ends_with_parent(signal.SIGTERM),  # noqa: PLW1509
            )
            try:
                while process.poll() is None:
                    self.pause()
            finally:
                if process.poll() is None:
                    process.terminate()
                    process.wait()
            if process.returncode == 0:
                return
            if not self.engines.dead():
                break
            self.engines.start()
        raise SetupError("the database could not be prepared; the reason stands above.")

    def portal(self, urls: Urls) -> list[Child]:
        """The processes of the portal in the order of starting."""
        assert self.socket is not None
        python, logs = [sys.executable, "-m"], self.state / "logs"
        descriptor = self.socket.fileno()
        web = self.child_environment(urls, WEB_SOCKET=str(descriptor))
        web.setdefault("DATABASE_CONN_MAX_AGE", "60")
        plain = self.child_environment(urls)
        celery = [*python, "celery", "--app", "meetings_portal"]
        schedule = str(self.state / f"celerybeat-schedule-{self.port}")
        gunicorn = [*python, "gunicorn", "-c", "python:meetings_portal.web_server", "meetings_portal.wsgi"]
        worker = [*celery, "worker", "--concurrency", "2", "--without-gossip", "--without-mingle"]
        beat = [*celery, "beat", "--schedule", schedule, "--pidfile="]
        return [
            Child("web", gunicorn, web, logs / "web.log", CHECKOUT, pass_fds=[descriptor]),
            Child("worker", [*worker, "--hostname", f"{self.port}@%h"], plain, logs / "worker.log", CHECKOUT),
            Child("beat", beat, plain, logs / "beat.log", CHECKOUT, patience=5),
        ]

    def wait_for_pages(self, web: Child) -> None:
        """Until /healthz and the public home answer; SetupError when the web server cannot live."""
        deadline = time.monotonic() + READY_SECONDS
        while not all(answers(self.host, self.port, path, self.hosts) for path in ("/healthz", "/kk/")):
            self.pause()
            self.look_after()
            if web.deaths >= GIVE_UP_AFTER or time.monotonic() > deadline:
                raise SetupError(f"the pages do not answer: {last_line(web.log)} (see {web.log}).")

    def look_after(self) -> None:
        """Start again what has died: engines first, because the others need them."""
        dead = self.engines.dead()
        if dead and time.monotonic() >= self.revival:
            self.revive(dead)
        for child in self.children:
            if line := child.look_after():
                say(line)

    def revive(self, dead: list[str]) -> None:
        """Start engines again; their clients too, where a new address or the broker makes it necessary."""
        say(f"{' and '.join(dead)} ended: starting again")
        before = self.engines.urls
        try:
            urls = self.engines.start()
        except SetupError as error:
            self.revival = time.monotonic() + REVIVAL_PAUSE
            say(f"{error} Trying again in {REVIVAL_PAUSE:.0f} s.")
            return
        # Consumers have been seen to stay deaf after their broker came back, so they begin anew.
        again = self.children[1:] if "valkey" in dead else []
        if urls != before:
            again = self.children
            for child, fresh in zip(self.children, self.portal(urls), strict=False):
                child.env = fresh.env
        for child in reversed(again):
            child.restart()

    def stop(self) -> None:
        """End everything in reverse order; further signals change nothing any more."""
        for number in STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        if self.children:
            say("Stopping")
        for child in reversed(self.children):
            child.ask_to_end()
        for child in reversed(self.children):
            child.stop()
        if self.socket is not None:
            self.socket.close()
        self.engines.stop()


def last_entry(database: str) -> datetime | None:
    """The instant of the journal's last entry; None for an empty or new database."""
    try:
        with psycopg.connect(database, connect_timeout=10) as line:
            if line.execute("SELECT to_regclass('audit_entry')").fetchone() == (None,):
                return None
            row: Any = line.execute("SELECT max(at) FROM audit_entry").fetchone()
    except psycopg.OperationalError as error:
        raise SetupError(f"the database does not answer: {str(error).strip().splitlines()[-1]}") from error
    return row[0] if row else None


def main() -> int:
    """The command behind `make run`."""
    try:
        Supervisor(dict(os.environ)).run()
    except SetupError as error:
        print(f"make run: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    os.chdir(CHECKOUT)
    sys.exit(main())
