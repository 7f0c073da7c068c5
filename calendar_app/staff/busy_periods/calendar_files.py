"""Events of a calendar file (.ics) as busy periods: within limits, whatever the file is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from base.texts import tidied
from calendar_app.reachable import is_reachable
from calendar_app.transitions.busy_periods import NewPeriod
from procedure.moments import ALMATY

SIZE_LIMIT = 512 * 1024
EVENTS_LIMIT = 1_000


class UnreadableCalendarError(Exception):
    """The file is no calendar, or larger than any."""


@dataclass
class Events:
    """What a file holds: periods to take, and how many repeating or wrong events were left."""

    periods: list[NewPeriod] = field(default_factory=list)
    left: int = 0


def read(content: bytes) -> Events:
    """The events of the file. Raises UnreadableCalendarError.

    An event that repeats is left: a rule could mean any number of days. Whole days begin and end at midnight
    in Almaty, and so do clock times without a zone.
    """
    from icalendar import Calendar

    if len(content) > SIZE_LIMIT:
        raise UnreadableCalendarError
    try:
        text = content.decode("utf-8-sig").strip()
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise UnreadableCalendarError from error
    is_whole = text.upper().startswith("BEGIN:VCALENDAR") and text.upper().endswith("END:VCALENDAR")
    if not is_whole or any(one.name != "VCALENDAR" for one in calendars):
        raise UnreadableCalendarError
    found = Events()
    events = [event for one in calendars for event in one.walk("VEVENT")]
    if len(events) > EVENTS_LIMIT:
        raise UnreadableCalendarError
    for event in events:
        period = _period(event)
        if period is None:
            found.left += 1
        else:
            found.periods.append(period)
    return found


def _period(event: Any) -> NewPeriod | None:
    """The event as a period; None if it repeats, is cancelled, or its times are none that a calendar knows."""
    try:
        found = _read(event)
    except (ValueError, KeyError, TypeError, OverflowError):
        return None
    if found is None or not (is_reachable(found.starts) and is_reachable(found.ends)):
        return None
    return found


def _read(event: Any) -> NewPeriod | None:
    if "RRULE" in event or "RDATE" in event or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return None
    starts = event.decoded("DTSTART")
    ends = event.decoded("DTEND") if "DTEND" in event else None
    length = event.decoded("DURATION") if "DURATION" in event else None
    if not isinstance(starts, date):
        return None
    begin = _instant(starts)
    if isinstance(length, timedelta):
        end = begin + length
    elif isinstance(ends, date):
        end = _instant(ends)
    else:
        end = begin + (timedelta(hours=1) if isinstance(starts, datetime) else timedelta(days=1))
    words = tidied(str(event.get("SUMMARY", "")).replace("\x00", ""), lines=False)
    return NewPeriod(begin, end, words[:300], str(event.get("UID", "")).replace("\x00", "")[:255])


def _instant(value: date) -> datetime:
    """Midnight of a day, or the instant; a clock time without a zone is meant in Almaty."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), tzinfo=ALMATY)
    return value.replace(tzinfo=ALMATY) if value.tzinfo is None else value.astimezone(UTC)
