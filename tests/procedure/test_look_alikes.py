"""What counts as nearly the same, and what joining makes of it."""

from __future__ import annotations

import itertools
import json
import time
from pathlib import Path

import pytest

from base.search import fold
from procedure.look_alikes import is_too_long, joined, look_alikes
from procedure.topic_lists import TEXT_LIMIT, TopicDraft

TOPICS = Path(__file__).resolve().parents[2] / "calendar_app" / "demonstration" / "topics.json"
PLACES = {
    "1": {"kk": "Талғар ауданы", "ru": "Талгарский район"},
    "2": {"kk": "Іле ауданы", "ru": "Илийский район"},
}

ALIKE = [
    (TopicDraft("Ауыз су сапасының төмендігі"), TopicDraft("ауыз су сапасынын томендиги")),
    (TopicDraft("", "Низкое качество питьевой воды"), TopicDraft("", "Качество питьевой воды низкое")),
    (TopicDraft("", "Ремонт дороги Талгар — Панфилово"), TopicDraft("", "Ремонт автодороги Талгар-Панфилово")),
    (TopicDraft("Мектептегі орын тапшылығы", "Нехватка мест"), TopicDraft("Мектептерде орын тапшылығы", "Школы")),
    (TopicDraft("Су", text_ru="Фильтры не менялись."), TopicDraft("", "Вода", text_ru="Фильтры не менялись")),
]  # fmt: skip
DIFFERENT = [
    (TopicDraft("Ауыз су сапасының төмендігі"), TopicDraft("Мектептегі орын тапшылығы")),
    (TopicDraft("", "Ремонт дороги"), TopicDraft("", "Ремонт школы в селе")),
    (TopicDraft("Су", "Вода", text_kk="Көрнекі мысал"), TopicDraft("Жол", "Дорога", text_kk="Көрнекі мысал")),
    (TopicDraft("Су", ""), TopicDraft("", "Вода")),
    (TopicDraft(evidence="бірдей"), TopicDraft(evidence="бірдей")),
]


def found(one: TopicDraft, other: TopicDraft) -> list[tuple[str, ...]]:
    return [group.members for group in look_alikes({"a": one}, {"b": other}, fold=fold)]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_nearly_the_same_is_found_either_way(one: TopicDraft, other: TopicDraft) -> None:
    assert found(one, other) == found(other, one) == [("a", "b")]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_topics_are_left_alone(one: TopicDraft, other: TopicDraft) -> None:
    assert found(one, other) == found(other, one) == []


def test_the_topics_of_the_demonstration_are_not_taken_for_one_another() -> None:
    """83 questions that regions really have: the threshold keeps them apart, and finds each one again."""
    known = [TopicDraft(one["text_kk"], one["text_ru"]) for one in json.loads(TOPICS.read_text())]
    pairs = itertools.combinations(known, 2)
    assert [(one, other) for one, other in pairs if one != other and found(one, other)] == []
    assert all(found(one, TopicDraft(one.title_kk.upper(), "")) for one in known)


def test_groups_have_one_known_topic_and_it_comes_first() -> None:
    water, school = TopicDraft("Ауыз су тапшы"), TopicDraft("Мектеп ескі")
    fresh = {
        "x": water,
        "y": TopicDraft("Жол нашар"),
        "z": TopicDraft("Ауыз су тапшы!"),
        "w": TopicDraft("Жол нашар."),
    }
    groups = look_alikes({"t1": water, "t2": school, "t3": water}, fresh, fold=fold)
    assert [group.members for group in groups] == [("t1", "x", "z"), ("y", "w")]
    assert groups[0].key == "t1+x+z"


def test_five_hundred_topics_are_compared_in_a_moment() -> None:
    many = {
        f"f{n}": TopicDraft(f"Ауылдық округ {n}: {n * 7919} жол жөндеу", f"Округ {n}: ремонт {n * 104729}")
        for n in range(500)
    }
    began = time.process_time()
    look_alikes({}, many, fold=fold)
    assert time.process_time() - began < 5


def test_joined_topics_keep_every_text_and_say_whose_it_is() -> None:
    one = TopicDraft("Су", "", "Төрт ауыл", "", "water", "1", "", "ordinary", "Хат", key=7)
    other = TopicDraft(
        "Су жоқ", "Вода", "Екі ауыл", "Два села", "housing", "2", "ministry.health", "urgent", "Хат"
    )
    assert joined([one, other], PLACES) == TopicDraft(
        "Су", "Вода", "Талғар ауданы: Төрт ауыл\nІле ауданы: Екі ауыл", "Илийский район: Два села",
        "water", "", "ministry.health", "urgent", "Хат", key=7,
    )  # fmt: skip


def test_topics_of_one_district_stay_there_and_repeat_nothing() -> None:
    one = TopicDraft("Су", text_kk="Төрт ауыл", district="1")
    assert joined([one, one], PLACES) == one


def test_a_joined_text_may_be_too_long() -> None:
    half = TopicDraft(text_kk="а" * (TEXT_LIMIT // 2))
    assert not is_too_long(half)
    assert is_too_long(joined([half, TopicDraft(text_kk="б" * (TEXT_LIMIT // 2))], {}))
