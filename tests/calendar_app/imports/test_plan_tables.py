"""The plan as a workbook: out, changed, back in, its differences shown first and taken in whole or not at all."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit.models import Entry
from base import clock
from base.errors import Refused, Stale
from calendar_app.models import CalendarVersion, Import, PlannedMeeting
from calendar_app.queries import warnings
from calendar_app.queries.plan_edits import edits_of, preview
from calendar_app.spreadsheets import import_runs
from calendar_app.spreadsheets.layouts import PLAN
from calendar_app.spreadsheets.plan_choices import PlanChoices, hall_said
from calendar_app.transitions import meeting_moves, plan_edits
from procedure.moments import ALMATY
from regions.models import Body, Hall
from tests.calendar_app import plans
from tests.calendar_app.brought_lists import MINISTRIES
from tests.calendar_app.imports.plan_workbooks import bring, every, put, table

QUERIES = 24


@pytest.fixture
def hall(akimat: Body) -> Hall:
    return plans.heads_and_hall(akimat)


@pytest.fixture
def version(hall: Hall, authority: User) -> CalendarVersion:
    return plans.working_copy(hall, authority, *MINISTRIES, *MINISTRIES)


@pytest.fixture
def desk(authority: User) -> Client:
    client = Client()
    client.force_login(authority)
    return client


def take(batch: Import, by: User, **more: Any) -> plan_edits.Taken:
    said = {"revision": plans.revision(batch.own_plan), "version": batch.version, **more}
    return plan_edits.take_table(batch=batch, by=by, now=clock.now(), **said)


def faults(batch: Import) -> set[tuple[str, object, object]]:
    found = [one for file in batch.files.all() for one in file.problems]
    return {(one.code, one.params.get("row"), one.params.get("column")) for one in found}


def content(version: CalendarVersion) -> list[dict[str, Any]]:
    return [one.content() | {"trip": one.trip, "edition": one.edition} for one in plans.rows(version)]


def test_what_comes_back_unchanged_changes_nothing(version: CalendarVersion, authority: User) -> None:
    """Whatever the texts are: long ones, signs of formulas, line ends."""
    odd = version.planned.in_order()[0]
    words = {"subject_ru": "=2+2", "note_ru": "Первая\nвторая  строка", "contact_phone": "+7 (717) 000"}
    PlannedMeeting.objects.filter(pk=odd.pk).update(**words)
    before = content(version)
    batch = bring(version, authority, table(version))
    assert (batch.state, faults(batch)) == ("read", set())
    edits = edits_of(batch.files.all())
    assert len(edits) == 4
    assert all(one.is_empty for one in edits)
    with pytest.raises(Refused) as refusal:
        take(batch, authority)
    assert [one.code for one in refusal.value.problems] == ["set_changes_nothing"]
    assert content(version) == before


def test_what_was_changed_is_shown_and_taken_in_one_act(
    version: CalendarVersion, hall: Hall, authority: User
) -> None:
    first, second, third, fourth = plans.rows(version)
    later = plans.day(version, 9)
    both = "; ".join(f"{one.name_kk} / {one.name_ru}" for one in Body.objects.filter(pk__in=MINISTRIES))
    batch = bring(
        version,
        authority,
        table(
            version,
            every(
                put(2, day=later, starts=time(11), ends="13:00"),
                put(3, bodies=both, trip="Сапар 1", hall=None, venue_ru="Площадь"),
                put(4, contact_person="Demo 07"),
                put(5, removal="Орын жоқ"),
                put(6, bodies=f"{MINISTRIES[0]}", day=later.strftime("%d.%m.%Y"), starts=time(15), ends="17.00",
                    hall=f"№ {hall.pk}", subject_kk="Жол", subject_ru="Дорога"),
            ),
        ),
    )  # fmt: skip
    assert faults(batch) == set()
    edits = edits_of(batch.files.all())
    shown = preview(version, edits)
    assert {one.planned.pk: one.fields for one in shown.resolved.changed} == {
        first.pk: {"day", "starts", "ends"},
        second.pk: {"bodies", "trip", "hall", "venue_ru"},
        third.pk: {"contact_person"},
    }
    assert shown.comparison.changes.counts["added"] == 1
    assert take(batch, authority) == plan_edits.Taken(3, 1, 1)
    after = {one.pk: one for one in plans.rows(version)}
    assert after[first.pk].starts == datetime.combine(later, time(11), tzinfo=ALMATY)
    assert {who.starts for who in after[first.pk].attendance.all()} == {after[first.pk].starts}
    assert {who.body_id for who in after[second.pk].attendance.all()} == set(MINISTRIES)
    assert [after[one.pk].edition for one in (first, second, third)] == [2, 2, 1]
    assert fourth.pk not in after
    (new,) = (one for key, one in after.items() if key not in {first.pk, second.pk, third.pk})
    assert (new.subject_kk, new.hall_id, new.place_id) == ("Жол", hall.pk, hall.territory_id)
    # What was shown is what came: as many conflicts of each severity.
    told = warnings.told(version)
    assert shown.after == {
        "blocking": sum(not one.can_be_accepted for one in told),
        "warning": sum(one.can_be_accepted for one in told),
    }
    entry = Entry.objects.filter(act="calendar.take_changes").get()
    assert entry.changes == {"changed": [0, 3], "added": [0, 1], "removed": [0, 1]}
    batch.refresh_from_db()
    assert (batch.state, batch.files.count()) == ("taken", 0)


def test_a_numbered_meeting_is_cancelled_with_its_reason(version: CalendarVersion, authority: User) -> None:
    one = version.planned.in_order()[0]
    one.meeting.number = f"{version.half_year}-001"
    one.meeting.save()
    take(bring(version, authority, table(version, put(2, removal="Көлік жоқ"))), authority)
    one.refresh_from_db()
    assert (one.cancelled, one.cancel_reason, one.edition) == (True, "Көлік жоқ", 2)


def test_what_is_wrong_is_named_by_row_and_column(version: CalendarVersion, authority: User) -> None:
    before = content(version)
    letters = {column.field: chr(ord("A") + number) for number, column in enumerate(PLAN.columns)}
    outside = version.period.last_day + timedelta(days=1)
    spoiled = table(
        version,
        every(
            put(2, day=outside, starts="25:00", mode="айда", bodies="Ешкім"),
            put(3, subject_kk="=1+1", ends="", online_url="ftp://x", contact_phone="1" * 61),
            put(4, key="P1.M1.xx"),
            put(5, key=None, hall="№ 999999", removal="жоқ"),
        ),
    )
    batch = bring(version, authority, spoiled)
    assert batch.state == "failed"
    assert faults(batch) == {
        ("day_outside_half_year", 2, letters["day"]),
        ("cell_no_clock", 2, letters["starts"]),
        ("cell_unknown", 2, letters["mode"]),
        ("cell_unknown", 2, letters["bodies"]),
        ("cell_formula", 3, letters["subject_kk"]),
        ("cell_needed", 3, letters["ends"]),
        ("cell_no_address", 3, letters["online_url"]),
        ("cell_too_long", 3, letters["contact_phone"]),
        ("plan_key_damaged", 4, letters["key"]),
        ("cell_unknown", 5, letters["hall"]),
        ("new_row_removed", 5, letters["removal"]),
    }
    with pytest.raises(Stale):
        take(batch, authority)
    assert content(version) == before


def test_what_a_meeting_cannot_be_is_named_by_row_too(
    version: CalendarVersion, authority: User, hall: Hall
) -> None:
    double = table(version, lambda sheet: put(6, key=sheet.cell(2, 1).value, day="01.01.2027")(sheet))
    assert ("row_named_twice", 6, "A") in faults(bring(version, authority, double))
    online = "online"
    wrong = table(
        version, every(put(2, mode=online), put(3, ends=time(17)), put(4, subject_kk="", subject_ru=""))
    )
    assert {code for code, _row, _column in faults(bring(version, authority, wrong))} == {
        "online_has_no_hall",
        "ends_before_start",
        "subject_required",
    }


def test_what_changed_meanwhile_is_said_and_not_overwritten(
    version: CalendarVersion, authority: User
) -> None:
    first, second, _third, _fourth = plans.rows(version)
    batch = bring(
        version,
        authority,
        table(version, every(put(2, day=plans.day(version, 12)), put(3, trip="A"), put(4, starts="19:00"))),
    )
    old = plans.revision(version)
    meeting_moves.move(
        version=version, planned=[first.pk, second.pk], days=1, by=authority, now=clock.now(), revision=old,
        despite=True,
    )  # fmt: skip
    before = content(version)
    with pytest.raises(Stale):
        take(batch, authority, revision=old)
    collided = preview(version, edits_of(batch.files.all())).resolved.collisions
    assert [(one.pk, names) for one, names in collided] == [(first.pk, ("day",))]
    with pytest.raises(Refused) as refusal:
        take(batch, authority)
    assert [one.code for one in refusal.value.problems] == ["set_collides"]
    assert content(version) == before
    assert take(batch, authority, despite=True).changed == 3
    after = {one.pk: one for one in plans.rows(version)}
    assert after[first.pk].day == plans.day(version, 12)
    # Another field of the same meeting is no collision: both changes stand.
    assert (after[second.pk].day, after[second.pk].trip) == (plans.day(version, 2), "A")


def test_a_hall_is_known_by_its_number_before_its_own_name_only(version: CalendarVersion, hall: Hall) -> None:
    choices = PlanChoices(version)
    for text in (hall_said(hall), f"№ {hall.pk}", f"№{hall.pk} {hall.name_ru}", hall.name_kk):
        assert choices.value_of("hall", text) == str(hall.pk), text
    for text in (f"№ {hall.pk} мектеп", f"№ {hall.pk}0", f"{hall.name_kk}, № {hall.pk}"):
        assert choices.value_of("hall", text) is None, text


def test_who_was_moved_meanwhile_is_not_taken_out_unseen(version: CalendarVersion, authority: User) -> None:
    first, second, *_rest = plans.rows(version)
    said = table(version, every(put(2, removal="Орын жоқ"), put(3, removal="Орын жоқ")))
    batch = bring(version, authority, said)
    meeting_moves.move(
        version=version, planned=[first.pk], days=1, by=authority, now=clock.now(),
        revision=plans.revision(version), despite=True,
    )  # fmt: skip
    collided = preview(version, edits_of(batch.files.all())).resolved.collisions
    assert [(one.pk, names) for one, names in collided] == [(first.pk, ("day",))]
    with pytest.raises(Refused) as refusal:
        take(batch, authority)
    assert [one.code for one in refusal.value.problems] == ["set_collides"]
    assert {first.pk, second.pk} <= {one.pk for one in plans.rows(version)}
    assert take(batch, authority, despite=True).removed == 2


def test_another_version_and_other_files_are_refused(
    version: CalendarVersion, authority: User, hall: Hall
) -> None:
    foreign = table(version, lambda sheet: put(2, key=sheet.cell(2, 1).value.replace("P", "P9", 1))(sheet))
    assert faults(bring(version, authority, foreign)) == {("row_of_another_plan", 2, "A")}
    for name, spoil in (("no_table", lambda sheet: sheet.delete_rows(1)), ("table_empty", _emptied)):
        assert {code for code, *_ in faults(bring(version, authority, table(version, spoil)))} == {name}


def _emptied(sheet: Any) -> None:
    sheet.delete_rows(2, 10)


def test_a_meeting_of_a_deleted_row_stays(version: CalendarVersion, authority: User) -> None:
    batch = bring(
        version, authority, table(version, every(lambda sheet: sheet.delete_rows(3), put(2, trip="B")))
    )
    shown = preview(version, edits_of(batch.files.all()))
    assert [one.pk for one in shown.unnamed] == [plans.rows(version)[1].pk]
    take(batch, authority)
    assert version.planned.count() == 4


def test_the_pages(
    version: CalendarVersion, hall: Hall, authority: User, desk: Client, person: Callable[..., User],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    args = [version.half_year, version.number]
    hub, out = reverse("staff:plan_imports", args=args), desk.get(reverse("staff:plan_workbook", args=args))
    assert load_workbook(BytesIO(out.content))[PLAN.sheet].max_row == 5
    key = {"idempotency_key": str(uuid.uuid4()), "version": "0"}
    assert desk.post(hub, key).status_code == 422
    file = SimpleUploadedFile("plan.xlsx", table(version, put(2, starts="11:00")))
    sent = desk.post(hub, key | {"workbook": file})
    assert sent.status_code == 302
    waiting = desk.get(sent["Location"])
    assert "progress/" in waiting.content.decode()
    assert desk.post(sent["Location"], key | {"version": "1"}).status_code == 409
    import_runs.read_waiting(on=clock.today())
    page = desk.get(sent["Location"]).content.decode()
    assert "18:00" in page
    assert "11:00" in page
    with django_assert_num_queries(QUERIES):
        desk.get(sent["Location"])
    stale = desk.post(sent["Location"], key | {"version": "1"})
    assert stale.status_code == 409
    taken = desk.post(sent["Location"], key | {"version": str(plans.revision(version))})
    assert taken.status_code == 302
    assert plans.rows(version)[0].starts.astimezone(ALMATY).hour == 11
    many = [*MINISTRIES] * 3
    plans.plan(version, hall, authority, many, first=10)
    changed = table(version, every(*(put(row, trip=f"T{row}", starts="10:00") for row in range(2, 9))))
    batch = bring(version, authority, changed)
    address = reverse("staff:plan_import", args=[*args, batch.pk])
    with django_assert_num_queries(QUERIES):
        desk.get(address)
    assert desk.post(f"{address}drop/", {"version": str(batch.version)}).status_code == 302
    assert desk.get(address).status_code == 200
    bad = bring(version, authority, table(version, put(2, starts="25:00")))
    assert "25:00" in desk.get(bad.get_absolute_url()).content.decode()
