"""What a proposed window means for people who work: days off, evenings, working hours (section 2 row 14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from procedure.meeting_times import TimeKind, WorkingHours, suits_people, time_kind
from procedure.moments import ALMATY
from procedure.proposed_meetings import ExactWindow, LooseWindow, Window
from procedure.workdays import Workdays

# For a working day of which no hours are known, such as a moved Saturday.
USUAL = WorkingHours(time(9), time(18, 30), is_default=True)


@dataclass(frozen=True)
class Fit:
    """A window beside the day table and the working hours of its place.

    kind       of an exact window, or of a loose one all of whose days are alike; None for mixed days
    days       the days it can mean
    days_off   how many of them are days off
    suiting    on how many more people can come
    """

    kind: TimeKind | None
    days: tuple[date, ...]
    days_off: int
    suiting: int

    @property
    def suits_people(self) -> bool:
        """Whether more people can come whichever of its days is taken."""
        return bool(self.days) and self.suiting == len(self.days)


def fit_of(window: Window, week: Mapping[int, WorkingHours], workdays: Workdays) -> Fit:
    """How a sound window fits; `week` has the hours of each worked weekday of the place, 0 = Monday."""
    kinds = [_kind_on(window, day, week, workdays) for day in window.days]
    return Fit(
        kind=kinds[0] if len(set(kinds)) == 1 else None,
        days=window.days,
        days_off=kinds.count(TimeKind.DAY_OFF),
        suiting=sum(suits_people(kind) for kind in kinds),
    )


def share_that_suits(meetings: Iterable[Iterable[Fit]]) -> tuple[int, int]:
    """(meetings that may take place on a day off or outside working hours, all that have a window)."""
    known = [list(fits) for fits in meetings]
    known = [fits for fits in known if fits]
    return sum(any(fit.suits_people for fit in fits) for fits in known), len(known)


def _kind_on(window: Window, day: date, week: Mapping[int, WorkingHours], workdays: Workdays) -> TimeKind:
    if not workdays.is_working(day):
        return TimeKind.DAY_OFF
    hours = week.get(day.weekday()) or next(iter(week.values()), USUAL)
    if isinstance(window, ExactWindow):
        starts, ends = (datetime.combine(day, clock, tzinfo=ALMATY) for clock in (window.starts, window.ends))
        return time_kind(starts, ends, hours, workdays)
    return _kind_of_part(window)


def _kind_of_part(window: LooseWindow) -> TimeKind:
    """On a working day: in the evening, in working hours, or perhaps in the one and perhaps in the other."""
    kinds = {"evening": TimeKind.EVENING, "day": TimeKind.WORKING_HOURS}
    return kinds.get(window.part, TimeKind.PARTLY_WORKING_HOURS)
