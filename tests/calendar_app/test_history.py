"""The history of a list says in words what each act changed."""

from __future__ import annotations

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit import journal
from calendar_app.models import TopicComment, TopicList
from calendar_app.staff.topic_lists import history
from calendar_app.transitions import reviews, topic_lists
from procedure.topic_lists import ListDraft, TopicDraft
from tests.calendar_app.conftest import IN_TIME, TOPICS
from tests.calendar_app.test_staff_pages import LIST, signed_in

pytestmark = pytest.mark.django_db


def told(topic_list: TopicList, language: str = "en") -> list[list[str]]:
    with translation.override(language):
        return [facts for _entry, facts in history.told(journal.history("topic_list", topic_list.pk))]


def save(topic_list: TopicList, officer: User, draft: ListDraft, **words: object) -> TopicList:
    version = TopicList.objects.get(pk=topic_list.pk).version
    return topic_lists.save_draft(
        topic_list=topic_list, draft=draft, by=officer, now=IN_TIME, version=version, **words
    )


def test_a_save_tells_what_became_of_topics_and_words(draft: TopicList, officer: User) -> None:
    first, second = (topic.as_draft() for topic in draft.topics.order_by("position"))
    changed = TopicDraft(first.title_kk, "Вода из крана", key=first.key)
    save(draft, officer, ListDraft([second, changed, TopicDraft("Жол", "Дорога")], analysis_kk="Ахуал"))
    save(draft, officer, ListDraft([second], analysis_kk="Ахуал"))
    save(draft, officer, ListDraft([second], analysis_kk="Ахуал"))

    assert told(draft) == [
        ["State: Draft"],
        ["Topics: 2", "Topics added: 2"],
        [
            "Topics: 2 → 3",
            "Topics added: 1",
            "Topics changed: 1",
            "Topics moved: 1",
            "Changed: analysis of the situation in Kazakh",
        ],
        ["Topics: 3 → 1", "Topics removed: 2"],
    ]


def test_a_round_tells_states_terms_comments_and_answers(
    submitted: TopicList, officer: User, authority: User
) -> None:
    topic = submitted.topics.get(position=1)
    reviews.return_(
        topic_list=submitted,
        by=authority,
        now=IN_TIME,
        version=submitted.version,
        comment="Толықтырыңыз",
        topic_comments={topic.pk: "Қайда?"},
    )
    answers = {str(TopicComment.objects.get().pk): "Ауылда"}
    topics = [one.as_draft() for one in submitted.topics.order_by("position")]
    saved = save(submitted, officer, ListDraft(topics), answer="Түзетілді", answers=answers)
    topic_lists.submit(topic_list=saved, by=officer, now=IN_TIME, version=saved.version)

    assert told(submitted)[2:] == [
        ["State: Draft → Submitted", "Receipt L-2027-H1-19-1"],
        [
            "State: Submitted → Returned for revision",
            "Round: 1 → 2",
            "Last day: 1 December 2026",
            "Comments on topics: 1",
        ],
        ["Answers to comments on topics: 1", "Changed: answer to the comments"],
        ["State: Returned for revision → Submitted", "Receipt L-2027-H1-19-2"],
    ]


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_the_history_is_in_the_readers_language(submitted: TopicList, language: str) -> None:
    sentences = [fact for facts in told(submitted, language) for fact in facts]

    assert not {fact for facts in told(submitted) for fact in facts}.intersection(sentences)


def test_an_entry_of_an_unknown_shape_is_told_as_far_as_it_goes() -> None:
    assert list(history.facts({"something": [1, 2], "answer": "x"})) == []


PAGE_QUERIES = 13


@pytest.mark.parametrize("saves", [1, 6])
def test_a_long_history_asks_no_more_questions(
    draft: TopicList, officer: User, saves: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(saves):
        save(draft, officer, ListDraft([*TOPICS, TopicDraft(f"Жол {number}", "Дорога")]))
    client = signed_in(officer)
    client.get(LIST)

    with django_assert_max_num_queries(PAGE_QUERIES):
        page = client.get(LIST).content.decode()

    assert page.count("№") >= saves
