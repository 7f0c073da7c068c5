"""What an import makes of a list, and what a translator's sheet changes in it."""

from __future__ import annotations

import pytest

from procedure.imports import (
    Difference,
    SheetRow,
    differences,
    is_unchanged,
    mark_of,
    row_key,
    row_of_key,
    sorted_back,
    taking,
)
from procedure.look_alikes import Alike
from procedure.topic_lists import TEXT_LIMIT, TOPICS_LIMIT, TopicDraft

OLD = TopicDraft("Су", "Вода", "Төрт ауыл", key=1)
NEW, OTHER, THIRD = TopicDraft("Су!", text_kk="Бес ауыл"), TopicDraft("Су?"), TopicDraft("Жол")
KNOWN, FRESH = {"t1": OLD}, {"a": NEW, "b": OTHER, "c": THIRD}
GROUP = [Alike(("t1", "a", "b"))]
KEY = GROUP[0].key


def test_without_look_alikes_everything_is_added() -> None:
    assert list(taking(KNOWN, FRESH, [], {}, {}).added) == [NEW, OTHER, THIRD]


@pytest.mark.parametrize(
    ("decision", "added", "text"),
    [("all", [NEW, OTHER, THIRD], None), ("t1", [THIRD], None), ("join", [THIRD], "Төрт ауыл\nБес ауыл")],
)
def test_a_group_becomes_what_was_decided(decision: str, added: list[TopicDraft], text: str | None) -> None:
    found = taking(KNOWN, FRESH, GROUP, {KEY: decision}, {})
    assert (list(found.added), list(found.problems)) == (added, [])
    assert {key: draft.text_kk for key, draft in found.changed.items()} == ({"t1": text} if text else {})


def test_of_fresh_ones_any_can_be_kept_or_all_joined() -> None:
    group = [Alike(("a", "b"))]
    assert list(taking({}, FRESH, group, {"a+b": "b"}, {}).added) == [OTHER, THIRD]
    assert list(taking({}, FRESH, group, {"a+b": "join"}, {}).added) == [NEW, THIRD]


@pytest.mark.parametrize("decision", ["", "a", "b", "c", "nonsense"])
def test_what_is_undecided_or_would_give_up_a_known_topic_is_a_problem(decision: str) -> None:
    found = taking(KNOWN, FRESH, GROUP, {KEY: decision}, {})
    assert [(one.code, one.field) for one in found.problems] == [("look_alikes_undecided", f"same.{KEY}")]


def test_limits_hold() -> None:
    many = {str(number): THIRD for number in range(TOPICS_LIMIT)}
    assert taking({}, many, [], {}, {}).problems == []
    assert [one.code for one in taking(KNOWN, many, [], {}, {}).problems] == ["too_many_topics_with_import"]
    long = {"a": TopicDraft("Су", text_kk="a" * TEXT_LIMIT)}
    found = taking(KNOWN, long, [Alike(("t1", "a"))], {"t1+a": "join"}, {})
    assert [one.code for one in found.problems] == ["joined_too_long"]


CURRENT = {"T1.title": ("Су", ""), "T1.text": ("Төрт ауыл", "Четыре села"), "T2.title": ("Жол", "")}


def sheet(name: str, kk: str, ru: str) -> SheetRow:
    """A row as it left, with these texts now."""
    marks = tuple(mark_of(text) for text in CURRENT[name])
    return SheetRow(name, (marks[0], marks[1]), (kk, ru))


def test_a_key_leads_back_to_its_row() -> None:
    assert row_of_key(row_key("T1.title", "Су", ""), "Су", "Вода") == sheet("T1.title", "Су", "Вода")
    assert row_of_key("T1.title", "Су", "Вода") is None


def test_a_translation_is_a_difference_and_an_emptied_cell_is_none() -> None:
    rows = [sheet("T1.title", "Су", "Вода"), sheet("T1.text", "", ""), sheet("T2.title", "Жол", "")]
    assert differences(CURRENT, rows) == ([Difference("T1.title", "ru", "", "Вода", conflict=False)], [])


def test_a_text_that_changed_meanwhile_is_a_conflict_unless_it_says_the_same() -> None:
    rows = [sheet("T1.title", "Су", "Вода"), sheet("T1.text", "Төрт ауыл", "Три села")]
    now = CURRENT | {"T1.text": ("Төрт ауыл", "Пять сёл"), "T1.title": ("Су", "Вода")}
    assert differences(now, rows)[0] == [Difference("T1.text", "ru", "Пять сёл", "Три села", conflict=True)]


def test_rows_sorted_without_their_keys_find_back() -> None:
    kept = [sheet("T1.title", "Жол", "Дорога"), sheet("T2.title", "Су", "Вода")]
    assert [(row.name, row.texts[1]) for row in sorted_back(kept)] == [
        ("T2.title", "Дорога"),
        ("T1.title", "Вода"),
    ]
    assert [(one.name, one.after) for one in differences(CURRENT, kept)[0]] == [
        ("T2.title", "Дорога"),
        ("T1.title", "Вода"),
    ]


def test_whole_rows_sorted_stay_what_they_are() -> None:
    rows = [sheet("T2.title", "Жол", "Дорога"), sheet("T1.title", "Су", "Вода")]
    assert sorted_back(rows) == rows


def test_foreign_and_doubled_texts_are_problems() -> None:
    stranger = SheetRow("T9.title", ("-", "-"), ("", "x"))
    twice = [sheet("T1.title", "Су", "Вода"), sheet("T1.title", "Су", "Воды")]
    codes = {one.code for one in differences(CURRENT, [stranger, *twice])[1]}
    assert codes == {"text_not_in_list", "text_named_twice"}


def test_texts_are_replaced_only_as_they_were_shown() -> None:
    one = Difference("T1.title", "ru", "Вода", "Воды", conflict=True)
    assert is_unchanged({one.key: mark_of("Вода")}, [one])
    assert not is_unchanged({one.key: mark_of("Вод")}, [one])
    assert not is_unchanged({}, [one])
