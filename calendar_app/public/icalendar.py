"""Meetings for calendar programs (RFC 5545), written by hand: a library takes fifteen times as long.

A meeting keeps its UID for good; SEQUENCE and LAST-MODIFIED step when its content changes, and a cancelled
one stays as CANCELLED, so that a second import updates and does not double.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from base.names import in_language
from calendar_app.public.addresses import address
from calendar_app.queries.published import PublicMeeting
from procedure.moments import ALMATY

CONTENT_TYPE = "text/calendar; charset=utf-8"
PRODUCT = "-//Meetings with the population//Calendar//KK"
# Bytes of a line, its CRLF not counted.
LINE = 75
# Almaty is UTC+5 since 1 March 2024, +6 before; meetings lie after it.
_ZONE = (
    "BEGIN:VTIMEZONE",
    "TZID:Asia/Almaty",
    "BEGIN:STANDARD",
    "DTSTART:20240301T000000",
    "TZOFFSETFROM:+0600",
    "TZOFFSETTO:+0500",
    "TZNAME:+05",
    "END:STANDARD",
    "END:VTIMEZONE",
)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar(rows: Iterable[PublicMeeting], language: str) -> str:
    """One VCALENDAR with an event per meeting; the same meetings give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *_names(language),
        "X-WR-TIMEZONE:Asia/Almaty",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        *_ZONE,
    ]
    for row in rows:
        lines += _event(row, language)
    lines.append("END:VCALENDAR\r\n")
    return "\r\n".join([folded(line) for line in lines])


def folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, never cut inside a letter."""
    if len(line) * 4 <= LINE or len(data := line.encode()) <= LINE:
        return line
    pieces, at, room = [], 0, LINE
    while len(data) - at > room:
        end = at + room
        while data[end] & 0xC0 == 0x80:  # inside a letter
            end -= 1
        pieces.append(data[at:end])
        at, room = end, LINE - 1
    return b"\r\n ".join([*pieces, data[at:]]).decode()


def escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _names(language: str) -> Iterator[str]:
    """How the calendar is called where it is subscribed to."""
    with override(language):
        name = _("Ministers’ meetings with the population")
        note = _("Demonstration: people and events are invented") if settings.DEMO else ""
    for key in ("NAME", "X-WR-CALNAME"):
        yield f"{key}:{escaped(name)}"
    if note:
        yield f"X-WR-CALDESC:{escaped(note)}"


def _event(row: PublicMeeting, language: str) -> Iterator[str]:
    stamp = _utc(row.modified_at)
    yield "BEGIN:VEVENT"
    yield f"UID:{row.uid}"
    yield f"SEQUENCE:{row.sequence}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART;TZID=Asia/Almaty:{_local(row.starts)}"
    yield f"DTEND;TZID=Asia/Almaty:{_local(row.ends)}"
    yield f"SUMMARY:{escaped(f'{row.who(language)}: ' + in_language(row, 'subject', language))}"
    yield f"LOCATION:{escaped(', '.join(filter(None, (row.locality(language), row.venue(language)))))}"
    url = address(row.number, language)
    note = in_language(row, "note", language)
    yield f"DESCRIPTION:{escaped(chr(10).join(filter(None, (note, row.online_url, url))))}"
    yield f"STATUS:{'CANCELLED' if row.cancelled else 'CONFIRMED'}"
    yield f"URL:{url}"
    yield "END:VEVENT"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(ALMATY):%Y%m%dT%H%M%S}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
