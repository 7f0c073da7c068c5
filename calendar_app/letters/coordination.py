"""Letters of coordination: what a ministry is asked and by when; what the authorised body hears of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import translation

from accounts.permissions import Permission
from base.dates import at_almaty
from base.names import in_language
from calendar_app.labels.coordination import AnswerState
from calendar_app.letters.topic_lists import AUTHORITY
from calendar_app.models import CalendarVersion, CoordinationAnswer, CoordinationRound, PlannedMeeting
from calendar_app.recipients import officers_of
from notices import outbox
from notices.outbox import Mailing
from procedure.moments import day_of
from regions.models import Body

LANGUAGES = ("kk", "ru", "en")


def asked(
    opened: CoordinationRound, questions: Sequence[tuple[PlannedMeeting, Body]], *, now: datetime
) -> None:
    """Each ministry hears which of its meetings it is asked about, and by which day."""
    planned = opened.version.planned.with_places().in_bulk({one.pk for one, _body in questions})
    by_body: dict[Body, list[PlannedMeeting]] = {}
    for one, body in questions:
        by_body.setdefault(body, []).append(planned[one.pk])
    officers = officers_of({body.pk: Permission.COORDINATION_READ for body in by_body}, day_of(now))
    facts: dict[str, Any] = {
        "half_year_code": opened.version.half_year,
        "round": opened.number,
        "last_day": opened.last_day.isoformat(),
        "path": reverse("staff:coordination"),
    }
    mailings = []
    for body, rows in by_body.items():
        context = facts | _names(body) | _lines(rows) | {"meeting_count": len(rows)}
        key = f"{opened.version_id}:{opened.number}:{body.pk}"
        mailings.append(Mailing("coordination_asked", key, officers[body.pk], context, body.pk))
    outbox.queue_all(mailings, now=now)


def answered(
    version: CalendarVersion, body: Body, rows: Sequence[CoordinationAnswer], *, now: datetime
) -> None:
    """The authorised body hears of a refusal at once, and of a ministry that has answered everything.

    A ministry whose answer came by letter is told what was entered: it may object (procedure, section 1).
    """
    officers = officers_of({AUTHORITY: Permission.CALENDAR_COMPILE}, day_of(now))[AUTHORITY]
    facts: dict[str, Any] = _names(body) | {
        "half_year_code": version.half_year,
        "path": version.get_absolute_url(),
    }
    key = f"{version.pk}:{body.pk}:{now:%Y%m%d%H%M%S%f}"
    mailings = []
    first = rows[0]
    if first.state == AnswerState.REFUSED:
        counter = first.counter_starts.isoformat() if first.counter_starts else ""
        context = facts | _lines(one.planned for one in rows) | {"reasons": first.words}
        context |= {"has_counter": bool(counter), "counter_at": counter}
        mailings.append(Mailing("coordination_refused", key, officers, context, AUTHORITY))
    counts = _counts(version, body)
    if not counts["silent_count"]:
        mailings.append(Mailing("coordination_answered", key, officers, facts | counts, AUTHORITY))
    if first.letter is not None:
        mailings.append(_entered(body, rows, facts, key, now))
    outbox.queue_all(mailings, now=now)


def _entered(
    body: Body, rows: Sequence[CoordinationAnswer], facts: dict[str, Any], key: str, now: datetime
) -> Mailing:
    letter = rows[0].letter
    assert letter is not None
    context = facts | _lines(one.planned for one in rows)
    context |= {
        "agreed": rows[0].state == AnswerState.AGREED,
        "reasons": rows[0].words,
        "letter_number": letter.number,
        "letter_day": letter.day.isoformat(),
        "path": reverse("staff:coordination"),
    }
    officers = officers_of({body.pk: Permission.COORDINATION_READ}, day_of(now))[body.pk]
    return Mailing("coordination_entered", key, officers, context, body.pk)


def _counts(version: CalendarVersion, body: Body) -> dict[str, int]:
    """How many standing questions the ministry agreed to, refused, and left without an answer."""
    standing = CoordinationAnswer.objects.filter(planned__version=version, body=body).current()
    states = list(standing.values_list("state", flat=True))
    return {
        "agreed_count": states.count(AnswerState.AGREED),
        "refused_count": states.count(AnswerState.REFUSED),
        "silent_count": states.count(AnswerState.ASKED),
    }


def _names(body: Body) -> dict[str, str]:
    return {f"ministry_{code}": in_language(body, "full_name", code) for code in LANGUAGES}


def _lines(planned: Iterable[PlannedMeeting]) -> dict[str, str]:
    """The meetings, one a line, in each language: when, where, what is discussed."""
    rows = list(planned)
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[f"meetings_{code}"] = "\n".join(
                f"– {at_almaty(one.starts)}, {in_language(one.place)}: {in_language(one, 'subject')}"
                for one in rows
            )
    return found
