"""Days and instants in Almaty: every deadline is the end of a day there (procedure, section 3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from procedure.problems import Problem

# UTC+6 until the end of February 2024, UTC+5 since: a fact of the time zone data, not of the code.
ALMATY = ZoneInfo("Asia/Almaty")


def start_of_day(day: date) -> datetime:
    """The first instant of the day in Almaty, aware."""
    return datetime.combine(day, time(), tzinfo=ALMATY)


def end_of_day(day: date) -> datetime:
    """The first instant after the day in Almaty, aware: days are half-open."""
    return start_of_day(day + timedelta(days=1))


def day_of(moment: datetime) -> date:
    """The date in Almaty at an aware moment; ValueError for a moment without a time zone."""
    return in_utc(moment).astimezone(ALMATY).date()


def in_utc(moment: datetime) -> datetime:
    """The aware moment in UTC; ValueError for a moment without a time zone.

    Two moments of one zone are compared by their wall clock, which repeats an hour when clocks
    go back, as in the night to 1 March 2024; in UTC nothing repeats.
    """
    if moment.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return moment.astimezone(UTC)


def problems_of_time_zone() -> list[Problem]:
    """What is wrong with this machine's time zone data: some still have UTC+6 after 2024."""
    problems = []
    for day, hours in ((date(2024, 2, 29), 6), (date(2024, 3, 1), 5), (date(2027, 7, 1), 5)):
        if start_of_day(day).utcoffset() != timedelta(hours=hours):
            problems.append(Problem("time_zone_data_outdated", {"day": day, "hours": hours}))
    return problems
