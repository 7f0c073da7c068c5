"""Journeys of a plan: meetings that bear the same name of a journey belong together (procedure, section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from base.search import fold
from calendar_app.models import Attendance, PlannedMeeting
from regions.models import Territory


@dataclass
class Trip:
    """A journey: its name as the first meeting writes it, and its meetings in the order of time."""

    name: str
    rows: list[PlannedMeeting] = field(default_factory=list)

    @property
    def first_day(self) -> date:
        return self.rows[0].day

    @property
    def last_day(self) -> date:
        return max(one.day for one in self.rows)

    @property
    def places(self) -> list[Territory]:
        """Where it leads, in the order of the meetings; a place that is come back to stands once."""
        return list({one.place_id: one.place for one in self.rows}.values())

    @property
    def travellers(self) -> list[Attendance]:
        """Who travels: every post once."""
        return list({who.post_id: who for one in self.rows for who in one.attendance.all()}.values())


def trips(rows: Iterable[PlannedMeeting]) -> list[Trip]:
    """The journeys among meetings that come in the order of time, the earliest first.

    Capitals, signs and letters that look alike make no other journey.
    """
    found: dict[str, Trip] = {}
    for one in rows:
        if key := fold(one.trip):
            found.setdefault(key, Trip(one.trip)).rows.append(one)
    return list(found.values())
