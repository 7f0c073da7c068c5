"""When a meeting takes place, seen from the people who want to come (procedure, sections 2 and 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from procedure.moments import ALMATY, day_of, in_utc
from procedure.problems import Problem
from procedure.workdays import Workdays

# Longer than any meeting: a wrong year in a form must not pass for one.
LONGEST_MEETING = timedelta(hours=24)


class TimeKind(StrEnum):
    """From the best time for people with work to the worst."""

    DAY_OFF = "day_off"
    EVENING = "evening"
    EARLY = "early"
    BREAK = "break"
    PARTLY_WORKING_HOURS = "partly_working_hours"
    WORKING_HOURS = "working_hours"


@dataclass(frozen=True)
class WorkingHours:
    """Working hours of a body or territory on its working days, in Almaty time.

    opens < closes; the break is left out of working time when both ends are given.
    is_default  nobody entered them: shown so beside what follows from them
    """

    opens: time
    closes: time
    break_from: time | None = None
    break_to: time | None = None
    is_default: bool = False


def problems_of_hours(hours: WorkingHours) -> list[Problem]:
    """What is wrong with working hours that somebody entered."""
    problems = []
    if hours.opens >= hours.closes:
        problems.append(Problem("closes_before_opening", field="closes"))
    if (hours.break_from is None) != (hours.break_to is None):
        problems.append(Problem("half_a_break", field="break_to"))
    if hours.break_from is None or hours.break_to is None:
        return problems
    if not hours.opens < hours.break_from < hours.break_to < hours.closes:
        problems.append(Problem("break_outside_hours", field="break_from"))
    return problems


def problems_of_times(starts: datetime, ends: datetime) -> list[Problem]:
    """What is wrong with the aware start and end of a meeting."""
    if in_utc(ends) <= in_utc(starts):
        return [Problem("ends_before_start", field="ends")]
    if in_utc(ends) - in_utc(starts) > LONGEST_MEETING:
        return [Problem("meeting_too_long", {"hours": 24}, "ends")]
    return []


def time_kind(starts: datetime, ends: datetime, hours: WorkingHours, workdays: Workdays) -> TimeKind:
    """What kind of time a meeting (aware, start before end) takes place at.

    A day off is told by the day on which it starts, in Almaty. On a working day it is a matter
    of how much of it lies in working hours: all, a part, or none (early, in the break, evening).
    """
    day = day_of(starts)
    if not workdays.is_working(day):
        return TimeKind.DAY_OFF
    inside = _minutes_in_hours(starts, ends, day, hours)
    if inside >= in_utc(ends) - in_utc(starts):
        return TimeKind.WORKING_HOURS
    if inside:
        return TimeKind.PARTLY_WORKING_HOURS
    if in_utc(starts) >= in_utc(_at(day, hours.closes)):
        return TimeKind.EVENING
    return TimeKind.EARLY if in_utc(starts) < in_utc(_at(day, hours.opens)) else TimeKind.BREAK


def suits_people(kind: TimeKind) -> bool:
    """Whether more people can come: a day off, or wholly outside working hours (section 2 row 14)."""
    return kind not in (TimeKind.WORKING_HOURS, TimeKind.PARTLY_WORKING_HOURS)


def _minutes_in_hours(starts: datetime, ends: datetime, day: date, hours: WorkingHours) -> timedelta:
    inside = _overlap(starts, ends, _at(day, hours.opens), _at(day, hours.closes))
    if hours.break_from is not None and hours.break_to is not None:
        inside -= _overlap(starts, ends, _at(day, hours.break_from), _at(day, hours.break_to))
    return inside


def _overlap(starts: datetime, ends: datetime, opens: datetime, closes: datetime) -> timedelta:
    shared = min(in_utc(ends), in_utc(closes)) - max(in_utc(starts), in_utc(opens))
    return max(shared, timedelta())


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=ALMATY)
