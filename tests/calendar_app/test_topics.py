"""Topics of a list: identity, facts, and what they may name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.db import transaction

from accounts.models import User
from base.errors import Refused
from calendar_app.models import Topic, TopicList
from calendar_app.transitions import reviews, topic_lists
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD

pytestmark = pytest.mark.django_db


def fresh(topic_list: TopicList) -> TopicList:
    return TopicList.objects.select_related("akimat", "rule_set").get(pk=topic_list.pk)


def test_topics_keep_their_identity_and_facts(draft: TopicList, officer: User) -> None:
    first, second = draft.topics.order_by("position")
    facts = {"sector": "water", "ministry": "ministry.water", "district": "196800000", "urgency": "urgent"}
    changed = [
        replace(second.as_draft(), title_ru="Новая школа"),
        replace(first.as_draft(), evidence="Хат № 5", **facts),
        TopicDraft("Жол", "Дорога"),
    ]

    topic_lists.save_draft(
        topic_list=draft,
        draft=ListDraft(changed, analysis_kk="Ахуал"),
        by=officer,
        now=IN_TIME,
        version=draft.version,
    )

    saved = list(draft.topics.order_by("position"))
    assert [topic.pk for topic in saved[:2]] == [second.pk, first.pk]
    assert saved[0].title_ru == "Новая школа"
    assert {name: getattr(saved[1].as_draft(), name) for name in facts} == facts
    assert fresh(draft).analysis_kk == "Ахуал"


def test_a_topic_of_another_list_is_not_taken_over(draft: TopicList, officer: User, neighbour: User) -> None:
    theirs = topic_lists.start(
        akimat=Body.objects.get(code="akimat.33"), half_year=PERIOD, by=neighbour, now=IN_TIME
    )
    foreign = draft.topics.first()
    assert foreign is not None

    topic_lists.save_draft(
        topic_list=theirs,
        draft=ListDraft([replace(foreign.as_draft(), title_ru="Чужое")]),
        by=neighbour,
        now=IN_TIME,
        version=1,
    )

    assert Topic.objects.get(pk=foreign.pk).title_ru == foreign.title_ru
    assert theirs.topics.get().pk != foreign.pk


@pytest.mark.parametrize(
    ("fact", "code"),
    [
        ({"district": "552200000"}, "district_of_another_region"),
        ({"ministry": "akimat.33"}, "not_a_ministry"),
    ],
)
def test_a_topic_names_nothing_foreign(
    draft: TopicList, officer: User, fact: dict[str, str], code: str
) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.save_draft(
            topic_list=draft,
            draft=ListDraft([TopicDraft("Су", "Вода", **fact)]),
            by=officer,
            now=IN_TIME,
            version=draft.version,
        )

    assert [problem.code for problem in refusal.value.problems] == [code]


def test_a_list_without_topics_needs_a_reason_only(officer: User, akimat: Body, authority: User) -> None:
    empty = topic_lists.start(akimat=akimat, half_year=PERIOD, by=officer, now=IN_TIME)
    reason = ListDraft(no_topics_reason_kk="Мәселе жоқ", no_topics_reason_ru="Вопросов нет")
    saved = topic_lists.save_draft(topic_list=empty, draft=reason, by=officer, now=IN_TIME, version=1)

    submission = topic_lists.submit(topic_list=saved, by=officer, now=IN_TIME, version=saved.version)

    assert json.loads(submission.snapshot)["no_topics_reason"]["ru"] == "Вопросов нет"
    lies = fresh(empty)
    reviews.accept(topic_list=lies, by=authority, now=IN_TIME, version=lies.version)
    assert fresh(empty).state == "accepted"
