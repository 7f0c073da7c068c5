"""Whatever is sent to the forms of a topic list: a page with a status below 500, and nothing changed."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import Entry
from calendar_app.models import Recall, Review, Submission, Topic, TopicList
from notices.models import Letter
from tests.calendar_app.test_staff_pages import LIST, signed_in, way_to, words_of_topic

pytestmark = pytest.mark.django_db

Values = dict[str, Any]
# What is sent → the statuses that are right for it.
CORPUS: dict[str, tuple[Callable[[Values], Values], set[int]]] = {
    "nothing": (lambda ok: {}, {409, 422}),
    "a megabyte": (lambda ok: ok | dict.fromkeys(WORDS, "ж" * 700_000), {422}),
    "NUL": (lambda ok: ok | dict.fromkeys(WORDS, "бір\x00екі"), {422}),
    "a stale version": (lambda ok: ok | {"version": ok["version"] - 1}, {409}),
    "a version from the future": (lambda ok: ok | {"version": ok["version"] + 1}, {409}),
    "a version that is a word": (lambda ok: ok | {"version": "бір"}, {409, 422}),
    "a version beyond the column": (lambda ok: ok | {"version": "9" * 40}, {409, 422}),
    "thousands of fields": (lambda ok: ok | {f"extra-{n}": "x" for n in range(5_000)}, {400}),
}
WORDS = ("comment", "explanation_kk", "reason", "answer", "title_kk", "text_ru", "analysis_kk")


def everything() -> list[list[tuple[Any, ...]]]:
    """All that an act could have changed."""
    tables = (TopicList, Topic, Submission, Recall, Review, Letter, Entry)
    return [list(table.objects.order_by("pk").values_list()) for table in tables]


@pytest.fixture(params=list(CORPUS))
def bad(request: pytest.FixtureRequest) -> tuple[Callable[[Values], Values], set[int]]:
    return CORPUS[request.param]


def refuse(
    client: Client, address: str, bad: tuple[Callable[[Values], Values], set[int]], ok: Values
) -> None:
    spoil, statuses = bad
    before = everything()

    answer = client.post(f"{LIST}{address}", spoil(ok))

    assert answer.status_code in statuses
    assert "text/html" in answer.headers["Content-Type"]
    assert everything() == before


@pytest.mark.parametrize("address", ["accept/", "return/"])
def test_the_authority_sends_nonsense(
    submitted: TopicList, authority: User, address: str, bad: tuple[Callable[[Values], Values], set[int]]
) -> None:
    refuse(signed_in(authority), address, bad, ok(submitted, comment="Толықтырыңыз"))


def test_the_akimat_recalls_with_nonsense(
    submitted: TopicList, officer: User, bad: tuple[Callable[[Values], Values], set[int]]
) -> None:
    refuse(signed_in(officer), "recall/", bad, ok(submitted, reason="Қате"))


def test_the_akimat_writes_nonsense_about_a_topic(
    draft: TopicList, officer: User, bad: tuple[Callable[[Values], Values], set[int]]
) -> None:
    topic = draft.topics.get(position=1)
    address = way_to(topic).removeprefix(LIST)
    refuse(signed_in(officer), address, bad, words_of_topic(topic.version, "Су", "Вода"))


@pytest.mark.parametrize(("part", "field"), [("analysis", "analysis_kk"), ("answer", "answer")])
def test_the_akimat_writes_nonsense_about_the_whole(
    draft: TopicList, officer: User, part: str, field: str, bad: tuple[Callable[[Values], Values], set[int]]
) -> None:
    refuse(signed_in(officer), f"edit/{part}/", bad, ok(draft) | {"version": 1, field: "Сөз"})


def test_the_akimat_submits_nonsense(
    draft: TopicList, officer: User, late: None, bad: tuple[Callable[[Values], Values], set[int]]
) -> None:
    refuse(signed_in(officer), "submit/", bad, ok(draft, explanation_kk="Кешіктік"))


def ok(topic_list: TopicList, **words: str) -> Values:
    return {"version": topic_list.version, "idempotency_key": str(uuid.uuid4())} | words


def test_the_same_forms_without_nonsense_do_something(submitted: TopicList, authority: User) -> None:
    """The control: an unspoiled form passes, so the refusals above are about what was spoiled."""
    before = everything()

    answer = signed_in(authority).post(f"{LIST}return/", ok(submitted, comment="Толықтырыңыз"))

    assert answer.status_code == 302
    assert everything() != before


def test_of_a_repeated_field_the_last_counts(submitted: TopicList, authority: User) -> None:
    values = ok(submitted) | {"comment": ["бірінші", "соңғы"]}

    signed_in(authority).post(f"{LIST}return/", values)

    assert Review.objects.get().comment == "соңғы"


@pytest.mark.parametrize(
    "address",
    [
        "/kk/staff/topic-lists/2027-H3/akimat.19/",
        "/kk/staff/topic-lists/0000-H1/akimat.19/",
        "/kk/staff/topic-lists/2027-H1/akimat.99/",
        "/kk/staff/topic-lists/2027-H1/akimat.19%00/",
        "/kk/staff/topic-lists/2027-H1/authority/",
        f"{LIST}receipts/99/",
        f"{LIST}receipts/{'9' * 30}/",
        f"{LIST}receipts/-1/",
    ],
)
def test_addresses_that_lead_nowhere_are_not_found(submitted: TopicList, officer: User, address: str) -> None:
    assert signed_in(officer).get(LIST).status_code == 200  # the control
    assert signed_in(officer).get(address).status_code == 404
