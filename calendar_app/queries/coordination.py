"""How coordination stands: rounds, ministries, remarks, refusals; silence shows as silence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from calendar_app.labels.coordination import AnswerState
from calendar_app.models import Attendance, CalendarVersion, CoordinationAnswer, CoordinationRound
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

    @property
    def is_awaited(self) -> bool:
        """Whether questions to it have no answer yet."""
        return bool(self.waiting or self.silent)


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
    """How coordination stands at the instant; a fixed number of queries.

    A plain agreement is only counted: what is read whole are refusals and remarks.
    """
    counts: Counter[tuple[str, str]] = Counter()
    current = CoordinationAnswer.objects.filter(planned__version=version).standing()
    columns = ("body", "state", "given_due", "round__due")
    for body, state, given, due in current.values_list(*columns):
        counts[body, _column(state, now >= (given or due))] += 1
    to_ask = _not_asked(version)
    counts.update({(body, "not_asked"): number for body, number in to_ask.items()})
    rows = {one.pk: MinistryStanding(one) for one in Body.objects.filter(pk__in={body for body, _ in counts})}
    for (body, column), number in counts.items():
        setattr(rows[body], column, number)
    said = list(
        calendars.standing_answers(version).filter(
            Q(state=AnswerState.REFUSED) | (Q(state=AnswerState.AGREED) & ~Q(words=""))
        )
    )
    return Standing(
        rounds=rounds_of(version),
        ministries=sorted(rows.values(), key=lambda row: row.body.pk),
        refusals=[one for one in said if one.state == AnswerState.REFUSED],
        remarks=[one for one in said if one.state == AnswerState.AGREED],
        to_ask=sum(to_ask.values()),
    )


def _column(state: str, is_over: bool) -> str:
    """Which count of a ministry an answer belongs to."""
    if state == AnswerState.ASKED:
        return "silent" if is_over else "waiting"
    return "agreed" if state == AnswerState.AGREED else "refused"


def _not_asked(version: CalendarVersion) -> dict[str, int]:
    """By ministry, how many of its meetings it was not asked about as they are now; as `calendars.to_be_asked`."""
    known = CoordinationAnswer.objects.filter(planned=OuterRef("planned"), body=OuterRef("body")).current()
    coming = Attendance.objects.filter(~Exists(known), planned__version=version, planned__cancelled=False)
    return dict(coming.order_by("body").values_list("body").annotate(Count("pk")))


def asked_of(version: CalendarVersion, body: str) -> list[CoordinationAnswer]:
    """The questions to one ministry that wait for an answer, in the order of time."""
    return [one for one in calendars.standing_answers(version, AnswerState.ASKED) if one.body_id == body]
