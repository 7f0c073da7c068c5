"""Lines for the person at the terminal: one for every step that takes more than a second."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator

NOTICEABLE = 1.0  # seconds


def say(text: str) -> None:
    """Print a line at once; a terminal that has gone away is no reason to fail."""
    with contextlib.suppress(OSError):
        print(text, flush=True)


@contextlib.contextmanager
def step(title: str) -> Iterator[None]:
    """Name the step when it takes more than a second, and its time when it is over."""
    began = time.monotonic()
    timer = threading.Timer(NOTICEABLE, say, [f"{title} …"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if (seconds := time.monotonic() - began) > NOTICEABLE:
        say(f"{title}: done in {seconds:.1f} s")
