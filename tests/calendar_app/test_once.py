"""A form that comes twice: the same words make one act, other words are never taken for a repeat."""

from __future__ import annotations

import uuid

import pytest

from accounts.models import User
from audit.models import Entry
from calendar_app.models import Review, Topic, TopicList
from tests.calendar_app.test_staff_pages import LIST, signed_in, way_to, words_of_topic

pytestmark = pytest.mark.django_db


def titles() -> list[str]:
    return list(Topic.objects.values_list("title_ru", flat=True))


def test_what_is_written_after_the_back_button_is_not_taken_for_saved(
    draft: TopicList, officer: User
) -> None:
    """The browser brings the old page back with its old key; the person writes on and saves again."""
    client, key, topic = signed_in(officer), str(uuid.uuid4()), draft.topics.get(position=1)
    client.post(way_to(topic), words_of_topic(1, "Бірінші", "Первый", idempotency_key=key))

    answer = client.post(way_to(topic), words_of_topic(1, "Екінші", "Второй", idempotency_key=key))

    assert answer.status_code == 409
    assert "Второй" in answer.content.decode()
    assert titles() == ["Первый", "Строительство школы"]


def test_the_same_new_topic_sent_twice_is_saved_once(draft: TopicList, officer: User) -> None:
    client, form = signed_in(officer), words_of_topic(0, "Бірінші", "Первый")

    answers = [client.post(way_to(None), form | {button: "1"}) for button in ("save", "save", "add")]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert Entry.objects.filter(act="topic_list.add_topic", subject_id=draft.pk).count() == 1
    assert titles()[2:] == ["Первый"]


def test_another_comment_under_the_key_of_a_sent_one_is_kept_and_told(
    submitted: TopicList, authority: User
) -> None:
    client = signed_in(authority)
    form = {"version": submitted.version, "idempotency_key": str(uuid.uuid4())}
    first = client.post(f"{LIST}return/", form | {"comment": "Толықтырыңыз"})
    same = client.post(f"{LIST}return/", form | {"comment": "Толықтырыңыз"})

    other = client.post(f"{LIST}return/", form | {"comment": "Басқа сөз"})

    assert [first.status_code, same.status_code, other.status_code] == [302, 302, 409]
    assert "Басқа сөз" in other.content.decode()
    assert Review.objects.get().comment == "Толықтырыңыз"
