"""Reads across models: what a plan lacks, what the half-year has seen, for desks, acts and duties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from calendar_app import snapshots
from calendar_app.labels.calendars import ItemKind
from calendar_app.labels.coordination import AnswerState
from calendar_app.labels.topic_lists import TopicListState
from calendar_app.models import (
    CalendarVersion,
    CoordinationAnswer,
    PlannedMeeting,
    PlannedTopic,
    Submission,
    TopicList,
)
from procedure.conflicts import Conflict, Slot, conflicts
from procedure.deadlines import first_safe_day
from procedure.half_years import HalfYear
from procedure.meeting_times import time_kind
from procedure.topic_lists import is_blank
from regions import hours, workdays
from regions.models import Body, Territory


@dataclass(frozen=True)
class AcceptedTopic:
    """A topic of an accepted list that was not left out at acceptance, with the words it had."""

    key: int
    akimat: Body
    title_kk: str
    title_ru: str
    ministry: str
    district: str


def accepted_topics(half_year: HalfYear | str) -> list[AcceptedTopic]:
    """The topics that the calendar of the half-year has to answer, by akimat and in the order of the lists."""
    code = half_year if isinstance(half_year, str) else half_year.code
    lists = TopicList.objects.filter(half_year=code, state=TopicListState.ACCEPTED).select_related("akimat")
    found = []
    for one in lists.with_submissions().order_by("akimat"):
        latest = one.latest_submission
        if latest is not None:
            found += _of_list(one, latest)
    return found


def _of_list(topic_list: TopicList, latest: Submission) -> list[AcceptedTopic]:
    return [
        AcceptedTopic(
            key,
            topic_list.akimat,
            topic["title"]["kk"],
            topic["title"]["ru"],
            topic["ministry"],
            topic["district"],
        )
        for key, topic in snapshots.topics_of(latest).items()
        if key not in topic_list.left_out
    ]


def topics_not_taken(version: CalendarVersion) -> list[AcceptedTopic]:
    """Accepted topics that no planned meeting answers and that were not left out with a reason (section 6)."""
    taken = set(
        PlannedTopic.objects.filter(planned__version=version, planned__cancelled=False).values_list(
            "topic_key", flat=True
        )
    )
    taken |= set(version.left_out.filter(kind=ItemKind.TOPIC).values_list("key", flat=True))
    return [one for one in accepted_topics(version.half_year) if one.key not in taken]


def safe_day(version: CalendarVersion) -> date:
    """The first day on which a meeting can still be approved and announced in time (section 3)."""
    return first_safe_day(version.period, version.calendar.rule_set.rules, workdays.current())[0]


def conflicts_of(version: CalendarVersion) -> list[Conflict]:
    """Everything that section 6 finds in the plan, in words that a template can say."""
    planned = version.planned.filter(cancelled=False).in_order().with_places().with_attendance()
    week, days = hours.week(), workdays.current()
    slots = [_slot(one, week, days) for one in planned]
    regions = Territory.objects.regions().on(version.period.first_day).values_list("pk", flat=True)
    return conflicts(slots, version.period, safe_day(version), regions)


def _slot(planned: PlannedMeeting, week: hours.Week, days: workdays.Workdays) -> Slot:
    attendance = list(planned.attendance.all())
    terms = [one.term for one in attendance]
    day_hours = week.get(planned.day.weekday())
    kind = time_kind(planned.starts, planned.ends, day_hours, days) if day_hours else "day_off"
    return Slot(
        key=planned.pk,
        starts=planned.starts,
        ends=planned.ends,
        people=tuple(str(term.person_id) if term else None for term in terms),
        bodies=tuple(one.body_id for one in attendance),
        hall=str(planned.hall_id) if planned.hall_id else None,
        place=planned.place_id,
        region=planned.place.region_id,
        missing=tuple(code for code in ("kk", "ru") if is_blank(getattr(planned, f"subject_{code}"))),
        time_kind=kind,
    )


def to_be_asked(version: CalendarVersion) -> list[tuple[PlannedMeeting, Body]]:
    """(meeting, ministry) without a standing answer or question about the meeting as it is now."""
    asked = set(
        CoordinationAnswer.objects.filter(planned__version=version)
        .standing()
        .values_list("planned_id", "body_id")
    )
    planned = version.planned.filter(cancelled=False).in_order().with_attendance()
    return [
        (one, who.body)
        for one in planned
        for who in one.attendance.all()
        if (one.pk, who.body_id) not in asked
    ]


def standing_answers(version: CalendarVersion, *states: AnswerState) -> Iterable[CoordinationAnswer]:
    """Answers about the meetings as they are now, with a disagreement if one was written."""
    answers = CoordinationAnswer.objects.filter(planned__version=version).standing()
    if states:
        answers = answers.filter(state__in=states)
    return answers.select_related(
        "planned__meeting", "planned__place", "body", "disagreement", "round"
    ).order_by("planned__starts", "body")


# --- Evidence of duties ---------------------------------------------------------------------------
def versions_of(half_year: HalfYear | str) -> list[CalendarVersion]:
    """The versions of a half-year with their submissions, oldest first: instants say what was done when."""
    code = half_year if isinstance(half_year, str) else half_year.code
    found = CalendarVersion.objects.filter(calendar__half_year=code).select_related("calendar", "submission")
    return list(found.order_by("number").prefetch_related(Prefetch("sessions")))
