"""Meetings for other programs: iCalendar written by hand (RFC 5545), records for JSON and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from base.names import in_language
from calendar_app.models import PlannedMeeting
from procedure.moments import ALMATY

ICS, CSV = "text/calendar; charset=utf-8", "text/csv; charset=utf-8"
PRODUCT = "-//Meetings with the population//Calendar//KK"
# Bytes of a line of iCalendar, its CRLF not counted.
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


def icalendar(rows: Iterable[PlannedMeeting], language: str) -> str:
    """One VCALENDAR with an event per meeting; the same meetings give the same bytes."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *_ZONE,
    ]
    for row in rows:
        lines += _event(row, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, never cut inside a letter."""
    if len(line.encode()) <= LINE:
        return line
    pieces, piece, size, room = [], "", 0, LINE
    for letter in line:
        width = len(letter.encode())
        if size + width > room:
            pieces.append(piece)
            piece, size, room = "", 0, LINE - 1
        piece += letter
        size += width
    return "\r\n ".join([*pieces, piece])


def escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _event(row: PlannedMeeting, language: str) -> Iterator[str]:
    changed = row.changed_in.in_force_from if row.changed_in else None
    stamp = _utc(changed or row.starts)
    yield "BEGIN:VEVENT"
    yield f"UID:{row.meeting.uid}"
    yield f"SEQUENCE:{row.sequence}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART;TZID=Asia/Almaty:{_local(row.starts)}"
    yield f"DTEND;TZID=Asia/Almaty:{_local(row.ends)}"
    subject = in_language(row, "subject", language)
    yield f"SUMMARY:{escaped(f'{who(row, language)}: {subject}')}"
    yield f"LOCATION:{escaped(where(row, language))}"
    if note := in_language(row, "note", language):
        yield f"DESCRIPTION:{escaped(note)}"
    yield f"STATUS:{'CANCELLED' if row.cancelled else 'CONFIRMED'}"
    yield f"URL:{address(row, language)}"
    yield "END:VEVENT"


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(ALMATY):%Y%m%dT%H%M%S}"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def who(row: PlannedMeeting, language: str) -> str:
    """The posts that come, with the names of the day."""
    names = []
    for one in row.attendance.all():
        term = one.term
        person = in_language(term.person, "name", language) if term else ""
        names.append(f"{in_language(one.post, 'name', language)} {person}".strip())
    return "; ".join(names)


def where(row: PlannedMeeting, language: str) -> str:
    parts = [in_language(row.place.region, "name", language), in_language(row.place, "name", language)]
    if row.hall:
        parts += [in_language(row.hall, "name", language), in_language(row.hall, "address", language)]
    return ", ".join(filter(None, [*parts, in_language(row, "venue", language)]))


def address(row: PlannedMeeting, language: str) -> str:
    """The public page of the meeting, whole."""
    path = reverse("public:meeting", args=[row.number])
    return f"{settings.PUBLIC_URL.rstrip('/')}/{language}/{path.split('/', 2)[2]}"


def record(row: PlannedMeeting) -> dict[str, Any]:
    """One meeting as data, in all languages: the fields of the JSON and, joined, of the CSV."""
    texts = {
        f"{name}_{code}": tell(row, code)
        for name, tell in (("who", who), ("where", where))
        for code in ("kk", "ru", "en")
    }
    return {
        "number": row.number,
        "uid": str(row.meeting.uid),
        "sequence": row.sequence,
        "status": "cancelled" if row.cancelled else "planned",
        "starts": row.starts.astimezone(ALMATY).isoformat(),
        "ends": row.ends.astimezone(ALMATY).isoformat(),
        "mode": row.mode,
        "languages": row.languages,
        "region": row.place.region_id,
        "place": row.place_id,
        "bodies": [one.body_id for one in row.attendance.all()],
        "subject_kk": row.subject_kk,
        "subject_ru": row.subject_ru,
        **texts,
        "url": address(row, "kk"),
    }


def csv_text(rows: Iterable[PlannedMeeting]) -> str:
    """The records as semicolon-separated text with a byte order mark, so that spreadsheets read the letters."""
    records = [record(row) for row in rows]
    out = io.StringIO()
    names = list(records[0]) if records else ["number"]
    writer = csv.DictWriter(out, names, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in one.items()} for one in records)
    return "\ufeff" + out.getvalue()


def _cell(value: object) -> object:
    """Lists joined; a text that a spreadsheet would run as a formula is made plain."""
    text = " ".join(value) if isinstance(value, list) else value
    return f"'{text}" if isinstance(text, str) and text[:1] in "=+-@" and text[:1] else text
