"""A small plan for the tests of its tables and variants: meetings of two ministries in one hall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from accounts.models import User
from base import clock
from calendar_app import terms
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.transitions import calendars, meetings
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from regions.models import Body, Hall, Person, Post, TermOfOffice
from tests.calendar_app.brought_lists import MINISTRIES, hall_of


def heads_and_hall(akimat: Body) -> Hall:
    """Heads of both ministries in office, and a hall of the akimat."""
    for code in MINISTRIES:
        post = Post.objects.get(body=code, kind=Post.Kind.HEAD)
        named = Person.objects.create(name_kk=f"Demo {code}", name_ru=f"Demo {code}")
        TermOfOffice.objects.create(person=named, post=post, valid_from=date(2020, 1, 1))
    return hall_of(akimat)


def working_copy(hall: Hall, by: User, *codes: str) -> CalendarVersion:
    """A working copy with a meeting of each ministry, at 18:00 of days that follow each other."""
    period = terms.half_years_open_for_lists(clock.today())[-1]
    version = calendars.open_(half_year=period, by=by, now=clock.now())
    plan(version, hall, by, codes or MINISTRIES)
    return version


def plan(version: CalendarVersion, hall: Hall, by: User, codes: Iterable[str], first: int = 0) -> None:
    drafts = []
    for days, code in enumerate(codes, start=first):
        starts = datetime.combine(day(version, days), time(18), tzinfo=ALMATY)
        words = {"subject_kk": f"Су {code} {days}", "subject_ru": f"Вода {code} {days}"}
        drafts.append(
            MeetingDraft(
                hall.territory_id, starts, starts + timedelta(hours=2), (code,), hall=hall.pk, **words
            )
        )
    meetings.plan(version=version, drafts=drafts, by=by, now=clock.now(), revision=revision(version))


def day(version: CalendarVersion, days: int = 0) -> date:
    return version.period.last_day - timedelta(days=40 - days)


def revision(version: CalendarVersion) -> int:
    return CalendarVersion.objects.values_list("revision", flat=True).get(pk=version.pk)


def rows(version: CalendarVersion) -> list[PlannedMeeting]:
    return list(version.planned.in_order().with_places().with_attendance().with_topics())
