"""Busy periods: by hand and by calendar files, seen by planners without the reason, warned about."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.permissions import Role
from audit.models import Entry
from base import clock
from base.errors import NotPermitted, Refused
from calendar_app.models import BusyPeriod
from calendar_app.staff.busy_periods.calendar_files import UnreadableCalendarError, read
from calendar_app.transitions import busy_periods as acts
from calendar_app.transitions.busy_periods import NewPeriod
from procedure.busy_periods import Busy, busy_conflicts, problems_of_busy
from procedure.conflicts import Slot
from procedure.moments import ALMATY
from regions.models import Body

CANARY = "Канарейка-сапар"
FILE = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//test//kk\r
BEGIN:VEVENT\r
UID:one@test\r
DTSTART;VALUE=DATE:20270306\r
DTEND;VALUE=DATE:20270308\r
SUMMARY:{word}\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:two@test\r
DTSTART:{two}\r
DURATION:PT2H\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:three@test\r
DTSTART:20270310T090000\r
RRULE:FREQ=DAILY\r
END:VEVENT\r
END:VCALENDAR\r
"""


@pytest.fixture
def health(portal: None) -> Body:
    return Body.objects.get(code="ministry.health")


@pytest.fixture
def officer_of_health(person: Callable[..., User]) -> User:
    return person("ministry.health", Role.MINISTRY_OFFICER, username="ministry.health")


def _file(two: str = "20270309T040000Z") -> bytes:
    return FILE.format(word=CANARY, two=two).encode()


def test_a_meeting_in_a_busy_period_is_warned_about() -> None:
    at = datetime(2027, 3, 6, 11, tzinfo=ALMATY)
    slots = [
        Slot(1, at, at + timedelta(hours=2), bodies=("a",)),
        Slot(2, at, at + timedelta(hours=2), bodies=("b",)),
    ]
    touching = Busy("a", at - timedelta(hours=1), at)
    overlapping = Busy("a", at - timedelta(hours=1), at + timedelta(minutes=1))
    assert list(busy_conflicts(slots, [touching])) == []
    assert [one.keys for one in busy_conflicts(slots, [touching, overlapping])] == [(1,)]


def test_what_is_wrong_with_a_busy_period() -> None:
    at = datetime(2027, 3, 6, tzinfo=ALMATY)
    assert problems_of_busy(at, at + timedelta(days=62)) == []
    assert [one.code for one in problems_of_busy(at, at)] == ["ends_before_start"]
    assert [one.code for one in problems_of_busy(at, at + timedelta(days=63))] == ["busy_too_long"]


def test_a_calendar_file_is_read_within_limits() -> None:
    found = read(_file())
    assert found.left == 1
    assert [(one.uid, one.reason) for one in found.periods] == [("one@test", CANARY), ("two@test", "")]
    assert found.periods[0].starts == datetime(2027, 3, 6, tzinfo=ALMATY)
    assert found.periods[0].ends == datetime(2027, 3, 8, tzinfo=ALMATY)
    assert found.periods[1].starts == datetime(2027, 3, 9, 4, tzinfo=UTC)
    for wrong in (
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n",
        b"x" * (512 * 1024 + 1),
    ):
        with pytest.raises(UnreadableCalendarError):
            read(wrong)


@pytest.mark.parametrize("two", ["00010101T000000", "99991231T230000Z", "30000101T000000Z"])
def test_times_that_no_calendar_knows_are_left(two: str) -> None:
    found = read(_file(two))
    assert [one.uid for one in found.periods] == ["one@test"]
    assert found.left == 2


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_year_without_calendars_is_refused(health: Body, officer_of_health: User, day: str) -> None:
    client = Client()
    client.force_login(officer_of_health)
    form = {"idempotency_key": str(uuid.uuid4()), "version": "0", "body": health.pk}
    answer = client.post(reverse("staff:busy_periods"), form | {"first_day": day, "last_day": day})
    assert answer.status_code == 422
    assert "Ол жылдың күнтізбесі жоқ" in answer.content.decode()
    assert not BusyPeriod.objects.exists()


def test_the_same_file_again_updates(health: Body, officer_of_health: User) -> None:
    now = clock.now()
    for two, expected in (("20270309T040000Z", (2, 0)), ("20270312T040000Z", (0, 2))):
        periods = read(_file(two)).periods
        assert acts.take(body=health, periods=periods, by=officer_of_health, now=now) == expected
    assert BusyPeriod.objects.count() == 2
    assert BusyPeriod.objects.get(uid="two@test").starts.day == 12
    with pytest.raises(Refused):
        acts.take(body=health, periods=[], by=officer_of_health, now=now)


def test_another_ministry_enters_nothing(health: Body, person: Callable[..., User]) -> None:
    stranger = person("ministry.agriculture", Role.MINISTRY_SIGNATORY)
    now = clock.now()
    with pytest.raises(NotPermitted):
        acts.add(body=health, period=NewPeriod(now, now + timedelta(days=1)), by=stranger, now=now)


def test_the_page_takes_both_and_planners_see_no_reason(
    health: Body, officer_of_health: User, authority: User
) -> None:
    own, planner = Client(), Client()
    own.force_login(officer_of_health)
    planner.force_login(authority)
    page = reverse("staff:busy_periods")
    day = (clock.today() + timedelta(days=5)).isoformat()
    key = {"version": "0", "idempotency_key": "00000000-0000-4000-8000-000000000001", "body": health.pk}
    wrong = own.post(page, key | {"first_day": "2027-02-31", "reason": CANARY})
    assert wrong.status_code == 422
    assert CANARY in wrong.content.decode()
    assert own.post(page, key | {"first_day": day, "reason": CANARY}).status_code == 302
    file = {f"file-{name}": value for name, value in key.items()}
    sent = SimpleUploadedFile("a.ics", _file(), "text/calendar")
    assert own.post(page, file | {"send_file": "1", "file-file": sent}).status_code == 302
    bad = SimpleUploadedFile("a.ics", b"PK", "text/calendar")
    assert own.post(page, file | {"send_file": "1", "file-file": bad}).status_code == 422
    assert BusyPeriod.objects.count() == 3
    assert CANARY in own.get(page).content.decode()
    assert planner.get(page).status_code == 403
    assert not any(CANARY in str(one.changes) for one in Entry.objects.all())
