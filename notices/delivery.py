"""Delivering what waits: to the mail server, or in a demonstration to the staff page. One path for both.

A letter leaves at least once. It can leave twice only if a worker dies, or a connection breaks, between the
mail server's acceptance and the commit that notes it; then both copies carry one Message-ID, and `doubts`
counts it. Everything else leaves exactly once.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection

from notices import attachments, claims, rendering
from notices.labels import LetterState
from notices.models import Letter
from notices.post_office import PostOffice, RefusedError, ServerAwayError, TryLaterError, UnknownOutcomeError

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]

# A run stops taking up letters after this time; the next sweep goes on.
RUN_SECONDS = 60.0
# So many lost connections in a row mean that the server is in trouble, not the letters.
LOST_IN_A_ROW = 3
SWEEP_LOCK = 0x6C657474  # pg_try_advisory_lock: one sweep at a time


def sweep(*, clock: Clock, lease: timedelta = claims.LEASE) -> int:
    """Free what dead workers held, then deliver what is due; nothing if another sweep is at work.

    Returns the number of letters delivered.
    """
    with _alone() as alone:
        if not alone:
            return 0
        if abandoned := claims.recover_abandoned(lease):
            logger.warning("%d letters were left by a lost worker", abandoned)
        return deliver_waiting(clock=clock)


def deliver_waiting(*, clock: Clock) -> int:
    """Deliver letters that are due, one after another, each claimed for itself.

    May run in any number of workers at once. Returns the number of letters delivered.
    """
    if not Letter.objects.due().exists():
        return 0
    try:
        with _way_out() as office:
            return _deliver_until_empty(office, clock)
    except ServerAwayError as trouble:
        logger.warning("no mail server: %s", trouble.label)
        claims.note_trouble(trouble.label)
        return 0


def _way_out() -> AbstractContextManager[PostOffice | None]:
    """The mail server, or None where letters are only shown."""
    return PostOffice() if settings.LETTERS_TO_MAIL_SERVER else nullcontext()


def _deliver_until_empty(office: PostOffice | None, clock: Clock) -> int:
    stop_at = time.monotonic() + RUN_SECONDS
    delivered = 0
    while time.monotonic() < stop_at and (letter := claims.claim_next()):
        delivered += _deliver(letter, office, clock)
        if office is not None and office.lost_in_a_row >= LOST_IN_A_ROW:
            break
    return delivered


def _deliver(letter: Letter, office: PostOffice | None, clock: Clock) -> bool:
    """Render and hand over a claimed letter, and note how it ended; whether it was delivered."""
    try:
        text = rendering.render(letter)
        if office is not None:
            office.post(letter, text, attachments.of(letter, text))
    except RefusedError as trouble:
        claims.close_failed(letter, trouble.label)
    except (TryLaterError, ServerAwayError, rendering.RenderingError) as trouble:
        claims.put_back(letter, trouble.label)
    except UnknownOutcomeError as trouble:
        claims.doubt(letter, trouble.label)
    else:
        state = LetterState.SHOWN if office is None else LetterState.SENT
        return claims.close_delivered(letter, state, clock())
    logger.warning("letter %d of kind %s was not delivered", letter.pk, letter.kind)
    return False


@contextmanager
def _alone() -> Iterator[bool]:
    """Hold the sweep's advisory lock; it ends with the connection if the worker dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SWEEP_LOCK])
        (locked,) = cursor.fetchone()
    try:
        yield locked
    finally:
        if locked:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [SWEEP_LOCK])
