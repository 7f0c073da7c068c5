"""Telling the broker that work waits: a hint, which may be lost and must never hold a request up."""

from __future__ import annotations

import logging
import time

from celery import current_app

logger = logging.getLogger(__name__)

# After a failure this process leaves the broker alone for a while: only the first act waits for it.
PAUSE_SECONDS = 30.0
# By then the sweep has come by; nudges that nobody took up do not pile up.
EXPIRES_SECONDS = 60
TASK = "notices.tasks.deliver_waiting"


class Nudge:
    """Asks a worker to run a task over what waits. Called after a commit; never raises."""

    def __init__(self, task: str, *, waiting: str) -> None:
        self.task, self.waiting = task, waiting
        self.silent_until = 0.0

    def __call__(self) -> None:
        if time.monotonic() < self.silent_until:
            return
        try:
            current_app.send_task(self.task, retry=False, ignore_result=True, expires=EXPIRES_SECONDS)
        except Exception as error:  # the broker may fail in any way: the sweep finds the rows
            self.silent_until = time.monotonic() + PAUSE_SECONDS
            logger.warning("%s wait for the sweep: %s", self.waiting, type(error).__name__)


nudge = Nudge(TASK, waiting="letters")
