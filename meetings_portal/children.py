"""Processes that are to live as long as the portal: started, started again, stopped."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from meetings_portal.engines.process import spawn, stop

PAUSES = (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds before the first, second, … start again
SETTLED = 60.0  # seconds of life after which earlier deaths are forgotten


@dataclass
class Child:
    """One process of the portal. `patience` is how many seconds it has to end by itself."""

    name: str
    argv: Sequence[str]
    env: dict[str, str]
    log: Path
    cwd: Path
    pass_fds: Sequence[int] = ()
    patience: float = 12.0
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    started: float = 0.0
    due: float = 0.0
    asked: bool = False

    def start(self) -> None:
        """Start it; it gets SIGTERM by itself when the supervisor dies."""
        self.process = spawn(
            self.argv,
            log=self.log,
            death_signal=signal.SIGTERM,
            env=self.env,
            cwd=self.cwd,
            pass_fds=self.pass_fds,
        )
        self.started, self.asked = time.monotonic(), False

    def look_after(self) -> str:
        """Start it again when it has died, after a pause that grows; returns a line to print, or nothing."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
            return ""
        status = self.process.poll()
        if status is None:
            return ""
        self.clear_group()
        if time.monotonic() - self.started > SETTLED:
            self.deaths = 0
        pause = PAUSES[min(self.deaths, len(PAUSES) - 1)]
        self.deaths += 1
        self.process, self.due = None, time.monotonic() + pause
        how = f"signal {-status}" if status < 0 else f"status {status}"
        return f"{self.name} ended ({how}): starting it again{f' in {pause:.0f} s' if pause else ''}"

    def clear_group(self) -> None:
        """End what a killed process left behind: its own workers would go on with the old connections."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def ask_to_end(self) -> None:
        """Tell it that its work is over, without waiting."""
        if self.process is not None and not self.asked:
            self.process.send_signal(signal.SIGTERM)
            self.asked = True

    def stop(self) -> None:
        """End it: politely first, and asking once only, because a second SIGTERM cuts a worker's task short."""
        if self.process is not None:
            self.ask_to_end()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
            stop(self.process, (signal.SIGQUIT, 3))
            self.process = None

    def restart(self) -> None:
        """End it and let the next look start it."""
        self.stop()
        self.due = 0.0
