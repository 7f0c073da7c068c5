"""Duties as iCalendar: one event of a whole day per duty with a term, which keeps its UID when the term moves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from base import icalendar
from base.dates import at_almaty, half_year_name, long_date
from base.names import in_language
from calendar_app.labels.obligations import DutyStatus
from calendar_app.queries.compliance import DutyRow
from calendar_app.staff.compliance.board_rows import duty_name

PRODUCT = "-//Meetings with the population//Deadlines//KK"


def calendar_of(rows: Iterable[DutyRow], moved: dict[int, tuple[int, datetime]]) -> str:
    """A VCALENDAR in the language of the page; the same duties give the same bytes.

    moved: by key of a duty, how often its term changed, and when it did last.
    """
    title = gettext("Deadlines of the meetings")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{icalendar.escaped(title)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for row in rows:
        if row.duty.last_day:
            lines += _event(row, *moved.get(row.duty.pk, (0, row.duty.opened_at)))
    return icalendar.joined([*lines, "END:VCALENDAR"])


def _event(row: DutyRow, sequence: int, changed: datetime) -> Iterator[str]:
    duty = row.duty
    assert duty.last_day
    stamp = f"{changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    name = f"{duty_name(row)}, {half_year_name(duty.half_year)}"
    title = gettext("Last day: %(duty)s") % {"duty": name}
    yield "BEGIN:VEVENT"
    yield f"UID:{_uid(row)}"
    yield f"SEQUENCE:{sequence}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART;VALUE=DATE:{duty.last_day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{duty.last_day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{icalendar.escaped(title)}"
    yield f"DESCRIPTION:{icalendar.escaped(_about(row))}"
    yield f"URL:{settings.PUBLIC_URL.rstrip('/')}{reverse('staff:duty', args=[duty.pk])}"
    yield "STATUS:CONFIRMED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _about(row: DutyRow) -> str:
    """The body, how the duty stands, the day to aim at, and from which instant it is late."""
    duty = row.duty
    lines = [in_language(row.body), str(DutyStatus(row.status).label)]
    aim, late = gettext("Day to aim at"), gettext("Late from")
    if duty.aim_day and duty.aim_day != duty.last_day:
        lines.append(f"{aim}: {long_date(duty.aim_day)}")
    if duty.due:
        lines.append(f"{late}: {at_almaty(duty.due, 'seconds')}")
    return "\n".join(lines)


def _uid(row: DutyRow) -> str:
    """The same for ever: of what makes the duty this one, its day is no part."""
    key = ":".join(map(str, row.duty.key))
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"duty-{hashlib.sha256(key.encode()).hexdigest()[:32]}@{host}"
