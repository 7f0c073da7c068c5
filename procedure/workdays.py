"""Working days: what the rules need to know of a day table, and counting in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol

# No run of days off is longer. A broken day table must not keep a rule counting for ever.
LONGEST_RUN_OF_DAYS_OFF = 60


class Workdays(Protocol):
    """A day table: weekends, holidays, swapped Saturdays (kept outside, editable)."""

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day."""


def working_day_from(day: date, workdays: Workdays, *, direction: int) -> date:
    """The nearest working day, the day itself included; direction 1 looks ahead, -1 back.

    The day itself when the table has no working day within LONGEST_RUN_OF_DAYS_OFF days.
    """
    for offset in range(LONGEST_RUN_OF_DAYS_OFF + 1):
        candidate = day + timedelta(days=offset * direction)
        if workdays.is_working(candidate):
            return candidate
    return day


def count_working_days(start: date, days: int, workdays: Workdays, *, direction: int) -> date:
    """The `days`-th working day after (or, with direction -1, before) `start`, which never counts.

    A run of days off longer than LONGEST_RUN_OF_DAYS_OFF counts as one working day, so that a
    table without working days still gives an answer.
    """
    day = start
    for _ in range(days):
        day = working_day_from(day + timedelta(days=direction), workdays, direction=direction)
    return day


def days_off_between(first: date, last: date, workdays: Workdays) -> tuple[date, ...]:
    """The days off from `first` to `last`, both included, for explanations."""
    return tuple(day for day in _days(first, last) if not workdays.is_working(day))


def _days(first: date, last: date) -> Iterator[date]:
    for offset in range((last - first).days + 1):
        yield first + timedelta(days=offset)
