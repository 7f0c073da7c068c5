"""Halls of an akimat: kept by its own officers only, named twice in one place never, closed and not deleted."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit.models import Entry
from base import clock
from calendar_app.models import TopicList
from calendar_app.transitions import proposed_meetings
from procedure.proposed_meetings import MeetingDraft
from regions.models import Body, Hall
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.proposals import make_hall, place_in
from tests.calendar_app.test_staff_pages import signed_in

pytestmark = pytest.mark.django_db

HALLS = "/en/staff/halls/"
NEW = f"{HALLS}akimat.19/new/"


def form(**more: object) -> dict[str, Any]:
    return {
        "version": 0, "idempotency_key": str(uuid.uuid4()), "save": "1", "place": place_in("190000000").pk,
        "name_kk": "Мәдениет үйі", "name_ru": "Дом культуры", "address_kk": "Абай, 1", "address_ru": "Абая, 1",
        "capacity": "200", "step_free": "on",
    } | more  # fmt: skip


def version_on(page: str) -> str:
    return page.split('name="version" value="')[1].split('"')[0]


def test_a_hall_is_registered_and_can_be_chosen_for_a_meeting(draft: TopicList, officer: User) -> None:
    client = signed_in(officer)

    page = client.post(NEW, form(), follow=True).content.decode()

    hall = Hall.objects.get()
    assert "Дом культуры" in page or "Мәдениет үйі" in page
    assert "Step-free access" in page
    assert (hall.owner_id, hall.capacity, hall.step_free, hall.hearing_loop) == (
        "akimat.19",
        200,
        True,
        False,
    )
    meeting = client.get("/en/staff/topic-lists/2027-H1/akimat.19/edit/meetings/new/").content.decode()
    assert f'<option value="{hall.pk}">' in meeting
    entry = Entry.objects.latest("number")
    assert (entry.act, entry.subject_body) == ("hall.add", "akimat.19")


BAD = {
    "no Russian name": ({"name_ru": " "}, "id_name_ru"),
    "no address": ({"address_kk": ""}, "id_address_kk"),
    "no seats": ({"capacity": "0"}, "id_capacity"),
    "seats in words": ({"capacity": "екі жүз"}, "id_capacity"),
    "a stadium of the world": ({"capacity": "9" * 20}, "id_capacity"),
    "no place": ({"place": ""}, "id_place"),
    "a place of another region": ({"place": "552210100"}, "id_place"),
    "a region": ({"place": "190000000"}, "id_place"),
    "a word": ({"place": "' or 1=1"}, "id_place"),
    "a megabyte": ({"name_kk": "ж" * 500_000}, "id_name_kk"),
    "NUL": ({"name_kk": "а\x00"}, "id_name_kk"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_is_said_beside_its_field(officer: User, name: str) -> None:
    change, field = BAD[name]

    answer = signed_in(officer).post(NEW, form() | change)

    assert answer.status_code == 422
    assert f'href="#{field}' in answer.content.decode()
    assert not Hall.objects.exists()


def test_a_place_is_found_by_a_button_and_what_was_typed_stays(officer: User) -> None:
    page = signed_in(officer).post(NEW, form(place="", place_q="қонаев", find_place="1")).content.decode()

    assert 'type="radio" name="place"' in page
    assert 'value="Дом культуры"' in page
    assert not Hall.objects.exists()


def test_the_same_hall_twice_in_one_place_is_refused(officer: User, akimat: Body) -> None:
    client = signed_in(officer)
    assert client.post(NEW, form()).status_code == 302

    again = client.post(NEW, form())

    assert again.status_code == 422
    assert "already has a hall of that name" in again.content.decode()
    assert client.post(NEW, form(name_kk="Мектеп")).status_code == 302  # the control


def test_a_hall_is_changed_but_for_its_place(officer: User, akimat: Body) -> None:
    hall, client = make_hall(akimat), signed_in(officer)
    version = version_on(client.get(f"{HALLS}{hall.pk}/").content.decode())
    elsewhere = place_in("190000000").region.territories.filter(kind="village").order_by("-code")[0]

    sent = form(version=version, capacity="350", place=elsewhere.pk)
    assert client.post(f"{HALLS}{hall.pk}/", sent).status_code == 302

    changed = Hall.objects.get()
    assert (changed.capacity, changed.territory_id) == (350, hall.territory_id)
    stale = client.post(f"{HALLS}{hall.pk}/", form(version=version, capacity="10"))
    assert stale.status_code == 409
    assert 'value="10"' in stale.content.decode()
    assert Hall.objects.get().capacity == 350


def test_a_hall_is_closed_and_opened_again(officer: User, akimat: Body, draft: TopicList) -> None:
    hall, client = make_hall(akimat), signed_in(officer)
    named = MeetingDraft(hall=hall.pk, place=hall.territory_id)
    proposed_meetings.save(topic_list=draft, draft=named, by=officer, now=IN_TIME)
    address = f"{HALLS}{hall.pk}/close/"
    page = client.get(address).content.decode()
    assert "planned in this hall: 1." in page
    past = clock.today() - timedelta(days=1)

    sent = {"idempotency_key": str(uuid.uuid4()), "version": version_on(page)}
    assert client.post(address, sent | {"last_day": past.isoformat()}).status_code == 422
    assert client.post(address, sent | {"last_day": clock.today().isoformat()}).status_code == 302

    assert Hall.objects.get().valid_to == clock.today()
    assert Entry.objects.latest("number").act == "hall.close"
    version = version_on(client.get(address).content.decode())
    sent = {"idempotency_key": str(uuid.uuid4()), "version": version, "last_day": ""}
    assert client.post(address, sent).status_code == 302
    assert Hall.objects.get().valid_to is None


def test_nobody_else_finds_or_keeps_the_halls_of_an_akimat(
    officer: User, neighbour: User, authority: User, akimat: Body
) -> None:
    hall = make_hall(akimat)
    pages = (f"{HALLS}{hall.pk}/", f"{HALLS}{hall.pk}/close/", NEW)
    for page in pages:
        assert signed_in(officer).get(page).status_code == 200
        assert signed_in(neighbour).get(page).status_code == 404
        assert signed_in(neighbour).post(page, form()).status_code == 404
        assert signed_in(authority).get(page).status_code == 403
    assert "Мәдениет үйі" in signed_in(officer).get(HALLS).content.decode()
    assert "Мәдениет үйі" not in signed_in(neighbour).get(HALLS).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_any_number_of_halls(
    officer: User, akimat: Body, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        hall = make_hall(akimat)
        Hall.objects.filter(pk=hall.pk).update(
            name_kk=f"Зал {number}", valid_to=date(2026, 1, 1) if number else None
        )
    client = signed_in(officer)
    client.get(HALLS)
    with django_assert_num_queries(4):
        client.get(HALLS)
