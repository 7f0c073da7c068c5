"""What stands in the way of a plan, and what planners are warned about (procedure, section 6).

Everything is found in one pass over slots sorted by time: thousands of them take milliseconds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from procedure.half_years import HalfYear
from procedure.meeting_times import TimeKind
from procedure.moments import day_of, in_utc

BLOCKING, WARNING = "blocking", "warning"

# Hours between two meetings of one person: same locality, same region, other region (a day).
TRAVEL_HOURS = {"locality": 1, "region": 3, "other": 24}


@dataclass(frozen=True)
class Slot:
    """A meeting as conflicts see it.

    key       the meeting, of any kind that can be sorted
    starts, ends  aware, half-open
    people    who comes, by code; None in it for a post that nobody holds on that day
    bodies    whose meeting it is
    hall      None for online meetings and places outside the list
    place, region  КАТО codes
    missing   official languages in which its subject is missing
    time_kind what kind of time it takes place at (procedure.meeting_times)
    """

    key: int
    starts: datetime
    ends: datetime
    people: tuple[str | None, ...] = ()
    bodies: tuple[str, ...] = ()
    hall: str | None = None
    place: str = ""
    region: str = ""
    missing: tuple[str, ...] = ()
    time_kind: str = TimeKind.EVENING

    @property
    def day(self) -> date:
        """The day in Almaty on which it starts."""
        return day_of(self.starts)


@dataclass(frozen=True)
class Conflict:
    """One thing found: a code, how grave it is, the meetings it is about, and values for its sentence."""

    code: str
    severity: str
    keys: tuple[int, ...] = ()
    params: dict[str, object] = field(default_factory=dict, compare=False)

    @property
    def name(self) -> str:
        """A stable name, under which an accepted warning is remembered."""
        extra = str(self.params.get("region", "")) if not self.keys else ""
        return ":".join([self.code, *map(str, self.keys), *filter(None, [extra])])


def carried_over(name: str, keys: Mapping[int, int]) -> str | None:
    """The stable name of the same warning where its meetings have other keys; None if one of them is gone."""
    code, *parts = name.split(":")
    if code == "region_without_meeting":
        return name
    found = [keys.get(int(part)) for part in parts]
    return None if None in found else ":".join([code, *map(str, found)])


def conflicts(
    slots: Iterable[Slot], half_year: HalfYear, safe_day: date, regions: Iterable[str] = ()
) -> list[Conflict]:
    """Everything found in a plan that is not cancelled, blocking conflicts first.

    safe_day: the first day that can be approved and announced in time; regions: those that must not be
    forgotten (КАТО codes).
    """
    ordered = sorted(slots, key=lambda slot: (in_utc(slot.starts), slot.key))
    found = [one for slot in ordered for one in _of_one(slot, half_year, safe_day)]
    found += _twice("person_twice", ordered, lambda slot: [one for one in slot.people if one])
    found += _twice("hall_twice", ordered, lambda slot: [slot.hall] if slot.hall else [])
    found += _travel(ordered)
    found += _same_place(ordered)
    met = {slot.region for slot in ordered}
    found += [
        Conflict("region_without_meeting", WARNING, (), {"region": code})
        for code in regions
        if code not in met
    ]
    return sorted(found, key=lambda one: one.severity != BLOCKING)


def blocking(found: Iterable[Conflict]) -> list[Conflict]:
    """Those that stop a submission."""
    return [one for one in found if one.severity == BLOCKING]


def _of_one(slot: Slot, half_year: HalfYear, safe_day: date) -> Iterator[Conflict]:
    keys = (slot.key,)
    if not half_year.holds(slot.day) or not half_year.holds(day_of(slot.ends - timedelta(microseconds=1))):
        yield Conflict("outside_half_year", BLOCKING, keys, {"half_year": half_year.code})
    if not slot.bodies:
        yield Conflict("meeting_without_ministry", BLOCKING, keys)
    if None in slot.people:
        yield Conflict("nobody_in_office", BLOCKING, keys, {"day": slot.day})
    for language in slot.missing:
        yield Conflict("subject_language_missing", BLOCKING, keys, {"language": language})
    if slot.day < safe_day and half_year.holds(slot.day):
        yield Conflict("before_safe_day", WARNING, keys, {"day": safe_day})
    if slot.time_kind in (TimeKind.WORKING_HOURS, TimeKind.PARTLY_WORKING_HOURS):
        yield Conflict("in_working_hours", WARNING, keys)


def _twice(code: str, ordered: Sequence[Slot], who: Callable[[Slot], list[str]]) -> Iterator[Conflict]:
    """Pairs of slots of one thing that overlap; slots come in the order of their start."""
    running: dict[str, list[Slot]] = defaultdict(list)
    for slot in ordered:
        for one in dict.fromkeys(who(slot)):
            running[one] = [other for other in running[one] if in_utc(other.ends) > in_utc(slot.starts)]
            for other in running[one]:
                yield Conflict(code, BLOCKING, (other.key, slot.key), {"who": one})
            running[one].append(slot)


def _travel(ordered: Sequence[Slot]) -> Iterator[Conflict]:
    """Neighbouring meetings of one person with too little time between them to get there."""
    last: dict[str, Slot] = {}
    for slot in ordered:
        for one in dict.fromkeys(slot.people):
            if one is None:
                continue
            before = last.get(one)
            last[one] = slot
            if before is None or in_utc(before.ends) > in_utc(slot.starts):
                continue
            hours = TRAVEL_HOURS[_distance(before, slot)]
            if in_utc(slot.starts) - in_utc(before.ends) < timedelta(hours=hours):
                yield Conflict("little_travel_time", WARNING, (before.key, slot.key), {"hours": hours})


def _distance(one: Slot, other: Slot) -> str:
    if one.place == other.place:
        return "locality"
    return "region" if one.region == other.region else "other"


def _same_place(ordered: Sequence[Slot]) -> Iterator[Conflict]:
    """Different meetings of ministries in one locality on one day."""
    there: dict[tuple[str, date], list[Slot]] = defaultdict(list)
    for slot in ordered:
        if not slot.place:
            continue
        that_day = there[(slot.place, slot.day)]
        for before in that_day:
            if set(before.bodies) != set(slot.bodies):
                yield Conflict("same_place_same_day", WARNING, (before.key, slot.key), {"day": slot.day})
        that_day.append(slot)
