"""What changed between two submissions of a list."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.list_changes import ADDED, CHANGED, MOVED, REMOVED, SAME, list_changes, word_changes
from procedure.topic_lists import TEXT_LIMIT, ListDraft, TopicDraft

WATER = TopicDraft("Ауыз су", "Питьевая вода", "Төрт ауыл", "Четыре села", key=1)
SCHOOL = TopicDraft("Мектеп", "Школа", key=2)
ROAD = TopicDraft("Жол", "Дорога", sector="roads", key=3)
NONE = {ADDED: 0, REMOVED: 0, CHANGED: 0, MOVED: 0, SAME: 0}


def kinds(before: list[TopicDraft], after: list[TopicDraft]) -> list[str]:
    return [one.kind for one in list_changes(ListDraft(before), ListDraft(after)).topics]


def test_topics_are_added_removed_changed_and_kept() -> None:
    changed = replace(WATER, text_ru="Пять сёл", urgency="urgent")

    found = list_changes(ListDraft([WATER, SCHOOL]), ListDraft([changed, ROAD]))

    assert [(one.kind, one.number_before, one.number_after) for one in found.topics] == [
        (CHANGED, 1, 1),
        (ADDED, None, 2),
        (REMOVED, 2, None),
    ]
    assert [(one.name, one.before, one.after) for one in found.topics[0].fields] == [
        ("text_ru", "Четыре села", "Пять сёл"),
        ("urgency", "ordinary", "urgent"),
    ]
    assert found.counts == NONE | {ADDED: 1, REMOVED: 1, CHANGED: 1}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ([ROAD, WATER, SCHOOL], [MOVED, SAME, SAME]),
        ([SCHOOL, ROAD, WATER], [SAME, SAME, MOVED]),
        ([SCHOOL, ROAD], [SAME, SAME, REMOVED]),
        ([TopicDraft("Жаңа", "Новое"), WATER, SCHOOL, ROAD], [ADDED, SAME, SAME, SAME]),
        ([], [REMOVED, REMOVED, REMOVED]),
    ],
)
def test_only_what_was_moved_counts_as_moved(after: list[TopicDraft], expected: list[str]) -> None:
    assert kinds([WATER, SCHOOL, ROAD], after) == expected


def test_a_topic_with_a_new_key_is_known_by_its_title() -> None:
    brought_in = [
        replace(WATER, key=77, title_ru="Вода"),
        replace(SCHOOL, key=None, title_kk="", text_kk="Ескі"),
    ]

    assert kinds([WATER, SCHOOL], brought_in) == [CHANGED, CHANGED]
    assert kinds([WATER, WATER], [WATER]) == [SAME, REMOVED]


def test_the_words_of_the_whole_list_are_compared() -> None:
    found = list_changes(ListDraft([WATER]), ListDraft([WATER], analysis_kk="Ахуал"))

    assert [(one.name, one.before, one.after) for one in found.fields] == [("analysis_kk", "", "Ахуал")]
    assert not found.is_nothing
    assert list_changes(ListDraft([WATER]), ListDraft([WATER])).is_nothing


def test_words_are_marked_in_reading_order() -> None:
    assert word_changes("Төрт ауылда су жоқ.", "Бес ауылда таза су жоқ.") == [
        (REMOVED, "Төрт "),
        (ADDED, "Бес "),
        (SAME, "ауылда "),
        (ADDED, "таза "),
        (SAME, "су жоқ."),
    ]
    assert word_changes("", "") == []
    assert word_changes("бір\nекі", "бір\nекі") == [(SAME, "бір\nекі")]


def test_long_texts_take_a_bounded_time() -> None:
    rewritten = "а " * (TEXT_LIMIT // 2), "а б " * (TEXT_LIMIT // 4)
    started = time.perf_counter()
    assert [kind for kind, _piece in word_changes(*rewritten)] == [SAME, REMOVED, ADDED]
    assert time.perf_counter() - started < 1


texts = st.text(alphabet="аб \n", max_size=12)
topics = st.builds(TopicDraft, texts, texts, texts, key=st.integers(1, 4) | st.none())
lists = st.builds(ListDraft, st.lists(topics, max_size=5), texts, texts, texts)


@given(texts, texts)
def test_both_texts_can_be_read_off_the_marks(before: str, after: str) -> None:
    pieces = word_changes(before, after)

    assert "".join(piece for kind, piece in pieces if kind != ADDED) == before
    assert "".join(piece for kind, piece in pieces if kind != REMOVED) == after
    assert all(piece for _kind, piece in pieces)


@given(lists, lists)
def test_every_topic_of_both_lists_is_named_once(before: ListDraft, after: ListDraft) -> None:
    found = list_changes(before, after)

    assert [one.after for one in found.topics if one.after] == list(after.topics)
    numbers = [one.number_before for one in found.topics if one.number_before]
    assert sorted(numbers) == list(range(1, len(before.topics) + 1))
    kept = [one.number_before for one in found.topics if one.before and one.after and not one.moved]
    assert kept == sorted(kept, key=lambda number: number or 0)
    for one in found.topics:
        if one.before and one.after:
            for field in one.fields:
                assert (field.before, field.after) == (
                    getattr(one.before, field.name),
                    getattr(one.after, field.name),
                )


@given(lists, lists)
def test_looked_at_the_other_way_round_added_is_removed(before: ListDraft, after: ListDraft) -> None:
    there, back = list_changes(before, after).counts, list_changes(after, before).counts

    assert (there[ADDED], there[REMOVED]) == (back[REMOVED], back[ADDED])
    assert list_changes(before, before).is_nothing
