"""Meetings that an akimat proposes in its list: with whom, about what, where and when (section 2 row 1)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta

from procedure.half_years import HalfYear
from procedure.problems import Problem
from procedure.texts import is_blank, missing_languages

MODES = ("in_person", "online", "hybrid")
PARTS = ("any", "day", "evening")
MEETINGS_LIMIT = 50
WINDOWS_LIMIT = 10
EXCLUDED_LIMIT = 31
VENUE_LIMIT = 300
ATTENDANCE_LIMIT = 100_000
SHORTEST, LONGEST = 30, 720
# How what was right when it was saved is said when the list is submitted.
_SINCE = {"hall_closed": "proposed_hall_closed", "not_a_ministry_now": "proposed_ministry_gone"}


@dataclass(frozen=True)
class ExactWindow:
    """A day with a beginning and an end on it, by the clock of Almaty."""

    day: date
    starts: time
    ends: time

    @property
    def days(self) -> tuple[date, ...]:
        """The one day it can mean."""
        return (self.day,)


@dataclass(frozen=True)
class LooseWindow:
    """Any day between two, both included: “a Saturday in March, not the 20th, in the evening, two hours”.

    weekdays   0 Monday to 6 Sunday; none of them means any
    excluded   days of the range that do not suit
    part       one of PARTS
    minutes    how long the meeting lasts; None if it is not said
    """

    first_day: date
    last_day: date
    weekdays: tuple[int, ...] = ()
    excluded: tuple[date, ...] = ()
    part: str = "any"
    minutes: int | None = None

    @property
    def days(self) -> tuple[date, ...]:
        """The days it can mean, in order."""
        span = range((self.last_day - self.first_day).days + 1)
        days = (self.first_day + timedelta(days=offset) for offset in span)
        return tuple(day for day in days if self._suits(day))

    def _suits(self, day: date) -> bool:
        return day not in self.excluded and (not self.weekdays or day.weekday() in self.weekdays)


Window = ExactWindow | LooseWindow


@dataclass(frozen=True)
class MeetingDraft:
    """A proposed meeting as it stands. One in writing may lack anything.

    ministries   codes of the bodies whose heads are asked to come, sorted
    topics       keys of the topics of the list that it is about, sorted
    place        КАТО code of the town or village; empty for an online meeting of the whole region
    hall         key of a registered hall; the venue in words where there is none
    attendance   how many people are expected
    key          the saved meeting that this is, None for a new one
    """

    ministries: tuple[str, ...] = ()
    topics: tuple[int, ...] = ()
    mode: str = "in_person"
    place: str = ""
    hall: int | None = None
    venue_kk: str = ""
    venue_ru: str = ""
    windows: tuple[Window, ...] = ()
    attendance: int | None = None
    key: int | None = None


@dataclass(frozen=True)
class Place:
    """A territory: its code, the region, whether people live there so that a meeting can be held now,
    and the codes of what it is part of."""

    code: str
    region: str
    is_for_meetings: bool
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class HallFacts:
    """A hall: whose it is, where, and its last day; None as long as it is open."""

    owner: str
    place: Place
    closed: date | None = None


@dataclass(frozen=True)
class Known:
    """What there is of what a meeting names: its place and hall if they exist, else None."""

    akimat: str
    region: str
    place: Place | None = None
    hall: HallFacts | None = None
    ministries: Collection[str] = field(default_factory=frozenset)
    topics: Collection[int] = field(default_factory=frozenset)


def problems_of_window(window: Window, half_year: HalfYear) -> list[Problem]:
    """What is wrong with a window; fields are named as on its form, such as "ends"."""
    if isinstance(window, ExactWindow):
        return _problems_of_exact(window, half_year)
    if window.last_day < window.first_day:
        return [Problem("range_ends_before_start", field="last_day")]
    outside = [name for name in ("first_day", "last_day") if not half_year.holds(getattr(window, name))]
    if outside:
        return [Problem("window_outside_half_year", {"half_year": half_year.code}, name) for name in outside]
    return [*_problems_of_choice(window), *_problems_of_excluded(window)]


def problems_of_meeting(draft: MeetingDraft, half_year: HalfYear) -> list[Problem]:
    """What is wrong in itself with what a meeting says; what it lacks yet is no problem of saving it.

    Fields are named as in forms: "windows.2.ends" belongs to the third window.
    """
    problems = []
    if draft.mode not in MODES:
        problems.append(Problem("unknown_mode", field="mode"))
    problems += _problems_of_venue(draft)
    if draft.attendance is not None and not 1 <= draft.attendance <= ATTENDANCE_LIMIT:
        params = {"lowest": 1, "highest": ATTENDANCE_LIMIT}
        problems.append(Problem("out_of_range", params, "attendance"))
    if len(draft.windows) > WINDOWS_LIMIT:
        return [*problems, Problem("too_many_windows", {"limit": WINDOWS_LIMIT}, "windows")]
    for index, window in enumerate(draft.windows):
        for one in problems_of_window(window, half_year):
            problems.append(replace(one, field=f"windows.{index}.{one.field}"))
    return problems


def problems_of_names(draft: MeetingDraft, known: Known, today: date) -> list[Problem]:
    """What a meeting names that it may not: a foreign or closed place or hall, no ministry, a foreign topic."""
    problems = []
    if set(draft.ministries) - set(known.ministries):
        problems.append(Problem("not_a_ministry_now", field="ministries"))
    if set(draft.topics) - set(known.topics):
        problems.append(Problem("topic_not_in_list", field="topics"))
    if draft.place:
        problems += problems_of_place(known.place, known.region)
    if draft.hall is not None:
        problems += _problems_of_hall(draft, known, today)
    return problems


def problems_since(draft: MeetingDraft, known: Known, today: date) -> list[Problem]:
    """What a saved meeting names and may not name any more; said of a meeting among others, by its number."""
    return [
        replace(one, code=_SINCE.get(one.code, "proposed_place_gone"))
        for one in problems_of_names(draft, known, today)
    ]


def says_nothing(draft: MeetingDraft) -> bool:
    """Whether nothing was filled in: how a meeting is held is chosen from the start, so it does not count."""
    return replace(draft, mode=MeetingDraft.mode, key=None) == MeetingDraft()


def gaps(draft: MeetingDraft) -> list[Problem]:
    """What a meeting must say before its list is submitted: with whom, where, when."""
    found = []
    if not draft.ministries:
        found.append(Problem("proposed_without_ministry", field="ministries"))
    if not draft.place and draft.mode != "online":
        found.append(Problem("meeting_without_place", field="place"))
    if not draft.windows:
        found.append(Problem("meeting_without_window", field="windows"))
    return found


def language_gaps(draft: MeetingDraft) -> list[Problem]:
    """What must be there before its list is accepted: a venue in words in both languages (section 9)."""
    return [
        Problem("missing_venue_language", {"language": language}, f"venue_{language}")
        for language in missing_languages(draft.venue_kk, draft.venue_ru)
    ]


def meeting_advice(draft: MeetingDraft) -> list[Problem]:
    """What the authority would miss although it does not stop the list: topics, and a hall."""
    found = []
    if not draft.topics:
        found.append(Problem("meeting_without_topics", field="topics"))
    has_venue = draft.hall or not (is_blank(draft.venue_kk) and is_blank(draft.venue_ru))
    if draft.mode != "online" and not has_venue:
        found.append(Problem("meeting_without_hall", field="hall"))
    return found


def numbered(
    meetings: Sequence[MeetingDraft], rule: Callable[[MeetingDraft], Iterable[Problem]]
) -> Iterator[Problem]:
    """What a rule of one meeting finds in each of them, with its number from 1 and its place in the list."""
    for index, meeting in enumerate(meetings[:MEETINGS_LIMIT]):
        yield from numbered_one(index, rule(meeting))


def numbered_one(index: int, problems: Iterable[Problem]) -> Iterator[Problem]:
    """The problems of the meeting at this place, counted from 0, as problems of its list."""
    for one in problems:
        yield replace(one, params={**one.params, "number": index + 1}, field=f"meetings.{index}.{one.field}")


def _problems_of_exact(window: ExactWindow, half_year: HalfYear) -> list[Problem]:
    problems = []
    if not half_year.holds(window.day):
        problems.append(Problem("window_outside_half_year", {"half_year": half_year.code}, "day"))
    if window.ends <= window.starts:
        problems.append(Problem("ends_before_start", field="ends"))
    return problems


def _problems_of_choice(window: LooseWindow) -> list[Problem]:
    problems = []
    if window.part not in PARTS:
        problems.append(Problem("unknown_part_of_day", field="part"))
    if any(day not in range(7) for day in window.weekdays):
        problems.append(Problem("unknown_weekday", field="weekdays"))
    if window.minutes is not None and not SHORTEST <= window.minutes <= LONGEST:
        problems.append(Problem("out_of_range", {"lowest": SHORTEST, "highest": LONGEST}, "minutes"))
    return problems


def _problems_of_excluded(window: LooseWindow) -> list[Problem]:
    if len(window.excluded) > EXCLUDED_LIMIT:
        return [Problem("too_many_excluded", {"limit": EXCLUDED_LIMIT}, "excluded")]
    outside = [day for day in window.excluded if not window.first_day <= day <= window.last_day]
    if outside:
        return [Problem("excluded_outside_range", {"day": outside[0]}, "excluded")]
    if not window.days:
        return [Problem("no_day_left", field="excluded" if window.excluded else "weekdays")]
    return []


def _problems_of_venue(draft: MeetingDraft) -> list[Problem]:
    said = not (is_blank(draft.venue_kk) and is_blank(draft.venue_ru))
    if draft.mode == "online" and (draft.hall or said):
        return [Problem("online_has_no_hall", field="hall" if draft.hall else "venue_kk")]
    if draft.hall and said:
        return [Problem("venue_beside_hall", field="venue_kk")]
    return [
        Problem("too_long", {"limit": VENUE_LIMIT}, f"venue_{language}")
        for language in ("kk", "ru")
        if len(getattr(draft, f"venue_{language}")) > VENUE_LIMIT
    ]


def problems_of_place(place: Place | None, region: str) -> list[Problem]:
    """Why no meeting of the region can be held there; None is a place that does not exist."""
    if place is None:
        return [Problem("unknown_place", field="place")]
    if place.region != region:
        return [Problem("place_of_another_region", field="place")]
    return [] if place.is_for_meetings else [Problem("nobody_lives_there", field="place")]


def _problems_of_hall(draft: MeetingDraft, known: Known, today: date) -> list[Problem]:
    hall = known.hall
    if hall is None or hall.owner != known.akimat:
        return [Problem("hall_not_own", field="hall")]
    if hall.closed and (hall.closed < today or not all(_is_open(hall, one) for one in draft.windows)):
        return [Problem("hall_closed", {"day": hall.closed}, "hall")]
    place = known.place
    together = place and (
        hall.place.code == place.code or place.code in hall.place.within or hall.place.code in place.within
    )
    return [] if together or not draft.place else [Problem("hall_elsewhere", field="hall")]


def _is_open(hall: HallFacts, window: Window) -> bool:
    """Whether the hall exists on a day that the window can mean."""
    return hall.closed is None or any(day <= hall.closed for day in window.days)
