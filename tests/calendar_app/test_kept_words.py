"""What is typed and not saved yet: its writer's alone, emptied by the save, never brought back after it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.permissions import Role
from audit.models import Entry
from base import clock
from calendar_app.models import Presence, Topic, TopicList, UnsavedWords
from calendar_app.tasks import clear_unsaved_words
from tests.calendar_app.test_staff_pages import LIST, signed_in

pytestmark = pytest.mark.django_db

TYPED = "Жартылай жазылған сөз"


@pytest.fixture
def topic(draft: TopicList) -> Topic:
    return draft.topics.get(position=1)


@pytest.fixture
def colleague(person: Callable[..., User]) -> User:
    return person("akimat.19", Role.AKIMAT_OFFICER, username="colleague")


def keep(client: Client, topic: Topic, **more: Any) -> Any:
    """What the script sends a moment after a key was pressed."""
    sent = {"act": "keep", "stroke": "1", "version": topic.version, "title_kk": TYPED}
    sent |= {"idempotency_key": str(uuid.uuid4())} | more
    return client.post(f"{LIST}edit/words/topic-{topic.pk}/", sent)


def page(client: Client, topic: Topic) -> str:
    return client.get(f"{LIST}edit/topics/{topic.pk}/").content.decode()


def test_words_come_back_to_their_writer_and_to_nobody_else(
    topic: Topic, officer: User, colleague: User, authority: User
) -> None:
    entries = Entry.objects.count()
    assert keep(signed_in(officer), topic).json()["status"] == "kept"

    assert TYPED in page(signed_in(officer), topic)
    assert TYPED not in page(signed_in(colleague), topic)
    for client in (signed_in(colleague), signed_in(authority), signed_in(officer)):
        assert TYPED not in client.get(LIST).content.decode()
    assert Entry.objects.count() == entries
    assert (TopicList.objects.get().version, Topic.objects.get(pk=topic.pk).version) == (
        topic.topic_list.version,
        topic.version,
    )


def test_a_save_empties_them_and_a_request_that_comes_after_it_brings_nothing_back(
    topic: Topic, officer: User
) -> None:
    client, form = signed_in(officer), str(uuid.uuid4())
    keep(client, topic, idempotency_key=form)
    saved = {"version": topic.version, "idempotency_key": form, "title_kk": "Сақталған", "save": "1"}
    assert client.post(f"{LIST}edit/topics/{topic.pk}/", saved).status_code == 302

    keep(client, topic, idempotency_key=form, stroke="2")

    assert TYPED not in page(client, topic)
    keep(client, topic, stroke="1")  # the control: another form of the page is kept
    assert TYPED in page(client, topic)


def test_words_can_be_discarded_without_scripts(topic: Topic, officer: User) -> None:
    client = signed_in(officer)
    keep(client, topic)
    assert TYPED in page(client, topic)

    answer = client.post(f"{LIST}edit/words/topic-{topic.pk}/", {"act": "discard"})

    assert answer.headers["Location"] == f"{LIST}edit/topics/{topic.pk}/"
    assert TYPED not in page(client, topic)


@pytest.mark.parametrize("text", ["ж" * 200_000, "ж" * 1_000_000])
def test_too_much_is_refused_with_a_sentence(topic: Topic, officer: User, text: str) -> None:
    answer = keep(signed_in(officer), topic, text_kk=text)

    assert answer.status_code == 413
    assert answer.json()["text"]
    assert not UnsavedWords.objects.exists()


@pytest.mark.parametrize("wrong", [{"idempotency_key": "x"}, {"stroke": "9" * 40}, {"version": "бір"}])
def test_what_no_page_sends_is_not_kept(topic: Topic, officer: User, wrong: dict[str, str]) -> None:
    assert keep(signed_in(officer), topic, **wrong).status_code == 400
    assert not UnsavedWords.objects.exists()


def test_a_colleague_is_seen_until_the_page_is_quiet(topic: Topic, officer: User, colleague: User) -> None:
    assert "Test akimat.19" not in page(signed_in(officer), topic).split("<main")[1]
    page(signed_in(colleague), topic)

    assert "Test akimat.19" in page(signed_in(officer), topic).split("<main")[1]
    assert "Test akimat.19" in signed_in(officer).get(f"{LIST}edit/").content.decode().split("<main")[1]

    Presence.objects.update(until=clock.now() - timedelta(seconds=1))
    assert "Test akimat.19" not in page(signed_in(officer), topic).split("<main")[1]


def test_what_nobody_came_back_for_is_forgotten(topic: Topic, officer: User) -> None:
    keep(signed_in(officer), topic)
    clear_unsaved_words()
    assert UnsavedWords.objects.count() == 1  # the control

    UnsavedWords.objects.update(kept_at=clock.now() - timedelta(days=31))
    clear_unsaved_words()

    assert not UnsavedWords.objects.exists()
