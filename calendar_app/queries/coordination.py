"""How coordination stands: rounds, ministries, remarks, refusals; silence shows as silence."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Q

from calendar_app.labels.coordination import AnswerState
from calendar_app.models import CalendarVersion, CoordinationAnswer, CoordinationRound
from calendar_app.queries import calendars
from regions.models import Body


@dataclass
class MinistryStanding:
    """What one ministry said about its meetings as they are now."""

    body: Body
    agreed: int = 0
    refused: int = 0
    waiting: int = 0
    silent: int = 0
    not_asked: int = 0
    rows: list[CoordinationAnswer] = field(default_factory=list)

    @property
    def open_rows(self) -> list[CoordinationAnswer]:
        return [one for one in self.rows if one.state == AnswerState.ASKED]


@dataclass(frozen=True)
class Standing:
    """Everything about the coordination of a version."""

    rounds: list[CoordinationRound]
    ministries: list[MinistryStanding]
    refusals: list[CoordinationAnswer]
    remarks: list[CoordinationAnswer]
    to_ask: int


def rounds_of(version: CalendarVersion) -> list[CoordinationRound]:
    """The rounds with how many questions each asked, and what was answered to them; one query."""
    # A later version takes answers over in the round in which they were asked: there they are not counted again.
    own = Q(answers__planned__version=version)
    counts = {state.value: Count("answers", filter=own & Q(answers__state=state)) for state in AnswerState}
    counts["questions"] = Count("answers", filter=own)
    return list(version.rounds.annotate(**counts).order_by("number"))


def standing_of(version: CalendarVersion, now: datetime) -> Standing:
    """How coordination stands at the instant; a fixed number of queries."""
    answers = list(calendars.standing_answers(version))
    asked = calendars.to_be_asked(version)
    rows: dict[str, MinistryStanding] = {}
    for one in answers:
        row = rows.setdefault(one.body_id, MinistryStanding(one.body))
        row.rows.append(one)
        _count(row, one, now)
    for _planned, body in asked:
        rows.setdefault(body.pk, MinistryStanding(body)).not_asked += 1
    return Standing(
        rounds=rounds_of(version),
        ministries=sorted(rows.values(), key=lambda row: row.body.pk),
        refusals=[one for one in answers if one.state == AnswerState.REFUSED],
        remarks=[one for one in answers if one.state == AnswerState.AGREED and one.words],
        to_ask=len(asked),
    )


def _count(row: MinistryStanding, one: CoordinationAnswer, now: datetime) -> None:
    if one.state == AnswerState.AGREED:
        row.agreed += 1
    elif one.state == AnswerState.REFUSED:
        row.refused += 1
    elif one.is_silent(now):
        row.silent += 1
    else:
        row.waiting += 1


def asked_of(version: CalendarVersion, body: str) -> list[CoordinationAnswer]:
    """The questions to one ministry that wait for an answer, in the order of time."""
    return [one for one in calendars.standing_answers(version, AnswerState.ASKED) if one.body_id == body]
