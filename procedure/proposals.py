"""How a proposed meeting of an akimat becomes a planned one (procedure, sections 2 and 5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from procedure.meeting_plans import MeetingDraft as PlannedDraft
from procedure.moments import ALMATY
from procedure.proposed_meetings import ExactWindow, LooseWindow, MeetingDraft, Window

SUBJECT_LIMIT = 300
# How long a meeting is planned for where its akimat did not say, and when it begins.
USUAL_MINUTES = 120
BEGINS = {"evening": time(18), "day": time(11), "any": time(11)}


@dataclass(frozen=True)
class Span:
    """When a meeting would be held: aware, half-open."""

    starts: datetime
    ends: datetime


def first_exact(windows: Iterable[Window]) -> ExactWindow | None:
    """The first exact time among the windows: by it one click is enough."""
    return next((one for one in windows if isinstance(one, ExactWindow)), None)


def span_of(window: Window, day: date | None = None) -> Span | None:
    """The time that a window gives on one of its days; None for a day that does not suit.

    day: of a loose window, its first day if none is given; an exact window has one day only.
    """
    if not window.days or (day is not None and day not in window.days):
        return None
    day = day or window.days[0]
    if isinstance(window, ExactWindow):
        return Span(_at(day, window.starts), _at(day, window.ends))
    starts = _at(day, BEGINS[window.part])
    return Span(starts, starts + timedelta(minutes=window.minutes or USUAL_MINUTES))


def offered_days(windows: Iterable[Window]) -> list[date]:
    """The days of all loose windows, each once, in order."""
    return sorted({day for one in windows if isinstance(one, LooseWindow) for day in one.days})


def plan_of(
    proposed: MeetingDraft, span: Span, titles: Sequence[Mapping[str, str]], place: str
) -> PlannedDraft:
    """The planned meeting that takes the proposed one up: ministries, topics, place, hall and venue as proposed.

    titles: of its topics by language, in their order; place: where it is held if the akimat named no place
    (an online meeting of the whole region). What is discussed is the titles, as many as there is room for.
    """
    online = proposed.mode == "online"
    return PlannedDraft(
        place=proposed.place or place,
        starts=span.starts,
        ends=span.ends,
        bodies=proposed.ministries,
        hall=None if online else proposed.hall,
        mode=proposed.mode,
        subject_kk=joined([one.get("kk", "") for one in titles]),
        subject_ru=joined([one.get("ru", "") for one in titles]),
        venue_kk="" if online else proposed.venue_kk,
        venue_ru="" if online else proposed.venue_ru,
        topics=proposed.topics,
        proposal=proposed.key,
    )


def joined(titles: Sequence[str]) -> str:
    """Titles in one line, as many whole ones as fit; the first is cut if it alone is too long."""
    text = ""
    for title in filter(None, (one.strip() for one in titles)):
        longer = f"{text}; {title}" if text else title
        if len(longer) > SUBJECT_LIMIT:
            break
        text = longer
    first = next(filter(None, (one.strip() for one in titles)), "")
    return text or first[:SUBJECT_LIMIT]


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=ALMATY)
