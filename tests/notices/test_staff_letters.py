"""The page of letters: one's own, and for those who watch over sending every state."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Membership, User
from accounts.permissions import Role
from notices import delivery, outbox
from notices.models import Letter
from notices.outbox import Recipient
from regions.models import Body
from tests.notices.conftest import FACTS, NOW

pytestmark = pytest.mark.django_db

CANARY = "Canary comment"
REVIEW = FACTS | {
    "submitted_at": "2026-11-30T11:20:00+00:00",
    "comment": CANARY,
    "topic_comments_kk": "",
    "topic_comments_ru": "",
    "round": 2,
    "last_day": "2026-12-08",
}


@pytest.fixture(autouse=True)
def in_russian(settings: Any) -> None:
    settings.LANGUAGE_CODE = "ru"


def person(name: str, role: Role, body: str) -> User:
    user = User.objects.create_user(
        name, full_name=f"Demo {name}", email=f"{name}@example.invalid", language="ru"
    )
    Membership.objects.create(user=user, body_id=body, role=role, valid_from="2026-01-01")
    return user


@pytest.fixture
def officer() -> User:
    return person("officer39", Role.AKIMAT_OFFICER, "akimat.39")


@pytest.fixture
def neighbour() -> User:
    return person("officer55", Role.AKIMAT_OFFICER, "akimat.55")


@pytest.fixture
def watcher() -> User:
    return person("watcher", Role.AUTHORITY_OFFICER, "authority")


def write(user: User, number: int = 1, body: str = "akimat.39") -> Letter:
    to = Recipient(key=f"user:{user.pk}", email=user.email, language="ru", user_id=user.pk)
    outbox.queue(
        kind="topic_list_returned", key=f"L-{number}", to=[to], context=REVIEW, now=NOW, body_code=body
    )
    return Letter.objects.latest("pk")


def page(user: User, url: str = "", **query: str) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(url or reverse("notices:letters"), query)


def test_anonymous_people_sign_in_first() -> None:
    assert Client().get(reverse("notices:letters")).status_code == 302


def test_an_empty_page_says_what_will_come(officer: User) -> None:
    response = page(officer)
    assert response.status_code == 200
    assert b"empty-state" in response.content


def test_a_letter_is_read_on_its_page(officer: User) -> None:
    letter = write(officer)
    assert letter.get_absolute_url() in page(officer).content.decode()
    text = page(officer, letter.get_absolute_url()).content.decode()
    assert "Перечень актуальных вопросов возвращён на доработку" in text
    assert CANARY in text


def test_letters_of_others_are_not_there(officer: User, neighbour: User) -> None:
    letter = write(officer)
    assert page(officer, letter.get_absolute_url()).status_code == 200
    assert letter.get_absolute_url() not in page(neighbour).content.decode()
    assert page(neighbour, letter.get_absolute_url()).status_code == 404


def test_colleagues_read_the_letters_of_their_body(officer: User) -> None:
    colleague = person("colleague39", Role.ASSISTANT, "akimat.39")
    letter = write(officer)
    assert CANARY in page(colleague, letter.get_absolute_url()).content.decode()


def test_a_membership_that_has_ended_shows_nothing_more(officer: User, neighbour: User) -> None:
    letter = write(neighbour)
    Membership.objects.filter(user=officer).update(valid_to="2026-01-02")
    assert page(officer, letter.get_absolute_url()).status_code in (302, 403, 404)


def test_who_watches_over_sending_sees_states_and_in_a_demonstration_texts(
    officer: User, watcher: User, settings: Any
) -> None:
    letter = write(officer)
    settings.LETTERS_TO_MAIL_SERVER = False
    delivery.sweep(clock=lambda: NOW)
    assert letter.get_absolute_url() in page(watcher).content.decode()
    assert CANARY in page(watcher, letter.get_absolute_url()).content.decode()

    settings.DEMO = False
    response = page(watcher, letter.get_absolute_url())
    assert response.status_code == 200
    assert CANARY not in response.content.decode()
    assert officer.email not in response.content.decode()
    assert str(officer) not in page(watcher).content.decode()
    assert CANARY in page(officer, letter.get_absolute_url()).content.decode()


def test_a_text_that_cannot_be_made_is_said_so(officer: User) -> None:
    letter = write(officer)
    Letter.objects.update(context={})
    response = page(officer, letter.get_absolute_url())
    assert response.status_code == 200
    assert b"notice-warning" in response.content


def test_markup_in_a_comment_stays_text(officer: User) -> None:
    letter = write(officer)
    Letter.objects.update(context=REVIEW | {"comment": "<script>alert(1)</script> <b>жирный</b>"})
    text = page(officer, letter.get_absolute_url()).content.decode()
    assert "<script>alert" not in text
    assert "&lt;b&gt;жирный" in text


def test_filters_and_pages(officer: User) -> None:
    for number in range(27):
        write(officer, number)
    Letter.objects.filter(pk=Letter.objects.latest("pk").pk).update(
        state="sending", attempts=1, claimed_at=NOW, next_attempt_at=None
    )
    rows = [
        page(officer, **query).content.decode().count("</tr>") - 1  # the heads of the columns
        for query in ({}, {"page": "2"}, {"state": "sending"})
    ]
    assert rows == [25, 2, 1]
    assert page(officer, kind="topic_list_returned", state="queued").context["page"].paginator.count == 26
    assert "kind=topic_list_returned&amp;page=2" in page(officer, kind="topic_list_returned").content.decode()
    assert "</tr>" not in page(officer, state="failed").content.decode()


@pytest.mark.parametrize("query", [{"state": "lost"}, {"kind": "x' OR 1=1"}, {"kind": "\0"}])
def test_a_filter_that_is_not_offered_is_a_400(officer: User, query: dict[str, str]) -> None:
    assert page(officer, **query).status_code == 400


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40])
def test_a_wrong_page_is_no_error(officer: User, number: str) -> None:
    write(officer)
    assert page(officer, page=number).status_code == 200


def test_more_letters_cost_no_more_queries(officer: User) -> None:
    client = Client()
    client.force_login(officer)
    client.get(reverse("notices:letters"))
    counts = []
    for total in (1, 3):
        while Letter.objects.count() < total:
            write(officer, Letter.objects.count())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("notices:letters")).status_code == 200
        counts.append(len(queries))
    assert counts == [5, 5]


@pytest.mark.parametrize("name", ["letters", "letter"])
def test_pages_are_read_only(officer: User, name: str) -> None:
    letter = write(officer)
    client = Client()
    client.force_login(officer)
    url = reverse("notices:letters") if name == "letters" else letter.get_absolute_url()
    assert client.post(url).status_code == 405


def test_every_body_has_a_name_to_show(officer: User, watcher: User) -> None:
    write(watcher, body="authority")
    assert Body.objects.get(code="authority").name_ru in page(watcher).content.decode()
