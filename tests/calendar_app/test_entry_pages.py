"""Pages of lists that came by letter: both sides find their way, nobody else gets in."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from accounts.models import User
from base import clock
from calendar_app.models import SignedLetter, Submission, TopicList
from regions.models import Body
from tests import signed_files as files
from tests.calendar_app.test_staff_pages import signed_in

pytestmark = pytest.mark.django_db

BEGIN = "/en/staff/topic-lists/by-letter/"
LIST = "/en/staff/topic-lists/2027-H1/akimat.19/"


def form(**more: Any) -> dict[str, Any]:
    today = clock.today().isoformat()
    return {
        "idempotency_key": str(uuid.uuid4()), "version": "0", "akimat": "akimat.19", "half_year": "2027-H1",
        "received_day": today, "received_clock": "00:00", "number": "12-3/456", "day": today,
        "signatory": "Demo head 19", "post": "Әкім", "file": files.Paper(),
    } | more  # fmt: skip


def version_on(page: str) -> str:
    return page.split('name="version" value="')[1].split('"')[0]


def act(client: Any, address: str, **more: Any) -> Any:
    page = client.get(address)
    assert page.status_code == 200
    version = version_on(page.content.decode())
    return client.post(
        address, {"idempotency_key": str(uuid.uuid4()), "version": version} | more, follow=True
    )


def test_from_the_letter_to_the_answered_objection(akimat: Body, officer: User, authority: User) -> None:
    desk, office = signed_in(authority), signed_in(officer)
    page = desk.get(f"{BEGIN}?akimat=akimat.19&half_year=2027-H1").content.decode()
    assert 'value="akimat.19" selected' in page

    overview = desk.post(BEGIN, form(), follow=True).content.decode()

    assert "You are entering what the letter says" in overview
    assert "12-3/456" in overview
    assert "Begun and not submitted yet" in desk.get(BEGIN).content.decode()
    typed = {"title_kk": "Ауыз су", "title_ru": "Вода", "save": "1", "version": "0"}
    desk.post(f"{LIST}edit/topics/new/", typed | {"idempotency_key": str(uuid.uuid4())})
    waiting = office.get(LIST).content.decode()
    assert "is entering this list from a letter" in waiting
    assert "Continue writing" not in waiting
    assert office.get(f"{LIST}edit/").status_code == 422
    receipt = act(desk, f"{LIST}submit/").content.decode()
    assert "Came by letter" in receipt
    assert Submission.objects.get().came_at == SignedLetter.objects.get().received_at

    assert "Object to the entry" in office.get(LIST).content.decode()
    told = act(office, f"{LIST}receipts/1/objection/", objection="Екінші мәселе жоқ").content.decode()
    assert "Екінші мәселе жоқ" in told
    blocked = desk.get(f"{LIST}accept/").content.decode()
    assert "answer the objection before" in blocked
    answered = act(desk, f"{LIST}receipts/1/objection/answer/", objection="Хатта жоқ").content.decode()
    assert "Хатта жоқ" in answered
    act(desk, f"{LIST}accept/")
    assert TopicList.objects.get().state == "accepted"


WRONG = {
    "no number": ({"number": ""}, "id_number"),
    "no file": ({"file": ""}, "id_file"),
    "31 June": ({"received_day": "31.06.2026"}, "id_received_day"),
    "in a year": ({"received_day": "2036-01-01"}, "id_received_day"),
    "no clock": ({"received_clock": "25:99"}, "id_received_clock"),
    "an unknown akimat": ({"akimat": "akimat.99"}, "id_akimat"),
    "a ministry": ({"akimat": "ministry.health"}, "id_akimat"),
    "a far half-year": ({"half_year": "2030-H1"}, "id_half_year"),
    "NUL": ({"number": "1\x00"}, "id_number"),
    "a program": ({"file": files.Paper(b"MZ" * 100)}, "id_file"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_with_a_letter_is_said_beside_its_field(
    akimat: Body, authority: User, name: str
) -> None:
    change, field = WRONG[name]

    answer = signed_in(authority).post(BEGIN, form() | change)

    assert answer.status_code == 422
    assert f'href="#{field}' in answer.content.decode()
    assert not SignedLetter.objects.exists()
    assert not TopicList.objects.exists()


def test_the_editor_of_others_stays_closed_to_the_authorised_body(
    draft: TopicList, authority: User, officer: User
) -> None:
    parts = ("edit/", "edit/topics/new/", "edit/analysis/", "edit/meetings/new/", "submit/")
    for part in parts:
        assert signed_in(officer).get(f"{LIST}{part}").status_code == 200
        assert signed_in(authority).get(f"{LIST}{part}").status_code == 403


def test_objections_belong_to_entries_only(submitted: TopicList, officer: User, neighbour: User) -> None:
    for user in (officer, neighbour):
        assert signed_in(user).get(f"{LIST}receipts/1/objection/").status_code == 404
