"""Events of a calendar file (.ics) as rows of busy periods: within limits, whatever the file is. Without Django."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from base.texts import tidied
from calendar_app.spreadsheets.sheets import Found
from procedure.half_years import FIRST_YEAR, LAST_YEAR
from procedure.imports import ROWS_LIMIT
from procedure.moments import ALMATY
from procedure.problems import Problem

LAYOUT = "busy_events"


def problem_of(content: bytes) -> Problem | None:
    """Why the file is not opened; None for one that may be."""
    if not content:
        return Problem("file_empty")
    head = content[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").upper()
    return None if head.startswith(b"BEGIN:VCALENDAR") and b"\x00" not in content else _no_calendar()


def read_events(content: bytes) -> Found:
    """The events of the file; what is left of it has {"left": why} and no times.

    An event that repeats is left: a rule could mean any number of days. Whole days begin and end at midnight
    in Almaty, and so do clock times without a zone.
    """
    from icalendar import Calendar

    found = Found()
    try:
        text = content.decode("utf-8-sig").strip()
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError):
        return Found(problems=[_no_calendar()])
    if not text.upper().endswith("END:VCALENDAR") or any(one.name != "VCALENDAR" for one in calendars):
        return Found(problems=[_no_calendar()])
    events = [event for one in calendars for event in one.walk("VEVENT")]
    if len(events) > ROWS_LIMIT:
        return Found(problems=[Problem("too_many_events", {"limit": ROWS_LIMIT})])
    for number, event in enumerate(events, start=1):
        found.rows.append({"sheet": "", "row": number, "cells": _cells(event)})
    if not found.rows:
        found.problems.append(Problem("no_busy_events"))
    return found


def _no_calendar() -> Problem:
    return Problem("file_is_no_calendar")


def _cells(event: Any) -> dict[str, str]:
    said = {"reason": _words(event, "SUMMARY")[:300], "uid": _identity(event)[:255]}
    if "RRULE" in event or "RDATE" in event:
        return said | {"left": "repeats"}
    if _words(event, "STATUS").upper() == "CANCELLED":
        return said | {"left": "cancelled"}
    try:
        times = _times(event)
    except (ValueError, KeyError, TypeError, OverflowError):
        times = None
    if times is None or not all(FIRST_YEAR < one.year < LAST_YEAR for one in times):
        return said | {"left": "unknown_times"}
    return said | {"starts": times[0].isoformat(), "ends": times[1].isoformat()}


def _identity(event: Any) -> str:
    """The UID; of one event out of a series, which shares it, also which one it is (RFC 5545, 3.8.4.4)."""
    which = event.get("RECURRENCE-ID")
    uid = _words(event, "UID")
    return f"{uid}/{which.to_ical().decode()}" if uid and hasattr(which, "to_ical") else uid


def _words(event: Any, name: str) -> str:
    return tidied(str(event.get(name, "")).replace("\x00", ""), lines=False)


def _times(event: Any) -> tuple[datetime, datetime] | None:
    """When the event begins and ends; None if it does not say so."""
    starts = event.decoded("DTSTART")
    ends = event.decoded("DTEND") if "DTEND" in event else None
    length = event.decoded("DURATION") if "DURATION" in event else None
    if not isinstance(starts, date):
        return None
    begin = _instant(starts)
    if isinstance(length, timedelta):
        return begin, begin + length
    if isinstance(ends, date):
        return begin, _instant(ends)
    return begin, begin + (timedelta(hours=1) if isinstance(starts, datetime) else timedelta(days=1))


def _instant(value: date) -> datetime:
    """Midnight of a day, or the instant; a clock time without a zone is meant in Almaty."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), tzinfo=ALMATY)
    return value.replace(tzinfo=ALMATY) if value.tzinfo is None else value.astimezone(UTC)
