"""A published calendar of 2,000 meetings, beside the one of the demonstration, and the floors of its pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse

from base.clock import now
from calendar_app.models import (
    Attendance,
    Calendar,
    CalendarVersion,
    Meeting,
    PlannedMeeting,
    RuleSet,
)
from procedure.half_years import HalfYear
from procedure.moments import ALMATY, day_of
from regions.models import Hall, Post

MANY = 2000
# Far from everything that other rows of the table look at.
PERIOD = HalfYear(2040, 1)
MONTH = "2040-03-01"
SUBJECT = "Ауылдық елді мекендерді сапалы ауызсумен қамтамасыз ету туралы"


def publish() -> None:
    """Write it into the database, in the states and with the marks that publication would have given."""
    moment = now()
    calendar = Calendar.objects.create(
        half_year=PERIOD.code, rule_set=RuleSet.objects.in_force_on(day_of(moment)), opened_at=moment
    )
    version = CalendarVersion.objects.create(calendar=calendar, number=1, created_at=moment)
    meetings = Meeting.objects.bulk_create(
        Meeting(calendar=calendar, number=f"{PERIOD.code}-{number:03}") for number in range(1, MANY + 1)
    )
    planned = PlannedMeeting.objects.bulk_create(_planned(version, meetings), batch_size=500)
    posts = list(Post.objects.filter(kind=Post.Kind.HEAD, body__kind="ministry").order_by("code"))
    Attendance.objects.bulk_create(
        Attendance(
            planned=one,
            body_id=posts[place % len(posts)].body_id,
            post=posts[place % len(posts)],
            version=version,
            starts=one.starts,
            ends=one.ends,
        )
        for place, one in enumerate(planned)
    )
    _bring_into_force(version, moment)


def _planned(version: CalendarVersion, meetings: list[Meeting]) -> list[PlannedMeeting]:
    halls = list(Hall.objects.select_related("territory").order_by("pk"))
    first = datetime.combine(PERIOD.first_day, datetime.min.time(), tzinfo=ALMATY)
    step = timedelta(days=180) / MANY
    return [
        PlannedMeeting(
            version=version,
            meeting=meeting,
            place=halls[place % len(halls)].territory,
            hall=halls[place % len(halls)],
            starts=first + step * place,
            ends=first + step * place + timedelta(hours=2),
            subject_kk=SUBJECT,
            subject_ru=SUBJECT,
            note_kk=SUBJECT,
            note_ru=SUBJECT,
            changed_in=version,
        )
        for place, meeting in enumerate(meetings)
    ]


def _bring_into_force(version: CalendarVersion, moment: datetime) -> None:
    """Along the edges that the triggers allow."""
    steps: list[dict[str, Any]] = [
        {"state": "coordination", "coordination_at": moment},
        {"state": "submitted", "submitted_at": moment},
        {"state": "approved", "decided_at": moment},
        {"state": "in_force", "in_force_from": moment},
    ]
    for step in steps:
        CalendarVersion.objects.filter(pk=version.pk).update(**step)


@login_not_required
def by_hand(request: HttpRequest, half_year: str) -> HttpResponse:
    """The floor of a calendar file: one query, and the same lines written without a thought."""
    with connection.cursor() as cursor:
        cursor.execute(_MEETINGS, [half_year])
        lines = [line for row in cursor.fetchall() for line in _event(*row)]
    return HttpResponse(
        "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]), content_type="text/calendar"
    )


def _event(uid: Any, number: str, starts: datetime, ends: datetime, subject: str, note: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}",
        "SEQUENCE:0",
        f"DTSTAMP:{starts:%Y%m%dT%H%M%SZ}",
        f"LAST-MODIFIED:{starts:%Y%m%dT%H%M%SZ}",
        f"DTSTART;TZID=Asia/Almaty:{starts:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Asia/Almaty:{ends:%Y%m%dT%H%M%S}",
        f"SUMMARY:{subject}",
        f"LOCATION:{subject}",
        f"DESCRIPTION:{note}",
        "STATUS:CONFIRMED",
        f"URL:https://example.org/kk/meetings/{number}/",
        "END:VEVENT",
    ]


_MEETINGS = """
    SELECT m.uid, m.number, p.starts, p.ends, p.subject_kk, p.note_kk
    FROM calendar_app_plannedmeeting p
    JOIN calendar_app_meeting m ON m.id = p.meeting_id
    JOIN calendar_app_calendarversion v ON v.id = p.version_id
    JOIN calendar_app_calendar c ON c.id = v.calendar_id
    WHERE v.state = 'in_force' AND c.half_year = %s ORDER BY p.starts
"""
