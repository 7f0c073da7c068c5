"""Coordination with the ministries: ask, answer, bring a disagreement along (procedure, section 2 row 3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit.actors import Actor
from base.errors import Refused
from calendar_app.labels.calendars import VersionState
from calendar_app.labels.coordination import AnswerState
from calendar_app.labels.signed_letters import LetterAct
from calendar_app.letters import coordination as letters
from calendar_app.models import (
    CalendarVersion,
    CoordinationAnswer,
    CoordinationRound,
    Disagreement,
    SignedLetter,
)
from calendar_app.queries import calendars as queries
from calendar_app.transitions import calendar_steps as steps
from calendar_app.transitions import signed_letters
from calendar_app.transitions.signed_letters import NewLetter
from procedure.deadlines import coordination_due
from procedure.moments import day_of
from procedure.problems import Problem
from procedure.workflows import COORDINATION_ANSWER
from regions import workdays
from regions.models import Body


@transaction.atomic
def ask(*, version: CalendarVersion, by: User, now: datetime, revision: int) -> CoordinationRound:
    """Open a round: ministries are asked about meetings they were not asked about as they are now.

    The first round opens coordination, also where every ministry has said already what it thinks of the meetings
    as they are: then nobody is asked. Raises NotPermitted, Stale, and Refused with nothing to ask about.
    """
    locked, actor = steps.lock(version, Permission.CALENDAR_COMPILE, by, now, revision)
    steps.refuse_unless_open(locked)
    asked = queries.to_be_asked(locked)
    before = locked.state
    if not asked and (before != VersionState.WORKING or not queries.standing_answers(locked).exists()):
        raise Refused([Problem("nothing_to_ask")])
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
    steps.remember_hand(locked, by)
    steps.record("ask", locked, actor, now, changes)
    letters.asked(opened, asked, now=now)
    return opened


@dataclass(frozen=True)
class Said:
    """What a ministry says: a remark beside an agreement, the reasons of a refusal, a time that would suit."""

    agree: bool
    words: str = ""
    counter_starts: datetime | None = None

    @property
    def act(self) -> str:
        return "agree" if self.agree else "refuse"


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
    with transaction.atomic():
        return _say(answers, body, Said(agree, words.strip(), counter_starts), by, now, actor)


@transaction.atomic
def answer_by_letter(
    *,
    answers: Sequence[CoordinationAnswer],
    said: Said,
    letter: NewLetter,
    by: User,
    now: datetime,
) -> list[CoordinationAnswer]:
    """Enter what a ministry answered by a signed letter (procedure, section 1); the ministry is told.

    In time or late is decided by the instant at which the letter was registered, not by that of typing.
    Raises NotPermitted, and Refused like `answer`, or for what is wrong with the letter.
    """
    body = Body.objects.get(pk=answers[0].body_id)
    actor = access.check(by, Permission.CALENDAR_COMPILE, Body.objects.get(code="authority"), now)
    if letter.head.received_at is None:
        raise Refused([Problem("letter_receipt_missing", field="received_at")])
    # No letter answers a question before it was asked; the instant of a registration is written in minutes.
    since = max(one.round.opened_at for one in answers).replace(second=0, microsecond=0)
    kept = signed_letters.record(
        letter=letter, body=body, act=LetterAct.COORDINATION, since=since, by=by, now=now
    )
    return _say(answers, body, replace(said, words=said.words.strip()), by, now, actor, kept)


def _say(
    answers: Sequence[CoordinationAnswer],
    body: Body,
    said: Said,
    by: User,
    now: datetime,
    actor: Actor,
    letter: SignedLetter | None = None,
) -> list[CoordinationAnswer]:
    version = steps.lock_version(answers[0].planned.version)
    rows = _asked(version, body, {one.pk for one in answers}, said)
    said_now: dict[str, Any] = {
        "words": said.words,
        "at": now,
        "by": by,
        "letter": letter,
        "counter_starts": None if said.agree else said.counter_starts,
    }
    for one in rows:
        target = COORDINATION_ANSWER.target(said.act, one.state)
        if isinstance(target, Problem):
            raise Refused([Problem("answered_already")])
        said_now["state"] = target
        for name, value in said_now.items():
            setattr(one, name, value)
    CoordinationAnswer.objects.filter(pk__in=[one.pk for one in rows]).update(**said_now)
    steps.remember_hand(version, by)
    changes = {"meetings": [0, len(rows)]} | ({"letter": [None, letter.number]} if letter else {})
    steps.record(said.act, version, actor, now, changes, body.code)
    letters.answered(version, body, rows, now=now)
    return rows


def _asked(version: CalendarVersion, body: Body, asked: set[int], said: Said) -> list[CoordinationAnswer]:
    """The questions, locked. Raises Refused when they cannot be answered so."""
    if version.state != VersionState.COORDINATION:
        raise Refused([Problem("coordination_closed")])
    if not said.agree and not said.words:
        raise Refused([Problem("refusal_reasons_required", field="words")])
    if not said.agree and said.counter_starts and not version.period.holds(day_of(said.counter_starts)):
        raise Refused([Problem("outside_half_year", field="counter_day")])
    rows = list(
        CoordinationAnswer.objects.filter(pk__in=asked, body=body, planned__version=version)
        .current()
        .select_related("planned__place", "planned__meeting")
        .select_for_update(of=("self",))
    )
    if len(rows) != len(asked):
        raise Refused([Problem("question_overtaken")])
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
    steps.remember_hand(locked, by)
    steps.save(locked)
    steps.record("disagree", locked, actor, now, {"ministry": refusal.body_id})
    return made
