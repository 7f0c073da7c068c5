"""A letter that was not delivered is queued again; letters that are long over are forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import SYSTEM, Subject
from base.errors import Refused
from notices import outbox
from notices.labels import LetterState
from notices.models import Letter
from procedure.problems import Problem
from regions.models import Body

OVER = (LetterState.SENT, LetterState.SHOWN, LetterState.FAILED)
# So many rows in one statement: a table is never held for long.
BATCH = 5_000


@transaction.atomic
def queue_again(*, letter: Letter, by: User, now: datetime) -> Letter:
    """Try a failed letter again, as often as a new one, at the address that its recipient has now.

    Attempts are only added, because a claim is fenced by their number; the limits count from here.
    Raises NotPermitted, and Refused for a letter that waits, was sent or is being sent.
    """
    actor = access.check(by, Permission.LETTERS_RESEND, None, now)
    locked = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if locked.state != LetterState.FAILED:
        raise Refused([Problem("letter_not_failed")])
    email = _address(locked)
    Letter.objects.filter(pk=locked.pk).update(
        state=LetterState.QUEUED,
        next_attempt_at=Now(),
        last_error="",
        email=email,
        attempts_before=F("attempts"),
        doubts_before=F("doubts"),
    )
    journal.record(
        act="letter.queue_again",
        actor=actor,
        now=now,
        subject=Subject("letter", str(locked.pk), locked.kind, locked.body_code),
        changes={"state": [LetterState.FAILED, LetterState.QUEUED], "address": [None, email != locked.email]},
    )
    outbox.tell_broker_after_commit()
    return locked


def _address(letter: Letter) -> str:
    """Where the recipient can be written to now: the reason of a failure is often an address that was wrong."""
    kind, _, code = letter.recipient_key.partition(":")
    if kind == "user" and letter.user:
        return letter.user.email
    body = Body.objects.filter(code=code).first() if kind in ("body", "head") else None
    if body is None:
        return letter.email
    return body.official_email if kind == "body" else body.head_email


@transaction.atomic
def forget(*, now: datetime) -> int:
    """Delete letters that were over LETTERS_KEPT_DAYS ago, one batch; how many. Waiting ones are never touched.

    The journal keeps that reminders were queued and their digest; the rows hold addresses, which end here.
    """
    before = now - timedelta(days=settings.LETTERS_KEPT_DAYS)
    old = Letter.objects.filter(state__in=OVER, created_at__lt=before).order_by("pk")
    _, deleted = Letter.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:BATCH])).delete()
    gone = deleted.get(Letter._meta.label, 0)  # without what goes with a letter
    if gone:
        journal.record(
            act="letter.forget",
            actor=SYSTEM,
            now=now,
            subject=Subject("letters", str(before.date()), str(before.date())),
            changes={"letters": [gone, 0]},
        )
    return gone
