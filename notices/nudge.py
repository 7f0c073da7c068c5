"""Telling the broker that letters wait: a hint, which may be lost and must never hold a request up."""

from __future__ import annotations

import logging
import threading
import time

from celery import current_app

logger = logging.getLogger(__name__)

# After a failure this process leaves the broker alone for a while: only the first act waits for it.
PAUSE_SECONDS = 30.0

_lock = threading.Lock()
_silent_until = 0.0


def nudge() -> None:
    """Ask a worker to deliver what waits; errors are logged by their class and swallowed."""
    if time.monotonic() < _silent_until:
        return
    try:
        current_app.send_task("notices.tasks.deliver_waiting", retry=False, ignore_result=True)
    except Exception as error:  # the broker may fail in any way: the sweep delivers
        _be_silent()
        logger.warning("letters wait for the sweep: %s", type(error).__name__)


def _be_silent() -> None:
    global _silent_until
    with _lock:
        _silent_until = time.monotonic() + PAUSE_SECONDS
