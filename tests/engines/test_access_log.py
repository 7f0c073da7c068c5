"""What the web server writes of a secret address: that it was asked for, and never its key."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "Secret-token_of-a-calendar-0123456789-abcde"


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def ask(port: int, path: str) -> None:
    """Ask as soon as the server answers, with the same address as the referrer."""
    end = time.monotonic() + 30
    while True:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", path, headers={"Referer": f"http://portal.example{path}"})
            assert connection.getresponse().status == 200
            return
        except ConnectionError:
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.1)
        finally:
            connection.close()


def test_the_access_log_has_the_address_without_its_key(tmp_path: Path) -> None:
    port, log = free_port(), tmp_path / "access.log"
    env = {**os.environ, "PORT": str(port), "ACCESS_LOG": "1", "WEB_WORKERS": "1"}
    env.pop("WEB_SOCKET", None)
    command = [sys.executable, "-m", "gunicorn", "-c", "python:meetings_portal.web_server"]
    with log.open("wb") as out:
        server = subprocess.Popen(
            [*command, "tests.engines.small_app:app"], cwd=ROOT, env=env, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            ask(port, f"/kk/staff/deadline-feed/{TOKEN}.ics?a=b")
            ask(port, "/kk/calendar/?q=water")
        finally:
            server.terminate()
            server.wait(15)
    said = log.read_text()
    assert TOKEN not in said
    assert "GET /kk/staff/deadline-feed/….ics?a=b" in said
    # The control: everything else is written as it was asked.
    assert "GET /kk/calendar/?q=water" in said
