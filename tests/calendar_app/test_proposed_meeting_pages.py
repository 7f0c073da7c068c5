"""Pages of proposed meetings: written without scripts too, what is wrong beside its field, nothing lost."""

from __future__ import annotations

import re
import uuid
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit.models import Entry
from calendar_app.models import ProposedMeeting, TopicList
from calendar_app.transitions import proposed_meetings as acts
from calendar_app.transitions import topic_lists
from procedure.proposed_meetings import ExactWindow, MeetingDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.proposals import make_hall, place_in
from tests.calendar_app.test_staff_pages import LIST, signed_in

pytestmark = pytest.mark.django_db

NEW = f"{LIST.replace('/kk/', '/en/')}edit/meetings/new/"
WINDOW = ExactWindow(date(2027, 3, 6), time(11), time(13))


def form(**more: object) -> dict[str, Any]:
    """A filled form with one exact and one loose time."""
    return {
        "version": 0,
        "idempotency_key": str(uuid.uuid4()),
        "exact-TOTAL_FORMS": 2, "exact-INITIAL_FORMS": 0,
        "exact-0-day": "2027-03-06", "exact-0-starts": "11:00", "exact-0-ends": "13:00",
        "exact-1-day": "", "exact-1-starts": "", "exact-1-ends": "",
        "loose-TOTAL_FORMS": 1, "loose-INITIAL_FORMS": 0,
        "loose-0-month": "2027-03", "loose-0-weekdays": ["5"], "loose-0-excluded": "20.03.2027",
        "loose-0-part": "day", "loose-0-minutes": "120",
        "ministries": ["ministry.water"], "mode": "in_person", "place": place_in("190000000").pk,
        "attendance": "150",
    } | {name.replace("__", "-"): value for name, value in more.items()}  # fmt: skip


def test_a_meeting_is_proposed_and_shown(draft: TopicList, officer: User) -> None:
    client = signed_in(officer)
    topic = draft.topics.all()[0]

    answer = client.post(NEW, form(topics=[str(topic.pk)], venue_kk="Мектеп"), follow=True)

    page = answer.content.decode()
    assert "The proposed meeting is saved" in page
    assert "6 March, Saturday, 11:00–13:00" in page
    assert "March; Saturday; except: 20 March; during the day; 120 minutes" in page
    assert "A day off" in page
    assert "outside working hours: 1 of 1" in page
    meeting = ProposedMeeting.objects.get()
    again = client.get(NEW.replace("new", str(meeting.pk))).content.decode()
    assert 'value="2027-03-06"' in again
    assert "Possible days: 6 March, 13 March, 27 March" in again


