"""Busy periods: by hand and by calendar files, seen by planners without the reason, warned about."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import User
from accounts.permissions import Role
from audit.models import Entry
from base import clock
from base.errors import NotPermitted, Refused, Stale
from calendar_app.labels.imports import ImportKind
from calendar_app.models import BusyPeriod, Import
from calendar_app.spreadsheets import busy_rows, import_runs, sheets
from calendar_app.spreadsheets.busy_events import problem_of, read_events
from calendar_app.spreadsheets.busy_template import busy_template
from calendar_app.spreadsheets.layouts import BUSY
from calendar_app.transitions import busy_periods as acts
from calendar_app.transitions import import_claims
from calendar_app.transitions.busy_periods import NewPeriod
from calendar_app.transitions.import_files import Upload
from procedure.busy_periods import Busy, busy_conflicts, problems_of_busy
from procedure.conflicts import Slot
from procedure.moments import ALMATY
from regions.models import Body
from tests.calendar_app.imports.workbooks import bytes_of

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


def _read(two: str = "20270309T040000Z") -> list[dict[str, str]]:
    return busy_rows.of_events(read_events(_file(two)))[0]


def test_a_calendar_file_is_read_within_limits() -> None:
    rows = _read()
    assert [(one["uid"], one["reason"], one.get("left", "")) for one in rows] == [
        ("one@test", CANARY, ""),
        ("two@test", "", ""),
        ("three@test", "", "repeats"),
    ]
    first, second = ([datetime.fromisoformat(one[name]) for name in ("starts", "ends")] for one in rows[:2])
    assert first == [datetime(2027, 3, 6, tzinfo=ALMATY), datetime(2027, 3, 8, tzinfo=ALMATY)]
    assert second[0] == datetime(2027, 3, 9, 4, tzinfo=UTC)
    many = b"BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n" * 1001
    for wrong, code in (
        (b"\xff\xfe\x00", "file_is_no_calendar"),
        (b"PK\x03\x04", "file_is_no_calendar"),
        (b"", "file_empty"),
    ):
        found = problem_of(wrong)
        assert found is not None
        assert found.code == code
    for wrong, code in (
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "file_is_no_calendar"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no_busy_events"),
        (b"BEGIN:VCALENDAR\r\n" + many + b"END:VCALENDAR\r\n", "too_many_events"),
    ):
        assert problem_of(wrong) is None
        assert [one.code for one in read_events(wrong).problems] == [code]


@pytest.mark.parametrize("two", ["00010101T000000", "99991231T230000Z", "30000101T000000Z"])
def test_times_that_no_calendar_knows_are_left(two: str) -> None:
    assert [one.get("left", "") for one in _read(two)] == ["", "unknown_times", "repeats"]


def _table(*rows: tuple[object, ...]) -> tuple[list[dict[str, str]], set[tuple[str, object, object]]]:
    book = load_workbook(BytesIO(busy_template(date(2027, 1, 1))))
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            book[BUSY.sheet].cell(number, column).value = value
    kept, problems = busy_rows.of_table(sheets.read(bytes_of(book), BUSY))
    return kept, {(one.code, one.params.get("row"), one.params.get("column")) for one in problems}


def test_a_table_is_read_and_what_is_wrong_is_named_by_row_and_column() -> None:
    kept, wrong = _table(
        (datetime(2027, 3, 6, 9, 0), datetime(2027, 3, 6, 18, 0), CANARY),  # noqa: DTZ001
        ("08.03.2027", None, None),
        ("10.03.2027", "12.03.2027", None),
        # What Excel makes of a day.
        (datetime(2027, 3, 20), datetime(2027, 3, 22), None),  # noqa: DTZ001
        (datetime(2027, 3, 25), None, None),  # noqa: DTZ001
        ("15.03.2027 9:00", "15.03.2027 18.30", None),
    )
    assert wrong == set()
    assert [(one["starts"][:16], one["ends"][:16]) for one in kept] == [
        ("2027-03-06T09:00", "2027-03-06T18:00"),
        ("2027-03-08T00:00", "2027-03-09T00:00"),
        ("2027-03-10T00:00", "2027-03-13T00:00"),
        ("2027-03-20T00:00", "2027-03-23T00:00"),
        ("2027-03-25T00:00", "2027-03-26T00:00"),
        ("2027-03-15T09:00", "2027-03-15T18:30"),
    ]
    _kept, wrong = _table(
        ("31.02.2027", "=A1", None),
        ("10.03.2027 11:00", None, "x" * 301),
        ("10.03.2027 11:00", "10.03.2027 10:00", None),
        ("10.03.2027", "10.09.2027", None),
        ("01.01.0001", "25:00", None),
    )
    assert wrong == {
        ("cell_no_moment", 2, "A"),
        ("cell_formula", 2, "B"),
        ("cell_needed", 3, "B"),
        ("cell_too_long", 3, "C"),
        ("ends_before_start", 4, "B"),
        ("busy_too_long", 5, "B"),
        ("cell_no_moment", 6, "A"),
        ("cell_no_moment", 6, "B"),
    }


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_year_without_calendars_is_refused(health: Body, officer_of_health: User, day: str) -> None:
    client = Client()
    client.force_login(officer_of_health)
    form = {"idempotency_key": str(uuid.uuid4()), "version": "0", "body": health.pk}
    answer = client.post(reverse("staff:busy_periods"), form | {"first_day": day, "last_day": day})
    assert answer.status_code == 422
    assert "Ол жылдың күнтізбесі жоқ" in answer.content.decode()
    assert not BusyPeriod.objects.exists()


def _brought(body: Body, by: User, rows: list[dict[str, str]], kind: ImportKind) -> Import:
    """A file as a worker leaves it, without the child process: the page's test goes through that."""
    now = clock.now()
    made = acts.upload(body=body, kind=kind, files=[Upload("a", 1, b"x")], by=by, now=now)
    claimed, (file,) = import_claims.claim_next(), made.files.all()
    assert claimed == made
    import_claims.keep_file(claimed, file, rows=rows, problems=[])
    import_claims.close(claimed)
    return Import.objects.select_related("body").get(pk=made.pk)


