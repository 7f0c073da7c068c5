"""`make run` while things die. One portal is started for the whole module, by its own command."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from meetings_portal.engines.process import state_of, wait_until
from meetings_portal.state import CHECKOUT
from meetings_portal.testing import reachable_directory

# What each process is known by in its command line.
PARTS = {
    "web": "gunicorn",
    "worker": "meetings_portal worker",
    "beat": "meetings_portal beat",
    "valkey": "valkey-server",
    "postgres": "bin/postgres",
}
BACK_WITHIN = 20.0  # seconds, on a busy machine


def environment(state: Path, **more: str) -> dict[str, str]:
    """The caller's variables without those of this test run."""
    hidden = {"DATABASE_URL", "REDIS_URL", "STATICFILES_BACKEND", "PORTAL_NOW", "DJANGO_SETTINGS_MODULE"}
    kept = {key: value for key, value in os.environ.items() if key not in hidden}
    return {**kept, "STATE_DIR": str(state), "PORT": "0", "HOST": "127.0.0.1", "DEMO": "1", **more}


class Portal:
    """A supervisor and what it says."""

    def __init__(self, state: Path, **env: str) -> None:
        self.state, self.output = state, state / "output.txt"
        self.env = environment(state, **env)
        self.start()

    def start(self) -> None:
        """Start the command; what it said before is forgotten."""
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "meetings_portal.supervisor"],
                cwd=CHECKOUT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_ready(self) -> None:
        """Until the line Ready, or fail with what was said."""
        wait_until(lambda: "Ready: " in self.said() or self.process.poll() is not None, 120, pause=0.2)
        found = re.search(r"^Ready: http://127\.0\.0\.1:(\d+)/$", self.said(), re.MULTILINE)
        assert found, self.said()
        self.port = int(found[1])

    def children(self) -> dict[str, int]:
        """Process ids by name of part."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in listed}
        return {name: pid for name, words in PARTS.items() for pid, line in lines.items() if words in line}

    def get(self, path: str = "/kk/") -> int:
        """The status of a page; 0 when the line is cut or refused."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            line.request("GET", path)
            return line.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            line.close()

    def end(self, number: int = signal.SIGTERM) -> float:
        """Ask it to end; returns how many seconds that took."""
        began = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(60)
        return time.monotonic() - began


def refused(env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself."""
    command = [sys.executable, "-m", "meetings_portal.supervisor"]
    return subprocess.run(command, cwd=CHECKOUT, env=env, capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A running portal with its demonstration."""
    with reachable_directory() as state:
        running = Portal(state)
        try:
            running.wait_until_ready()
            yield running
        finally:
            running.end()


def test_ready_means_that_pages_answer(portal):
    assert [portal.get(path) for path in ("/healthz", "/kk/", "/ru/", "/en/")] == [200] * 4
    assert set(portal.children()) == set(PARTS)
    assert wait_until(lambda: portal.get("/readyz") == 200, BACK_WITHIN)


@pytest.mark.parametrize("name", PARTS)
def test_what_is_killed_is_started_again_and_pages_come_back(portal, name):
    old = portal.children()[name]
    os.kill(old, signal.SIGKILL)
    assert wait_until(lambda: portal.children().get(name, old) != old, BACK_WITHIN), portal.said()
    assert wait_until(lambda: portal.get() == 200, BACK_WITHIN, pause=0.1), portal.said()
    assert f"{name} ended" in portal.said()


@pytest.mark.parametrize("name", ["worker", "beat", "valkey"])
def test_pages_do_not_notice_that_helpers_die(portal, name):
    assert wait_until(lambda: set(portal.children()) == set(PARTS), BACK_WITHIN)
    os.kill(portal.children()[name], signal.SIGKILL)
    answers = {portal.get() for _ in range(20)}
    assert answers == {200}
    assert wait_until(lambda: set(portal.children()) == set(PARTS), BACK_WITHIN)


def test_callers_wait_while_the_web_server_starts_again(portal):
    """The socket belongs to the supervisor, so nobody is refused; a line in the middle of an answer is cut."""
    os.kill(portal.children()["web"], signal.SIGKILL)
    assert wait_until(lambda: portal.get() == 200, BACK_WITHIN, pause=0)
    assert portal.get() == 200


def test_manage_py_finds_the_engines_that_run(portal):
    script = "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['PORT'])"
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", script],
        cwd=CHECKOUT,
        env=environment(portal.state),
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == (portal.state / "postgres.port").read_text(), done.stderr
    assert "postgres" in portal.children()


def test_a_second_portal_on_the_same_port_is_refused_in_one_sentence(portal):
    with reachable_directory() as other:
        second = Portal(other, PORT=str(portal.port))
        assert second.process.wait(30) == 1
        assert second.said().strip() == (
            f"make run: port {portal.port} is taken by another program: stop it, or choose another PORT."
        )


def test_demonstration_data_are_refused_outside_a_demonstration(portal):
    done = refused(environment(portal.state, DEMO="0"))
    assert done.returncode == 1
    assert "holds the demonstration" in done.stderr


def test_going_behind_the_journal_is_refused_in_one_sentence(portal):
    done = refused(environment(portal.state, PORTAL_NOW="2020-01-01T00:00:00+05:00"))
    assert done.returncode == 1
    assert re.fullmatch(r"make run: PORTAL_NOW=.* journal .* make reset .*\n", done.stderr)


def test_sigterm_ends_everything_and_a_second_start_is_quick(portal):
    pids = list(portal.children().values())
    assert portal.end() < 30
    assert portal.process.returncode == 0
    assert wait_until(lambda: not any(state_of(pid) not in ("", "Z") for pid in pids), 5)
    portal.start()
    portal.wait_until_ready()
    assert "Demonstration" not in portal.said()


def test_children_end_when_the_supervisor_is_killed(portal):
    pids = list(portal.children().values())
    portal.process.kill()
    portal.process.wait()
    assert wait_until(lambda: not any(state_of(pid) not in ("", "Z") for pid in pids), 30)