BAD = {
    "ends before it starts": ({"exact-0-ends": "10:00"}, "id_exact-0-ends", "later than the beginning"),
    "outside the half-year": ({"exact-0-day": "2027-07-01"}, "id_exact-0-day", "outside the half-year"),
    "31 June": ({"exact-0-day": "31.06.2027"}, "id_exact-0-day", "no such day: 31.06.2027"),
    "no end": ({"exact-0-ends": ""}, "id_exact-0-ends", "fill in"),
    "no clock time": ({"exact-0-ends": "25:61"}, "id_exact-0-ends", "18:30"),
    "excluded outside": ({"loose-0-excluded": "03.04.2027"}, "id_loose-0-excluded", "not one of the proposed"),
    "no day left": (
        {"loose-0-month": "", "loose-0-first_day": "20.03.2027", "loose-0-last_day": "20.03.2027"},
        "id_loose-0-excluded",
        "No day is left",
    ),
    "31 February left out": ({"loose-0-excluded": "31.02.2027"}, "id_loose-0-excluded", "no such day"),
    "a month of another half-year": ({"loose-0-month": "2027-08"}, "id_loose-0-month", "valid choice"),
    "five minutes": ({"loose-0-minutes": "5"}, "id_loose-0-minutes", "30"),
    "a place of another region": ({"place": "552210100"}, "id_place", "another region|does not exist"),
    "nobody lives there": ({"place": "190000000"}, "id_place", "Meetings cannot be held there"),
    "no code": ({"place": "х" * 400}, "id_place", "9 characters"),
    "a word for a place": ({"place": "1' or 1=1"}, "id_place", "does not exist"),
    "a hall that is none": ({"hall": "999999"}, "id_hall", "valid choice"),
    "a ministry that is none": ({"ministries": ["ministry.none"]}, "id_ministries", "valid choice"),
    "an akimat": ({"ministries": ["akimat.33"]}, "id_ministries", "valid choice"),
    "a topic of another list": ({"topics": ["99999"]}, "id_topics", "valid choice"),
    "an unknown mode": ({"mode": "post"}, "id_mode", "valid choice"),
    "online in a hall": ({"mode": "online", "venue_kk": "Мектеп"}, "id_venue_kk", "has no hall"),
    "a megabyte": ({"venue_ru": "ж" * 500_000}, "id_venue_ru", "shorten"),
    "a megabyte of days": ({"loose-0-excluded": "1" * 500_000}, "id_loose-0-excluded", "too long"),
    "NUL": ({"venue_ru": "а\x00б"}, "id_venue_ru", "NUL"),
    "NUL in a day": ({"exact-0-day": "2027-03-06\x00"}, "id_exact-0-day", "06.03.2027"),
    "a crowd": ({"attendance": "9" * 30}, "id_attendance", "lie between"),
    "nobody expected": ({"attendance": "0"}, "id_attendance", "greater than"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_beside_its_field_and_kept(draft: TopicList, officer: User, name: str) -> None:
    change, field, words = BAD[name]
    before = Entry.objects.count()

    answer = signed_in(officer).post(NEW, form() | change)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'href="#{field}[^"]*">[^<]*({words})', page), re.findall(r'<a href="#[^<]*', page)
    assert 'value="2027-03"' in page
    assert not ProposedMeeting.objects.exists()
    assert Entry.objects.count() == before


@pytest.mark.parametrize(
    ("change", "statuses"),
    [
        ({"exact-TOTAL_FORMS": "5000"}, {422}),
        ({"exact-TOTAL_FORMS": "x"}, {422}),
        ({"idempotency_key": "x"}, {422}),
        ({f"exact-{n}-day": "2027-03-06" for n in range(3_000)}, {400}),
        ({"add_time": "1", "exact-TOTAL_FORMS": "9" * 30, "venue_kk": "а\x00"}, {200}),
        ({"find_place": "1", "place_q": "а\x00" * 1000, "place": "\x00", "mode": "\x00"}, {200}),
    ],
)
def test_forged_forms_break_nothing(
    draft: TopicList, officer: User, change: dict[str, Any], statuses: set[int]
) -> None:
    assert signed_in(officer).post(NEW, form() | change).status_code in statuses
    assert not ProposedMeeting.objects.exists()


def test_a_hall_brings_its_place(draft: TopicList, officer: User, akimat: Body) -> None:
    hall = make_hall(akimat)

    assert signed_in(officer).post(NEW, form(place="", hall=str(hall.pk))).status_code == 302

    assert ProposedMeeting.objects.get().place_id == hall.territory_id


def test_without_scripts_a_place_is_found_by_a_button_and_all_is_kept(
    draft: TopicList, officer: User
) -> None:
    client = signed_in(officer)

    answer = client.post(NEW, form(place="", place_q="талдыкорган", find_place="1", venue_ru="Школа"))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Nothing was found" in page  # Taldykorgan is in the neighbouring region
    page = client.post(
        NEW, form(place="", place_q="қонаев", find_place="1", venue_ru="Школа")
    ).content.decode()
    assert re.search(r'type="radio" name="place" id="id_place_1" value="\d{9}"', page)
    for kept in ('value="Школа"', 'value="2027-03-06"', 'value="2027-03" selected', 'value="20.03.2027"'):
        assert kept in page
    assert re.search(r'value="ministry.water"[^>]* checked', page)
    assert not ProposedMeeting.objects.exists()


def test_one_more_time_is_added_without_scripts(draft: TopicList, officer: User) -> None:
    page = signed_in(officer).post(NEW, form(add_time="1")).content.decode()

    assert 'name="exact-1-day"' in page
    assert 'name="loose-1-month"' in page
    assert "A day off" in page


def test_a_time_is_looked_at_while_it_is_filled_in(draft: TopicList, officer: User) -> None:
    client, address = signed_in(officer), NEW.replace("new", "fit")

    assert "A day off" in client.post(f"{address}?row=exact-0", form()).content.decode()
    weekday = form(**{"exact-0-day": "2027-03-09"})
    assert "In working hours" in client.post(f"{address}?row=exact-0", weekday).content.decode()
    evening = weekday | {"exact-0-starts": "19:00", "exact-0-ends": "20:30"}
    assert "After working hours" in client.post(f"{address}?row=exact-0", evening).content.decode()
    assert "13 March" in client.post(f"{address}?row=loose-0", form()).content.decode()
    assert (
        "state" not in client.post(f"{address}?row=exact-0", weekday | {"exact-0-ends": "1"}).content.decode()
    )
    for row in ("", "exact-0x", "other-1"):
        assert client.post(address, form(), query_params={"row": row}).status_code == 404


def test_two_officers_on_one_meeting(draft: TopicList, officer: User) -> None:
    saved = acts.save(topic_list=draft, draft=MeetingDraft(), by=officer, now=IN_TIME)
    client, address = signed_in(officer), NEW.replace("new", str(saved.pk))
    assert client.post(address, form(version=1)).status_code == 302

    stale = client.post(address, form(version=1, attendance="77"))

    assert stale.status_code == 409
    assert 'value="77"' in stale.content.decode()
    assert ProposedMeeting.objects.get().attendance == 150
    (version,) = re.findall(r'name="version" value="(\d+)"', stale.content.decode())
    assert client.post(address, form(version=version, attendance="77")).status_code == 302
    assert ProposedMeeting.objects.get().attendance == 77


def test_a_meeting_is_moved_and_removed(draft: TopicList, officer: User) -> None:
    first, second = (acts.save(topic_list=draft, draft=MeetingDraft(), by=officer, now=IN_TIME) for _ in "12")
    client, address = signed_in(officer), NEW.replace("new", str(second.pk))

    client.post(f"{address}move/", {"to": "up"})
    assert list(ProposedMeeting.objects.values_list("pk", flat=True)) == [second.pk, first.pk]
    sent = {"version": 1, "idempotency_key": str(uuid.uuid4())}
    assert client.post(f"{address}remove/", sent | {"version": 9}).status_code == 409
    assert client.post(f"{address}remove/", sent).status_code == 302
    assert ProposedMeeting.objects.get() == first
    gone = client.get(address)
    assert (gone.status_code, gone.headers["Location"]) == (302, NEW.replace("meetings/new/", "#meetings"))


def test_no_meetings_with_a_reason(draft: TopicList, officer: User) -> None:
    client, address = signed_in(officer), NEW.replace("new", "none")
    sent = {"version": draft.version, "idempotency_key": str(uuid.uuid4())}

    page = client.post(address, sent | {"no_meetings_reason_ru": "Зал на ремонте"}, follow=True)

    assert "Зал на ремонте" in page.content.decode()
    assert client.post(NEW, form()).status_code == 422


def test_the_authority_sees_what_was_proposed(draft: TopicList, officer: User, authority: User) -> None:
    signed_in(officer).post(NEW, form(venue_kk="Мектеп"))
    fresh = TopicList.objects.get()
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=fresh.version)

    page = signed_in(authority).get(LIST).content.decode()

    assert "Мектеп" in page
    assert "edit/meetings" not in page
    assert signed_in(officer).get(NEW).status_code == 302


