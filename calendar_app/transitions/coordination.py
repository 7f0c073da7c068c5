"""Coordination with the ministries: ask, answer, bring a disagreement along (procedure, section 2 row 3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from base.errors import Refused
from calendar_app.labels.calendars import VersionState
from calendar_app.labels.coordination import AnswerState
from calendar_app.models import CalendarVersion, CoordinationAnswer, CoordinationRound, Disagreement
from calendar_app.queries import calendars as queries
from calendar_app.transitions import calendar_steps as steps
from procedure.deadlines import coordination_due
from procedure.moments import day_of
from procedure.problems import Problem
from procedure.workflows import COORDINATION_ANSWER
from regions import workdays
from regions.models import Body


@transaction.atomic
def ask(*, version: CalendarVersion, by: User, now: datetime, revision: int) -> CoordinationRound:
    """Open a round: ministries are asked about meetings they were not asked about as they are now.

    The first round opens coordination. Raises NotPermitted, Stale, and Refused with nothing to ask about.
    """
    locked, actor = steps.lock(version, Permission.CALENDAR_COMPILE, by, now, revision)
    steps.refuse_unless_open(locked)
    asked = queries.to_be_asked(locked)
    if not asked:
        raise Refused([Problem("nothing_to_ask")])
    before = locked.state
    if before == VersionState.WORKING:
        locked.state, locked.coordination_at = steps.target("start_coordination", locked), now
    term = coordination_due(day_of(now), locked.calendar.rule_set.rules, workdays.current(), locked.period)
    number = locked.rounds.count() + 1
    opened = CoordinationRound.objects.create(
        version=locked, number=number, opened_at=now, by=by, last_day=term.last_day, due=term.due
    )
    CoordinationAnswer.objects.bulk_create(
        CoordinationAnswer(round=opened, planned=planned, body=body, edition=planned.edition)
        for planned, body in asked
    )
    steps.save(locked, "state", "coordination_at")
    changes = {
        "state": [before, locked.state],
        "round": [number - 1, number],
        "asked": [0, len(asked)],
        "last_day": [None, term.last_day.isoformat()],
    }
    steps.record("ask", locked, actor, now, changes)
    return opened


@transaction.atomic
def answer(
    *,
    answers: Sequence[CoordinationAnswer],
    agree: bool,
    by: User,
    now: datetime,
    words: str = "",
    counter_starts: datetime | None = None,
) -> list[CoordinationAnswer]:
    """Agree to meetings of one's own ministry, or refuse them with reasons; all of one ministry and version.

    Raises NotPermitted, and Refused for a refusal without reasons, a second answer, or a question overtaken.
    """
    body = Body.objects.get(pk=answers[0].body_id)
    actor = access.check(by, Permission.COORDINATION_ANSWER, body, now)
    version = steps.lock_version(answers[0].planned.version)
    if version.state != VersionState.COORDINATION:
        raise Refused([Problem("coordination_closed")])
    act = "agree" if agree else "refuse"
    if not agree and not words.strip():
        raise Refused([Problem("refusal_reasons_required", field="words")])
    asked = {one.pk for one in answers}
    rows = list(
        CoordinationAnswer.objects.filter(pk__in=asked, body=body, planned__version=version)
        .standing()
        .select_for_update(of=("self",))
    )
    if len(rows) != len(asked):
        raise Refused([Problem("question_overtaken")])
    for one in rows:
        target = COORDINATION_ANSWER.target(act, one.state)
        if isinstance(target, Problem):
            raise Refused([Problem("answered_already")])
        one.state, one.words, one.at, one.by = target, words.strip(), now, by
        one.counter_starts = None if agree else counter_starts
    CoordinationAnswer.objects.bulk_update(rows, ["state", "words", "at", "by", "counter_starts"])
    steps.remember_hand(version, by)
    steps.record(act, version, actor, now, {"meetings": [0, len(rows)]}, body.code)
    return rows


@transaction.atomic
def disagree(
    *, refusal: CoordinationAnswer, position: str, by: User, now: datetime, revision: int
) -> Disagreement:
    """Bring a refusal to the commission with the position of the authorised body (таблица разногласий)."""
    locked, actor = steps.lock(refusal.planned.version, Permission.CALENDAR_COMPILE, by, now, revision)
    steps.refuse_unless_open(locked)
    if refusal.state != AnswerState.REFUSED or refusal.edition != refusal.planned.edition:
        raise Refused([Problem("no_refusal")])
    if not position.strip():
        raise Refused([Problem("position_required", field="position")])
    made, _ = Disagreement.objects.update_or_create(answer=refusal, defaults={"position": position.strip()})
    steps.save(locked)
    steps.record("disagree", locked, actor, now, {"ministry": refusal.body_id})
    return made
