"""Reminders queued in sets: one statement per kind of duty, however many duties and people there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.permissions import roles_with
from audit import journal
from audit.actors import SYSTEM, Subject
from calendar_app import reminders
from calendar_app.labels.obligations import ObligationKind
from calendar_app.letters import obligations as letters
from calendar_app.models import Obligation, ReminderStep
from calendar_app.recipients import OFFICERS
from calendar_app.reminders import Step
from calendar_app.transitions import digests, obligations, reminder_letters
from calendar_app.transitions.reminder_letters import WORDINGS
from notices import outbox
from procedure.moments import day_of


@transaction.atomic
def remind(*, now: datetime) -> int:
    """Derive the duties, then queue every reminder that is owed at the instant; the number of letters.

    What is done is never reminded of, because duties are derived first in the same transaction and under the
    same lock. A letter is unique by kind, subject, body, due instant, step and recipient, and a step is taken
    once: two beats, a repeated task, a killed worker or a clock set back add nothing.
    """
    obligations.derive(now=now)
    queued = _ladders(reminders.owed(now), now)
    told = {kind: one.missed for kind, one in WORDINGS.items() if one.missed}
    for kind, due in reminders.missed(now, list(told)):
        queued += letters.term_ended(told[ObligationKind(kind)], _of_term(kind, due), due, now=now)
        ReminderStep.objects.create(kind=kind, due=due, offset=ReminderStep.MISSED, at=now)
    return queued + digests.send(now=now)


def _of_term(kind: str, due: datetime) -> list[Obligation]:
    return list(Obligation.objects.not_done().filter(kind=kind, due=due).select_related("body"))


def _ladders(steps: Sequence[Step], now: datetime) -> int:
    queued = 0
    for kind in WORDINGS:
        of_kind = [step for step in steps if step.kind == kind]
        if not of_kind:
            continue
        made = outbox.queue_selected(reminder_letters.select(kind), _parameters(kind, of_kind, now), now=now)
        ReminderStep.objects.bulk_create(
            [ReminderStep(kind=kind, due=one.due, offset=one.offset, at=now) for one in of_kind]
        )
        journal.record(
            act="reminders.queue",
            actor=SYSTEM,
            now=now,
            subject=Subject("reminders", kind, kind),
            changes={
                "steps": [None, [f"{one.due.isoformat()} {one.offset:+d}" for one in of_kind]],
                "letters": [0, made.letters],
                "keys_sha256": [None, made.sha256],
            },
        )
        queued += made.letters
    return queued


def _parameters(kind: ObligationKind, steps: Sequence[Step], now: datetime) -> dict[str, object]:
    return {
        "kind": kind.value,
        "before": WORDINGS[kind].before,
        "after": WORDINGS[kind].after,
        "due": [one.due for one in steps],
        "offset": [one.offset for one in steps],
        "at": [one.at for one in steps],
        "left": [one.days_left for one in steps],
        "roles": [role.value for role in roles_with(OFFICERS[kind])],
        "day": day_of(now),
        "last": reminders.last_before(kind),
        "escalate": settings.REMINDER_ESCALATES_FROM,
        "list_start": reverse("staff:topic_list", args=["2000-H1", "akimat.00"]).partition("2000-H1")[0],
        "coordination_path": reverse("staff:coordination"),
        "calendars_path": reverse("staff:calendars"),
    }
