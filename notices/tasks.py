"""Celery tasks of letters: they read the clock and make one call. Rows say what is to be done."""

from __future__ import annotations

from celery import shared_task

from base import clock
from notices import copies, delivery
from notices.transitions import letters

# Below the lease of a claim (claims.LEASE), so that a claim of that age has surely lost its worker.
SOFT_TIME_LIMIT = 200
TIME_LIMIT = 220


@shared_task(soft_time_limit=SOFT_TIME_LIMIT, time_limit=TIME_LIMIT)
def deliver_waiting() -> int:
    """Deliver what is due; sent to the broker after each commit that queues letters."""
    return delivery.deliver_waiting(clock=clock.now)


@shared_task(soft_time_limit=SOFT_TIME_LIMIT, time_limit=TIME_LIMIT)
def sweep() -> int:
    """Deliver what was left behind by a lost nudge, a busy server or a dead worker; runs each minute."""
    delivered = delivery.sweep(clock=clock.now)
    copies.sweep(clock=clock.now)
    return delivered


@shared_task(soft_time_limit=SOFT_TIME_LIMIT, time_limit=TIME_LIMIT)
def forget() -> int:
    """Forget letters that are long over; runs each night, one batch after another."""
    gone = 0
    while batch := letters.forget(now=clock.now()):
        gone += batch
    return gone
