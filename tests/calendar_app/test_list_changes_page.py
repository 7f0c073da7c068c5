"""The page that shows a list beside its previous round."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from calendar_app import snapshots
from calendar_app.models import Submission, TopicComment, TopicList
from calendar_app.transitions import reviews, topic_lists
from procedure.topic_lists import ListDraft, TopicDraft
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.test_staff_pages import LIST, signed_in

pytestmark = pytest.mark.django_db

Again = Callable[[ListDraft], TopicList]


def version(topic_list: TopicList) -> int:
    return TopicList.objects.values_list("version", flat=True).get(pk=topic_list.pk)


@pytest.fixture
def again(submitted: TopicList, officer: User, authority: User) -> Again:
    """Return the list and submit it again as the draft has it."""

    def send(draft: ListDraft) -> TopicList:
        reviews.return_(
            topic_list=submitted,
            by=authority,
            now=IN_TIME,
            version=version(submitted),
            comment="Толықтырыңыз",
        )
        topic_lists.save_draft(
            topic_list=submitted,
            draft=draft,
            answer="Түзетілді",
            by=officer,
            now=IN_TIME,
            version=version(submitted),
        )
        topic_lists.submit(topic_list=submitted, by=officer, now=IN_TIME, version=version(submitted))
        return TopicList.objects.get(pk=submitted.pk)

    return send


def test_a_snapshot_gives_back_the_list(submitted: TopicList) -> None:
    assert snapshots.draft_of(Submission.objects.get()) == submitted.as_draft()


def test_changes_are_counted_named_and_marked(submitted: TopicList, authority: User, again: Again) -> None:
    first, second = (topic.as_draft() for topic in submitted.topics.order_by("position"))
    changed = replace(
        first, text_ru="В пяти сёлах нет <b>воды</b>", ministry="ministry.water", urgency="urgent"
    )
    again(ListDraft([changed, TopicDraft("Жол", "Дорога")], analysis_kk="Ахуал"))

    page = signed_in(authority).get(LIST.replace("/kk/", "/en/") + "changes/").content.decode()

    for count in ("Topics added: 1", "Topics removed: 1", "Topics changed: 1", "Topics moved: 0"):
        assert count in page
    assert re.search(r"<del>.*?четырёх </del>", page)
    assert re.search(r"<ins>.*?пяти </ins>", page)
    assert "&lt;b&gt;воды&lt;/b&gt;" in page
    assert "<b>воды" not in page
    assert "Ministry of Water Resources" in page
    assert "Urgent" in page
    assert "Ахуал" in page
    assert second.title_kk in page


def test_every_mark_is_a_word_too(submitted: TopicList, authority: User, again: Again) -> None:
    first, second = (topic.as_draft() for topic in submitted.topics.order_by("position"))
    again(ListDraft([second, replace(first, title_ru="Вода")]))

    page = signed_in(authority).get(LIST.replace("/kk/", "/en/") + "changes/").content.decode()

    for mark, word in (("ins", "added"), ("del", "removed")):
        assert (
            page.count(f"<{mark}>")
            == page.count(f'<{mark}><span class="visually-hidden">{word}: </span>')
            > 0
        )
    assert "Moved: place" in page


def test_comments_stand_beside_their_answers_even_where_nothing_changed(
    submitted: TopicList, officer: User, authority: User
) -> None:
    first, second = submitted.topics.order_by("position")
    reviews.return_(
        topic_list=submitted,
        by=authority,
        now=IN_TIME,
        version=version(submitted),
        comment="Тізбені <қысқартыңыз>",
        topic_comments={second.pk: "Қай мектеп?"},
    )
    comment = TopicComment.objects.get()
    topic_lists.save_draft(
        topic_list=submitted,
        draft=ListDraft([first.as_draft(), second.as_draft()]),
        answer="Қысқартуға болмайды",
        answers={str(comment.pk): "Орталық мектеп"},
        by=officer,
        now=IN_TIME,
        version=version(submitted),
    )
    topic_lists.submit(topic_list=submitted, by=officer, now=IN_TIME, version=version(submitted))

    page = signed_in(authority).get(f"{LIST}changes/").content.decode()

    for words in ("Тізбені &lt;қысқартыңыз&gt;", "Қысқартуға болмайды", "Қай мектеп?", "Орталық мектеп"):
        assert page.count(words) == 1
    assert second.title_kk in page
    assert first.title_kk not in page  # neither changed nor commented on


def test_nothing_changed_is_said(submitted: TopicList, authority: User, again: Again) -> None:
    again(ListDraft([topic.as_draft() for topic in submitted.topics.order_by("position")]))

    page = signed_in(authority).get(LIST.replace("/kk/", "/en/") + "changes/").content.decode()

    assert "Topics unchanged: 2" in page
    assert "Nothing in the list changed" in page


def test_a_list_that_came_once_is_compared_with_nothing(submitted: TopicList, authority: User) -> None:
    client = signed_in(authority)
    answer = client.get(LIST.replace("/kk/", "/en/") + "changes/")

    assert answer.status_code == 200
    assert "nothing to compare yet" in answer.content.decode()
    assert "changes/" not in client.get(LIST).content.decode()


def test_the_authority_is_led_to_the_changes(submitted: TopicList, authority: User, again: Again) -> None:
    again(ListDraft([topic.as_draft() for topic in submitted.topics.order_by("position")]))
    client = signed_in(authority)

    for address in ("", "return/", "accept/"):
        assert f'href="{LIST}changes/"' in client.get(f"{LIST}{address}").content.decode()


def test_another_akimats_changes_are_not_found(submitted: TopicList, neighbour: User, officer: User) -> None:
    assert signed_in(officer).get(f"{LIST}changes/").status_code == 200
    assert signed_in(neighbour).get(f"{LIST}changes/").status_code == 404


CHANGES_QUERIES = 13


@pytest.mark.parametrize("count", [2, 40])
def test_the_page_asks_the_same_number_of_questions_for_any_number_of_topics(
    authority: User, again: Again, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    again(ListDraft([TopicDraft(f"Су {n}", f"Вода {n}", ministry="ministry.water") for n in range(count)]))
    client = signed_in(authority)
    client.get(LIST)

    with django_assert_max_num_queries(CHANGES_QUERIES):
        client.get(f"{LIST}changes/")
