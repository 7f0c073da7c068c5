"""A month as a page shows it: days in weeks that begin on Monday, with the meetings of each day."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from calendar_app.queries.published import PublicMeeting
from procedure.moments import day_of


@dataclass
class Day:
    """One day of the month with its meetings, in the order of time."""

    date: date
    is_today: bool = False
    meetings: list[PublicMeeting] = field(default_factory=list)

    @property
    def is_off(self) -> bool:
        return self.date.weekday() >= 5


@dataclass(frozen=True)
class Month:
    """The month that begins on `first`; `lead` days of the week before it belong to the month before."""

    first: date
    days: list[Day]

    @property
    def lead(self) -> int:
        return self.first.weekday()

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def is_empty(self) -> bool:
        return not any(day.meetings for day in self.days)


def month_of(first: date, meetings: Iterable[PublicMeeting], today: date) -> Month:
    """The month that begins on `first`, with meetings of that month."""
    length = calendar.monthrange(first.year, first.month)[1]
    days = [Day(one, one == today) for one in (first + timedelta(days=number) for number in range(length))]
    for meeting in meetings:
        days[day_of(meeting.starts).day - 1].meetings.append(meeting)
    return Month(first, days)
