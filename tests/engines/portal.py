"""A portal started by its own command, and what can be asked of it from outside."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from meetings_portal.engines.process import wait_until
from meetings_portal.state import CHECKOUT

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


def children_of(pid: int) -> list[int]:
    """Process ids of the children of a process that has one thread."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


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
        listed = children_of(self.process.pid)
        lines = {pid: Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in listed}
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

    def connects(self) -> bool:
        """Whether a caller is let in, answered or not."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=20).close()
        except OSError:
            return False
        return True

    def manage(self, *arguments: str) -> str:
        """What a command of manage.py prints; it has to find the engines by itself."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=CHECKOUT,
            env=environment(self.state),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

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
