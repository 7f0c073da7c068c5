"""The pages of the parts of a list: written one by one, none of them in the way of another."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from audit.models import Entry
from calendar_app.models import Topic, TopicList
from calendar_app.transitions import topic_lists, topics
from procedure.topic_lists import TOPICS_LIMIT, ListDraft, TopicDraft
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.test_staff_pages import LIST, signed_in, way_to, words_of_topic

pytestmark = pytest.mark.django_db

OVERVIEW = f"{LIST}edit/"


def titles(topic_list: TopicList) -> list[str]:
    return list(topic_list.topics.order_by("position").values_list("title_ru", flat=True))


def acts() -> list[str]:
    return list(
        Entry.objects.filter(subject_kind="topic_list").order_by("number").values_list("act", flat=True)
    )


def part(version: int, **words: Any) -> dict[str, Any]:
    return {"version": version, "idempotency_key": str(uuid.uuid4())} | words


@pytest.mark.parametrize(
    ("button", "leads_to"), [("save", "#topic-"), ("add", "topics/new/"), ("next", "topics/")]
)
def test_a_topic_is_written_and_the_button_leads_on(
    draft: TopicList, officer: User, button: str, leads_to: str
) -> None:
    first, second = draft.topics.order_by("position")
    sent = words_of_topic(1, "Су", "Вода", sector="water", ministry="ministry.water", district="196800000")
    answer = signed_in(officer).post(way_to(first), sent | {button: "1"})

    expected = {"#topic-": f"#topic-{first.pk}", "topics/": f"topics/{second.pk}/"}.get(leads_to, leads_to)
    assert answer.headers["Location"] == f"{OVERVIEW}{expected}" or button == "save"
    assert titles(draft) == ["Вода", "Строительство школы"]
    saved = Topic.objects.get(pk=first.pk)
    assert (saved.sector, saved.ministry_id, saved.version) == ("water", "ministry.water", 2)
    assert (saved.changed_by, TopicList.objects.get().version) == (officer, draft.version + 1)
    entry = Entry.objects.last()
    assert entry is not None
    assert entry.changes["topic"] == [1, 1]
    assert "sector" in entry.changes["topic_fields"]


def test_a_new_topic_comes_at_the_end(draft: TopicList, officer: User) -> None:
    signed_in(officer).post(way_to(None), words_of_topic(0, "Жол", "Дорога"))

    assert titles(draft) == ["Качество питьевой воды", "Строительство школы", "Дорога"]
    assert acts()[-1] == "topic_list.add_topic"


def test_what_changes_nothing_is_not_written(draft: TopicList, officer: User) -> None:
    first = draft.topics.get(position=1)
    before, version = acts(), TopicList.objects.get().version
    client = signed_in(officer)
    same = words_of_topic(1, first.title_kk, first.title_ru, text_kk=first.text_kk, text_ru=first.text_ru)

    assert client.post(way_to(first), same).status_code == 302
    assert client.post(f"{OVERVIEW}analysis/", part(1)).status_code == 302
    assert client.post(f"{OVERVIEW}answer/", part(1)).status_code == 302
    assert client.post(way_to(first, "move/"), {"to": "1"}).status_code == 302
    topic_lists.save_draft(
        topic_list=draft,
        draft=ListDraft([one.as_draft() for one in draft.topics.all()]),
        by=officer,
        now=IN_TIME,
        version=version,
    )

    assert (acts(), TopicList.objects.get().version) == (before, version)
    assert client.post(way_to(first), same | {"title_ru": "Вода"}).status_code == 302  # the control
    assert acts() != before


def test_officers_who_write_different_parts_never_meet(draft: TopicList, officer: User) -> None:
    first, second = draft.topics.order_by("position")
    client = signed_in(officer)
    sent = [
        (way_to(first), words_of_topic(first.version, "Су", "Вода")),
        (way_to(second), words_of_topic(second.version, "Мектеп", "Школа")),
        (way_to(None), words_of_topic(0, "Жол", "Дорога")),
        (f"{OVERVIEW}analysis/", part(1, analysis_kk="Ахуал")),
        (f"{OVERVIEW}answer/", part(1, answer="Жауап")),
    ]

    assert [client.post(address, form).status_code for address, form in sent] == [302] * 5
    assert titles(draft) == ["Вода", "Школа", "Дорога"]
    stored = TopicList.objects.get()
    assert (stored.analysis_kk, stored.answer, stored.version) == ("Ахуал", "Жауап", draft.version + 5)


def test_on_one_topic_the_second_sees_both_texts_and_may_save_over(draft: TopicList, officer: User) -> None:
    first, client = draft.topics.get(position=1), signed_in(officer)
    client.post(way_to(first), words_of_topic(1, "Бірінші", "Первый"))

    answer = client.post(way_to(first), words_of_topic(1, "Екінші", "Второй"))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert page.count("Бірінші") == 1  # saved
    assert page.count("Екінші") == 2  # beside it, and in the form
    assert titles(draft)[0] == "Первый"
    assert 'name="version" value="2"' in page
    assert client.post(way_to(first), words_of_topic(2, "Екінші", "Второй")).status_code == 302
    assert titles(draft)[0] == "Второй"


@pytest.mark.parametrize("name", ["analysis", "answer"])
def test_on_one_text_the_second_sees_both(draft: TopicList, officer: User, name: str) -> None:
    field = {"analysis": "analysis_kk", "answer": "answer"}[name]
    client = signed_in(officer)
    client.post(f"{OVERVIEW}{name}/", part(1, **{field: "Бірінші сөз"}))

    answer = client.post(f"{OVERVIEW}{name}/", part(1, **{field: "Екінші сөз"}))

    assert answer.status_code == 409
    assert "Бірінші сөз" in answer.content.decode()
    assert "Екінші сөз" in answer.content.decode()


def test_words_about_a_topic_that_was_removed_can_become_a_new_one(draft: TopicList, officer: User) -> None:
    first, client = draft.topics.get(position=1), signed_in(officer)
    client.post(way_to(first, "remove/"), part(1))
    assert titles(draft) == ["Строительство школы"]

    answer = client.post(way_to(first), words_of_topic(1, "Су", "Вода в сёлах"))

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Вода в сёлах" in page
    assert f'action="{way_to(None)}"' in page


def test_a_topic_that_was_changed_is_not_removed_unseen(draft: TopicList, officer: User) -> None:
    first, client = draft.topics.get(position=1), signed_in(officer)
    client.post(way_to(first), words_of_topic(1, "Су", "Вода"))

    answer = client.post(way_to(first, "remove/"), part(1))

    assert answer.status_code == 409
    assert "Вода" in answer.content.decode()
    assert len(titles(draft)) == 2


@pytest.mark.parametrize(
    ("place", "to", "order"), [(1, 3, "bca"), (3, 1, "cab"), (2, 1, "bac"), (1, 99, "bca")]
)
def test_a_topic_is_moved_and_places_stay_whole(
    draft: TopicList, officer: User, place: int, to: int, order: str
) -> None:
    topics.add_topics(topic_list=draft, drafts=[TopicDraft("c", "c")], by=officer, now=IN_TIME)
    names = dict(zip(draft.topics.order_by("position").values_list("pk", flat=True), "abc", strict=True))
    moved = draft.topics.get(position=place)
    client = signed_in(officer)

    for _twice in range(2):
        client.post(way_to(moved, "move/"), {"to": str(to)})

    left = list(draft.topics.order_by("position").values_list("pk", "position"))
    assert "".join(names[pk] for pk, _position in left) == order
    assert [position for _pk, position in left] == [1, 2, 3]
    assert acts().count("topic_list.move_topic") == 1


@pytest.mark.parametrize("to", ["", "-1", "9" * 40, "бір", "1\x00"])
def test_an_unreadable_place_moves_nothing(draft: TopicList, officer: User, to: str) -> None:
    before = titles(draft)
    assert signed_in(officer).post(way_to(draft.topics.first(), "move/"), {"to": to}).status_code == 302
    assert titles(draft) == before


def test_a_topic_without_a_word_and_one_too_many_are_refused(draft: TopicList, officer: User) -> None:
    client = signed_in(officer)
    assert client.post(way_to(None), words_of_topic(0, sector="water")).status_code == 422
    many = [TopicDraft(f"Су {number}") for number in range(TOPICS_LIMIT - 2)]
    topics.add_topics(topic_list=draft, drafts=many, by=officer, now=IN_TIME)
    assert acts()[-1] == "topic_list.add_topics"

    answer = client.post(way_to(None), words_of_topic(0, "Артық сөз"))

    assert answer.status_code == 422
    assert "Артық сөз" in answer.content.decode()
    assert len(titles(draft)) == TOPICS_LIMIT


def test_a_list_that_was_submitted_meanwhile_keeps_what_was_typed(draft: TopicList, officer: User) -> None:
    first = draft.topics.get(position=1)
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)
    client = signed_in(officer)

    answer = client.post(way_to(first), words_of_topic(1, "Су", "Сақталатын сөз"))

    assert answer.status_code == 422
    assert "Сақталатын сөз" in answer.content.decode()
    for address in ("", "topics/new/", f"topics/{first.pk}/", "analysis/", "answer/"):
        assert client.get(f"{OVERVIEW}{address}").headers["Location"] == LIST
    assert client.get(f"{LIST}submit/").headers["Location"] == LIST


@pytest.mark.parametrize("count", [1, 3, 60])
def test_the_overview_asks_the_same_number_of_questions_for_any_number_of_topics(
    draft: TopicList, officer: User, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    drafts = [TopicDraft(f"Су {n}", "Вода", ministry="ministry.water") for n in range(count)]
    topics.add_topics(topic_list=draft, drafts=drafts, by=officer, now=IN_TIME)
    client = signed_in(officer)
    client.get(OVERVIEW)

    with django_assert_max_num_queries(OVERVIEW_QUERIES):
        page = client.get(OVERVIEW).content.decode()

    assert page.count('<tr id="topic-') == count + 2


OVERVIEW_QUERIES = 11