def _take(batch: Import, by: User) -> acts.Taken:
    return acts.take(batch=batch, by=by, now=clock.now(), version=batch.version)


def test_the_same_file_again_updates(health: Body, officer_of_health: User) -> None:
    for two, expected in (("20270309T040000Z", (2, 0)), ("20270312T040000Z", (0, 1))):
        batch = _brought(health, officer_of_health, _read(two), ImportKind.BUSY_EVENTS)
        assert _take(batch, officer_of_health) == expected
        with pytest.raises(Stale):
            _take(batch, officer_of_health)
    assert BusyPeriod.objects.count() == 2
    assert BusyPeriod.objects.get(uid="two@test").starts.day == 12
    again = _brought(health, officer_of_health, _read("20270312T040000Z"), ImportKind.BUSY_EVENTS)
    with pytest.raises(Refused):
        _take(again, officer_of_health)
    # A row of a table that says a time which is entered already says nothing new.
    rows, _wrong = _table(("06.03.2027", "07.03.2027", None), ("01.04.2027", None, None))
    table = _brought(health, officer_of_health, rows, ImportKind.BUSY_TABLE)
    assert _take(table, officer_of_health) == (1, 0)
    assert set(BusyPeriod.objects.values_list("source", flat=True)) == {"ics", "table"}


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
    uploaded = own.post(page, file | {"send_file": "1", "file-file": sent})
    assert BusyPeriod.objects.count() == 1
    assert "progress/" in own.get(uploaded["Location"]).content.decode()
    import_runs.read_waiting(on=clock.today())
    read = own.get(uploaded["Location"]).content.decode()
    assert CANARY in read
    batch = Import.objects.get()
    taken = own.post(
        uploaded["Location"], {"version": str(batch.version), "idempotency_key": str(uuid.uuid4())}
    )
    assert taken.status_code == 302
    assert own.get(uploaded["Location"]).status_code == 200
    assert planner.get(uploaded["Location"]).status_code == 403
    bad = SimpleUploadedFile("a.ics", b"PK", "text/calendar")
    broken = own.post(page, file | {"send_file": "1", "file-file": bad})
    import_runs.read_waiting(on=clock.today())
    assert ".ics" in own.get(broken["Location"]).content.decode()
    assert BusyPeriod.objects.count() == 3
    assert CANARY in own.get(page).content.decode()
    assert planner.get(page).status_code == 403
    assert not any(CANARY in str(one.changes) for one in Entry.objects.all())
