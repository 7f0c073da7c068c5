"""Reads across models: what a plan lacks, what the half-year has seen, for desks, acts and duties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch

from calendar_app.labels.coordination import AnswerState
from calendar_app.models import (
    BusyPeriod,
    CalendarVersion,
    CoordinationAnswer,
    PlannedMeeting,
)
from calendar_app.models.coordination import AnswerQuerySet
from calendar_app.queries import brought
from calendar_app.queries.brought import AcceptedTopic
from procedure.busy_periods import Busy, busy_conflicts
from procedure.conflicts import Conflict, Slot, conflicts
from procedure.deadlines import first_safe_day
from procedure.half_years import HalfYear
from procedure.meeting_times import time_kind
from procedure.moments import end_of_day, start_of_day
from procedure.topic_lists import is_blank
from regions import hours, workdays
from regions.models import Body, Territory
from regions.models.territories import TerritoryQuerySet


def accepted_topics(half_year: HalfYear | str) -> list[AcceptedTopic]:
    """The topics that the calendar of the half-year has to answer, by akimat and in the order of the lists."""
    return brought.of_half_year(half_year).topics


def topics_not_taken(version: CalendarVersion) -> list[AcceptedTopic]:
    """Accepted topics that no planned meeting answers and that were not left out with a reason (section 6)."""
    waiting = brought.open_items(version)
    return [one.item for one in waiting if isinstance(one.item, AcceptedTopic)]


def safe_day(version: CalendarVersion) -> date:
    """The first day on which a meeting can still be approved and announced in time (section 3)."""
    return first_safe_day(version.period, version.calendar.rule_set.rules, workdays.current())[0]


def conflicts_of(version: CalendarVersion) -> list[Conflict]:
    """Everything that section 6 finds in the plan, for acts: `queries.warnings` tells it to people."""
    return conflicts_among(version, version.planned.filter(cancelled=False).in_order().for_rules())


def planned_of(version: CalendarVersion) -> list[PlannedMeeting]:
    """The meetings of the plan that are not cancelled, in order, with places and attendance; three queries."""
    return list(version.planned.filter(cancelled=False).in_order().with_places().with_attendance())


def conflicts_among(
    version: CalendarVersion, planned: Iterable[PlannedMeeting], regions: Iterable[str] | None = None
) -> list[Conflict]:
    """The same for meetings read by `planned_of`; four queries, three where `regions` are known by their codes."""
    week, days = hours.week(), workdays.current()
    slots = [_slot(one, week, days) for one in planned]
    if regions is None:
        regions = regions_of(version).values_list("pk", flat=True)
    safe = first_safe_day(version.period, version.calendar.rule_set.rules, days)[0]
    found = conflicts(slots, version.period, safe, regions)
    return found + list(busy_conflicts(slots, busy_in(version)))


def regions_of(version: CalendarVersion) -> TerritoryQuerySet:
    """The regions that there are when the half-year begins."""
    return Territory.objects.regions().on(version.period.first_day)


def busy_in(version: CalendarVersion) -> list[Busy]:
    """When heads of ministries are busy in the half-year: planners see no reasons."""
    period = version.period
    rows = BusyPeriod.objects.within(start_of_day(period.first_day), end_of_day(period.last_day))
    return [Busy(*row) for row in rows.values_list("body_id", "starts", "ends")]


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
        .current()
        .values_list("planned_id", "body_id")
    )
    planned = version.planned.filter(cancelled=False).in_order().with_bodies()
    return [
        (one, who.body)
        for one in planned
        for who in one.attendance.all()
        if (one.pk, who.body_id) not in asked
    ]


def standing_answers(version: CalendarVersion, *states: AnswerState) -> AnswerQuerySet:
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
