"""How a letter's row moves between states: every step is a compare-and-swap, so that two workers, a
repeated task or a worker that wakes up late cannot disturb one another.

A claim is fenced by the number of the attempt: whoever holds attempt 3 can close attempt 3 only. Times that
steer delivery come from the clock of the database.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from notices.labels import LetterState
from notices.models import Letter

# Minutes to the next attempt; the last one repeats. About three days lie between the first and last attempt.
BACKOFF_MINUTES = (1, 2, 5, 10, 30, 60)
MAX_ATTEMPTS = 80
# Attempts of which nobody knows how they ended: each may have delivered, so there are few.
MAX_DOUBTS = 3
# A claim of this age belongs to a dead worker: tasks that send are killed long before (tasks.TIME_LIMIT).
LEASE = timedelta(minutes=5)
WORKER_LOST = "WorkerLost"


def claim_next() -> Letter | None:
    """Take up the letter that waits longest; None when nothing is due. Commits before it returns."""
    with transaction.atomic():
        due = Letter.objects.due().order_by("next_attempt_at", "pk")
        letter = due.select_for_update(skip_locked=True, of=("self",)).first()
        if letter is None:
            return None
        letter.attempts += 1
        letter.state = LetterState.SENDING
        Letter.objects.filter(pk=letter.pk).update(
            state=letter.state, attempts=letter.attempts, claimed_at=Now(), next_attempt_at=None
        )
    return letter


def close_delivered(letter: Letter, state: LetterState, now: datetime) -> bool:
    """The letter was handed over (`sent`) or needs no mail server (`shown`)."""
    return _close(letter, state, sent_at=now, last_error="")


def close_failed(letter: Letter, error: str) -> bool:
    """The letter will not be tried again."""
    return _close(letter, LetterState.FAILED, last_error=error)


def put_back(letter: Letter, error: str) -> bool:
    """The letter surely was not accepted: try again later, up to MAX_ATTEMPTS."""
    tried = letter.attempts - letter.attempts_before
    if tried >= MAX_ATTEMPTS:
        return close_failed(letter, error)
    return _close(letter, LetterState.QUEUED, last_error=error, next_attempt_at=later(tried))


def doubt(letter: Letter, error: str) -> bool:
    """Nobody knows whether the letter was accepted: try again with the same Message-ID, up to MAX_DOUBTS."""
    if letter.doubts - letter.doubts_before + 1 >= MAX_DOUBTS:
        return _close(letter, LetterState.FAILED, last_error=error, doubts=F("doubts") + 1)
    return _close(
        letter,
        LetterState.IN_DOUBT,
        last_error=error,
        doubts=F("doubts") + 1,
        next_attempt_at=later(letter.attempts - letter.attempts_before),
    )


def recover_abandoned(lease: timedelta = LEASE) -> int:
    """Free the claims of dead workers; their letters may or may not have left. Returns how many."""
    abandoned = Letter.objects.filter(state=LetterState.SENDING, claimed_at__lt=Now() - lease)
    given_up = abandoned.filter(doubts__gte=F("doubts_before") + MAX_DOUBTS - 1).update(
        state=LetterState.FAILED, claimed_at=None, doubts=F("doubts") + 1, last_error=WORKER_LOST
    )
    freed = abandoned.update(
        state=LetterState.IN_DOUBT,
        claimed_at=None,
        doubts=F("doubts") + 1,
        next_attempt_at=Now(),
        last_error=WORKER_LOST,
    )
    return given_up + freed


def note_trouble(error: str) -> int:
    """Say at every letter that is due why none leaves now (no mail server); no attempt is counted."""
    return Letter.objects.due().filter(~Q(last_error=error)).update(last_error=error)


def _close(letter: Letter, state: LetterState, **fields: object) -> bool:
    """Close the claim of this attempt; False when it was taken away in between."""
    held = Letter.objects.filter(pk=letter.pk, state=LetterState.SENDING, attempts=letter.attempts)
    return bool(held.update(state=state, claimed_at=None, **fields))


def later(attempts: int) -> object:
    """When the next attempt is, by the clock of the database."""
    minutes = BACKOFF_MINUTES[min(attempts, len(BACKOFF_MINUTES)) - 1]
    return Now() + timedelta(minutes=minutes)
