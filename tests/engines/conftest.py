"""Engines in a directory of the test's own, and processes that hold them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from meetings_portal.state import CHECKOUT
from meetings_portal.testing import reachable_directory

HOLDER = """
import sys, pathlib
from meetings_portal.embedded import Engines
engines = Engines(pathlib.Path(sys.argv[1]), fast=True)
print(*engines.start(), flush=True)
sys.stdin.read()
engines.stop()
"""


@pytest.fixture
def state() -> Iterator[Path]:
    """An empty directory that the servers' account can reach."""
    with reachable_directory() as path:
        yield path


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests launch engines of their own, whatever the run uses."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("REDIS_URL", raising=False)


class Holder:
    """Another process that started engines and waits until its input ends."""

    def __init__(self, state: Path, **env: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(state)],
            cwd=CHECKOUT,
            env={**os.environ, **env},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.database, self.redis = self.process.stdout.readline().split()

    def leave(self) -> None:
        """Let it stop its engines and end."""
        self.process.communicate("", timeout=30)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.communicate(timeout=30)
