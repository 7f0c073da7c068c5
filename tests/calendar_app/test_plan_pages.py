"""The plan as a table and as grids: filters, a constant number of queries, and many meetings moved in one act."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from base import clock
from base.errors import Refused
from calendar_app import terms
from calendar_app.models import CalendarVersion
from calendar_app.transitions import calendars, meeting_moves, meetings
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from regions.models import Body, Hall, Person, Post, TermOfOffice
from tests.calendar_app.brought_lists import MINISTRIES, hall_of

TABLE_QUERIES, GRID_QUERIES, CONFLICT_QUERIES = 7, 7, 11


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def hall(akimat: Body) -> Hall:
    for code in MINISTRIES:
        post = Post.objects.get(body=code, kind=Post.Kind.HEAD)
        named = Person.objects.create(name_kk=f"Demo {code}", name_ru=f"Demo {code}")
        TermOfOffice.objects.create(person=named, post=post, valid_from=date(2020, 1, 1))
    return hall_of(akimat)


@pytest.fixture
def version(hall: Hall, authority: User, now: datetime) -> CalendarVersion:
    """A working copy with a meeting of each of two ministries, on days that follow each other."""
    period = terms.half_years_open_for_lists(clock.today())[-1]
    made = calendars.open_(half_year=period, by=authority, now=now)
    _plan(made, hall, authority, now, *MINISTRIES)
    return made


@pytest.fixture
def desk(authority: User) -> Client:
    client = Client()
    client.force_login(authority)
    return client


def _day(version: CalendarVersion, days: int = 0) -> date:
    return version.period.last_day - timedelta(days=40 - days)


def _plan(
    version: CalendarVersion, hall: Hall, by: User, now: datetime, *codes: str, first: int = 0, hour: int = 18
) -> None:
    drafts = []
    for days, code in enumerate(codes, start=first):
        starts = datetime.combine(_day(version, days), time(hour), tzinfo=ALMATY)
        words = {"subject_kk": f"Су {code} {days}", "subject_ru": f"Вода {code} {days}"}
        drafts.append(
            MeetingDraft(
                hall.territory_id, starts, starts + timedelta(hours=2), (code,), hall=hall.pk, **words
            )
        )
    meetings.plan(version=version, drafts=drafts, by=by, now=now, revision=_revision(version))


def _revision(version: CalendarVersion) -> int:
    return CalendarVersion.objects.values_list("revision", flat=True).get(pk=version.pk)


def _of(version: CalendarVersion, name: str) -> str:
    return reverse(f"staff:{name}", args=[version.half_year, version.number])


def _days(version: CalendarVersion) -> list[date]:
    return [one.day for one in version.planned.in_order()]


def test_the_table_is_narrowed(version: CalendarVersion, hall: Hall, desk: Client) -> None:
    health, agriculture = (f"{code} {days}" for days, code in enumerate(MINISTRIES))

    def found(**asked: object) -> list[str]:
        page = desk.get(version.get_absolute_url(), asked).content.decode()
        return [one for one in (health, agriculture) if one in page]

    assert found() == [health, agriculture]
    assert found(body=MINISTRIES[0]) == [health]
    assert found(first=_day(version, 1).isoformat()) == [agriculture]
    assert found(last=_day(version, 0).isoformat()) == [health]
    assert found(region=hall.territory.region_id, q="вода") == [health, agriculture]
    assert found(q="ештеңе") == []
    assert found(answer="not_asked") == [health, agriculture]
    assert found(answer="refused") == []


@pytest.mark.parametrize(
    "query",
    [
        "region=999",
        "body=x",
        "first=2027-02-31",
        "first=2027-03-01&last=2027-01-01",
        "page=0",
        "answer=x",
        "last=9999-12-31",
        "first=0001-01-01",
        "day=9999-12-31",
        "day=0001-01-01",
    ],
)
def test_a_bad_filter_is_said_in_a_sentence(version: CalendarVersion, desk: Client, query: str) -> None:
    for address in (
        version.get_absolute_url(),
        _of(version, "calendar_week"),
        _of(version, "calendar_month"),
    ):
        assert desk.get(f"{address}?{query}").status_code == 400


def test_grids_show_the_day_of_a_meeting(version: CalendarVersion, desk: Client) -> None:
    for grid in ("calendar_week", "calendar_month"):
        page = desk.get(_of(version, grid), {"day": _day(version).isoformat()}).content.decode()
        assert "18:00–20:00" in page
        other = desk.get(_of(version, grid), {"day": version.period.first_day.isoformat()}).content.decode()
        assert "18:00–20:00" not in other


def test_pages_cost_the_same_for_any_number(
    version: CalendarVersion, hall: Hall, authority: User, desk: Client, now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    day = {"day": _day(version).isoformat()}
    for step in range(2):
        for page, queries in (
            (version.get_absolute_url(), TABLE_QUERIES),
            (_of(version, "calendar_week"), GRID_QUERIES),
            (_of(version, "calendar_month"), GRID_QUERIES),
            (_of(version, "calendar_conflicts"), CONFLICT_QUERIES),
        ):
            desk.get(page, day)
            with django_assert_num_queries(queries):
                desk.get(page, day)
        if not step:
            _plan(version, hall, authority, now, *MINISTRIES, *MINISTRIES, first=2)


def test_many_are_moved_or_none(version: CalendarVersion, hall: Hall, authority: User, now: datetime) -> None:
    keys = list(version.planned.values_list("pk", flat=True))
    before = _days(version)

    def move(**more: object) -> None:
        asked = {"planned": keys, "days": 7, "revision": _revision(version)} | more
        meeting_moves.move(version=version, by=authority, now=now, **asked)

    for wrong, code in (
        ({"days": 0}, "nothing_to_move"),
        ({"days": 60}, "moved_outside_half_year"),
        ({"planned": [*keys, 10**9]}, "meetings_gone"),
        ({"hall": 10**9}, "hall_unknown"),
    ):
        with pytest.raises(Refused) as refusal:
            move(**wrong)
        assert [one.code for one in refusal.value.problems] == [code]
        assert _days(version) == before
    move()
    assert _days(version) == [day + timedelta(days=7) for day in before]
    assert {one.edition for one in version.planned.all()} == {2}
    starts = {one.starts for one in version.planned.all()}
    assert {who.starts for one in version.planned.all() for who in one.attendance.all()} == starts


def test_who_is_in_the_hall_already_is_not_moved_there(
    version: CalendarVersion, hall: Hall, authority: User, now: datetime
) -> None:
    """Its ministry is not asked again."""
    before, _after = version.planned.in_order()
    elsewhere = Hall.objects.create(
        owner=hall.owner, territory=hall.territory, name_kk="Мектеп", name_ru="Школа", address_kk="А",
        address_ru="А", capacity=90,
    )  # fmt: skip

    def move(*keys: int, to: Hall) -> list[int]:
        moved = meeting_moves.move(
            version=version, planned=keys, hall=to.pk, by=authority, now=now, revision=_revision(version)
        )
        return [one.pk for one in moved]

    assert move(before.pk, to=elsewhere) == [before.pk]
    both = [one.pk for one in version.planned.in_order()]
    assert move(*both, to=elsewhere) == both[1:]
    assert list(version.planned.in_order().values_list("edition", flat=True)) == [2, 2]
    with pytest.raises(Refused) as refusal:
        move(*both, to=elsewhere)
    assert [one.code for one in refusal.value.problems] == ["nothing_to_move"]


def test_new_conflicts_are_told_and_nothing_moves(
    version: CalendarVersion, hall: Hall, authority: User, desk: Client, now: datetime
) -> None:
    """The second meeting would come upon a third one in the same hall."""
    _plan(version, hall, authority, now, MINISTRIES[0], first=8)
    keys = list(version.planned.in_order().values_list("pk", flat=True))[:2]
    before = _days(version)
    path = _of(version, "planned_meetings_move")
    page = desk.get(path, {"pk": keys}).content.decode()
    assert f'value="{keys[0]}"' in page
    form = {"pk": keys, "number": "1", "unit": "7", "version": str(_revision(version))}
    refused = desk.post(path, form | {"idempotency_key": str(uuid.uuid4())})
    assert refused.status_code == 422
    assert hall.name_kk in refused.content.decode()
    assert _days(version) == before
    done = desk.post(path, form | {"idempotency_key": str(uuid.uuid4()), "despite": "on"})
    assert done.status_code == 302
    assert _days(version) != before


def test_all_that_a_filter_finds_are_offered(version: CalendarVersion, desk: Client) -> None:
    path = _of(version, "planned_meetings_move")
    page = desk.get(path, {"all": "1", "body": MINISTRIES[0]}).content.decode()
    assert page.count('name="pk"') == 1
    assert desk.get(path).status_code == 302
    assert desk.get(path, {"all": "1", "body": "x"}).status_code == 400