def test_another_akimats_meetings_are_not_found(draft: TopicList, officer: User, neighbour: User) -> None:
    saved = acts.save(topic_list=draft, draft=MeetingDraft(), by=officer, now=IN_TIME)
    for page in (NEW, NEW.replace("new", str(saved.pk)), NEW.replace("new", "none")):
        assert signed_in(officer).get(page).status_code == 200
        assert signed_in(neighbour).get(page).status_code == 404


def propose(topic_list: TopicList, by: User, count: int) -> None:
    places = place_in("190000000").region.territories.filter(kind="village").order_by("code")[:count]
    keys = tuple(topic_list.topics.values_list("pk", flat=True))
    for place in places:
        draft = MeetingDraft(
            ("ministry.water", "ministry.health"), keys, place=place.pk, windows=(WINDOW,) * 2
        )
        acts.save(topic_list=topic_list, draft=draft, by=by, now=IN_TIME)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_the_same_number_of_questions_for_any_number_of_meetings(
    draft: TopicList, officer: User, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    propose(draft, officer, count)
    client: Client = signed_in(officer)
    client.get(LIST)

    with django_assert_num_queries(LIST_QUERIES):
        client.get(LIST)
    with django_assert_num_queries(OVERVIEW_QUERIES):
        client.get(f"{LIST}edit/")
    with django_assert_num_queries(PAGE_QUERIES):
        client.get(NEW.replace("new", str(ProposedMeeting.objects.all()[0].pk)))


LIST_QUERIES = 13
OVERVIEW_QUERIES = 11
PAGE_QUERIES = 17
