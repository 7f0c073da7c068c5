"""A list accepted without some of its topics: each with a reason, kept for good, told to the akimat."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from audit import journal
from base.errors import Refused
from calendar_app import invariants
from calendar_app.labels.topic_lists import LeftOutReason
from calendar_app.models import LeftOutTopic, Review, Topic, TopicList
from calendar_app.transitions import reviews, topic_lists
from notices import rendering
from notices.models import Letter
from procedure.reviews import REASONS
from procedure.topic_lists import ListDraft, TopicDraft
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.test_staff_pages import ACT_QUERIES, LIST, signed_in
from tests.calendar_app.test_topic_comments import asked, fresh, ok

pytestmark = pytest.mark.django_db

WORDS = "Бұл мәселе 1-мәселеге кіреді <b>"


def accept(topic_list: TopicList, by: User, left_out: dict[int, tuple[str, str]]) -> Review:
    version = TopicList.objects.get(pk=topic_list.pk).version
    return reviews.accept(topic_list=topic_list, by=by, now=IN_TIME, version=version, left_out=left_out)


@pytest.fixture
def second(submitted: TopicList) -> Topic:
    return submitted.topics.get(position=2)


def test_a_topic_is_left_out_with_its_reason_for_good(
    submitted: TopicList, second: Topic, authority: User, officer: User
) -> None:
    review = accept(submitted, authority, {second.pk: ("repeats", f" {WORDS} ")})

    kept = LeftOutTopic.objects.get()
    assert (kept.review, kept.number, kept.title_ru) == (review, 2, "Строительство школы")
    assert (kept.reason, kept.words) == ("repeats", WORDS)
    assert fresh(submitted).left_out == {second.pk: kept}
    assert journal.history("topic_list", submitted.pk).last().changes["left_out"] == [0, 1]
    assert invariants.broken() == {}
    page = signed_in(officer).get(LIST).content.decode()
    assert page.count("Бұл мәселе 1-мәселеге кіреді &lt;b&gt;") == 2  # beside the topic, and in the round


def test_by_default_nothing_is_left_out(submitted: TopicList, authority: User) -> None:
    accept(submitted, authority, {})

    assert not LeftOutTopic.objects.exists()
    assert fresh(submitted).left_out == {}


def test_labels_and_rules_know_the_same_reasons() -> None:
    assert tuple(LeftOutReason.values) == REASONS


@pytest.mark.parametrize(
    ("keys", "said", "code"),
    [
        ([2], ("because", "x"), "left_out_without_reason"),
        ([2], ("other", " "), "left_out_without_words"),
        ([1, 2], ("later", ""), "all_left_out"),
        ([None], ("later", ""), "topic_not_in_list"),
    ],
)
def test_what_cannot_be_left_out_is_refused(
    submitted: TopicList, authority: User, keys: list[int | None], said: tuple[str, str], code: str
) -> None:
    known = {topic.position: topic.pk for topic in submitted.topics.all()}

    with pytest.raises(Refused) as refusal, transaction.atomic():
        accept(submitted, authority, {known.get(key or 0, 10**9): said for key in keys})

    assert [one.code for one in refusal.value.problems] == [code]
    assert not Review.objects.exists()


def test_an_incomplete_topic_may_be_left_out(draft: TopicList, officer: User, authority: User) -> None:
    topics = [TopicDraft("Су", "Вода"), TopicDraft("Жол")]
    saved = topic_lists.save_draft(
        topic_list=draft, draft=ListDraft(topics), by=officer, now=IN_TIME, version=draft.version
    )
    topic_lists.submit(topic_list=saved, by=officer, now=IN_TIME, version=saved.version)
    page = signed_in(authority).get(f"{LIST}accept/").content.decode()
    assert "<details" in page.split('class="act-form"')[1]
    assert " disabled" not in page

    accept(draft, authority, {draft.topics.get(title_kk="Жол").pk: ("later", "")})

    assert fresh(draft).state == "accepted"


@pytest.mark.parametrize(
    ("language", "label"), [("kk", None), ("ru", None), ("en", "It repeats another topic.")]
)
def test_the_letter_says_what_is_left_out_and_why(
    submitted: TopicList, second: Topic, authority: User, language: str, label: str | None
) -> None:
    accept(submitted, authority, {second.pk: ("repeats", WORDS)})
    letter = Letter.objects.get(kind="topic_list_accepted")
    letter.language = language

    text = rendering.render(letter)

    title = "Строительство школы" if language == "ru" else "Мектеп құрылысы"
    assert f"\n> 2. {title}\n> " in text.body
    assert f"{WORDS}\n" in text.body
    assert ("It repeats another topic." in text.body) is (label is not None)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE calendar_app_leftouttopic SET words = ''",
        "DELETE FROM calendar_app_leftouttopic",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE calendar_app_leftouttopic",
    ],
)
def test_the_database_keeps_the_register(
    submitted: TopicList, second: Topic, authority: User, statement: str
) -> None:
    accept(submitted, authority, {second.pk: ("later", "")})
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_reopened_list_leaves_nothing_out(submitted: TopicList, second: Topic, authority: User) -> None:
    accept(submitted, authority, {second.pk: ("later", "")})
    lies = fresh(submitted)
    reviews.reopen(topic_list=lies, by=authority, now=IN_TIME, version=lies.version, comment="Қайта қаралады")

    assert fresh(submitted).left_out == {}
    assert LeftOutTopic.objects.count() == 1
    assert invariants.broken() == {}


def test_the_page_leaves_out_what_is_chosen(submitted: TopicList, second: Topic, authority: User) -> None:
    desk = signed_in(authority)
    desk.get(LIST)
    first = submitted.topics.get(position=1)
    chosen = {f"leave-{first.pk}": "", f"leave-{second.pk}": "other", f"words-{second.pk}": WORDS}

    count = asked(desk, "accept/", ok(submitted, comment="", **chosen))

    assert LeftOutTopic.objects.get().words == WORDS
    assert count == ACT_QUERIES + 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"leave": "because", "words": "Сақталатын сөз"}, "leave"),
        ({"leave": "", "words": "Сақталатын сөз"}, "leave"),
        ({"leave": "other", "words": ""}, "words"),
        ({"leave": "later", "words": "Сақталатын сөз " * 100}, "words"),
        ({"leave": "later", "words": "Сақталатын сөз\x00"}, "words"),
    ],
)
def test_a_refused_choice_stays_on_the_page(
    submitted: TopicList, second: Topic, authority: User, said: dict[str, str], field: str
) -> None:
    sent: dict[str, Any] = {f"{name}-{second.pk}": value for name, value in said.items()}

    answer = signed_in(authority).post(f"{LIST}accept/", ok(submitted, **sent))

    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="#id_{field}-{second.pk}"' in page
    label = {"leave": "2-мәселе бойынша шешім", "words": "2-мәселе бойынша түсініктеме"}[field]
    assert page.count(label) == 2  # above the box, and in the list of what is wrong
    assert page.count("Сақталатын сөз") == said["words"].count("Сақталатын сөз")
    assert not Review.objects.exists()
