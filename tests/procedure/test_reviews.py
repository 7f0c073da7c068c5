"""Comments of the authorised body and answers to them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.problems import Problem
from procedure.reviews import (
    REASONS,
    LeftOut,
    Remark,
    problems_to_answer,
    problems_to_leave_out,
    problems_to_open_round,
    problems_to_reopen,
)
from procedure.topic_lists import ListDraft, TopicDraft, problems_to_accept

BLANKS = ["", "  ", "\n", "\u200b"]
words = st.sampled_from([*BLANKS, "Нақтылаңыз", "Уточните"])


@pytest.mark.parametrize(
    ("comment", "on_topics", "enough"),
    [
        ("Нақтылаңыз", [], True),
        ("", ["", "Қай ауыл?"], True),
        ("Нақтылаңыз", ["Қай ауыл?"], True),
        ("", [], False),
        ("  ", ["", "\n"], False),
    ],
)
def test_a_round_begins_with_a_comment_of_either_kind(
    comment: str, on_topics: list[str], enough: bool
) -> None:
    problems = problems_to_open_round(comment, on_topics)

    assert [(one.code, one.field) for one in problems] == (
        [] if enough else [("comment_required", "comment")]
    )


def test_an_accepted_list_is_reopened_until_its_calendar_is_submitted() -> None:
    assert problems_to_reopen(None) == []

    (problem,) = problems_to_reopen(datetime(2027, 1, 9, 19, 0, tzinfo=UTC))
    assert (problem.code, problem.params["day"]) == ("calendar_with_commission", date(2027, 1, 10))


def test_each_comment_wants_its_answer() -> None:
    remarks = [
        Remark(7, 1, "Түзетілді"),
        Remark(8, 3, " "),
        Remark(9, None, "\u200b"),
        Remark(10, None, "Алынды"),
    ]

    problems = problems_to_answer("Жалпы", "", remarks)

    assert [(one.code, one.field, dict(one.params)) for one in problems] == [
        ("answer_required", "answer", {}),
        ("comment_unanswered", "answers.8", {"number": 3}),
        ("comment_on_removed_unanswered", "answers.9", {}),
    ]


def test_without_a_comment_on_the_whole_no_answer_to_it_is_asked() -> None:
    assert problems_to_answer("", "", [Remark(1, 1, "Түзетілді")]) == []


@given(words, st.lists(words), words, st.lists(st.tuples(st.integers(1, 9) | st.none(), words)))
def test_as_many_problems_as_comments_without_an_answer(
    comment: str, on_topics: list[str], answer: str, answers: list[tuple[int | None, str]]
) -> None:
    remarks = [Remark(key, number, text) for key, (number, text) in enumerate(answers)]
    silent = sum(text in BLANKS for _number, text in answers) + (comment not in BLANKS and answer in BLANKS)

    assert len(problems_to_answer(comment, answer, remarks)) == silent
    assert bool(problems_to_open_round(comment, on_topics)) == {comment, *on_topics}.issubset(BLANKS)


@pytest.mark.parametrize("reason", REASONS)
def test_a_topic_is_left_out_with_a_reason_only(reason: str) -> None:
    assert problems_to_leave_out([LeftOut(7, 2, reason, "Түсіндірме")], 3) == []
    without_words = [LeftOut(7, 2, reason, "\u200b")]
    expected = [Problem("left_out_without_words", {"number": 2}, "words.7")] if reason == "other" else []
    assert problems_to_leave_out(without_words, 3) == expected


@pytest.mark.parametrize("reason", ["", "because"])
def test_an_unknown_reason_is_none(reason: str) -> None:
    assert problems_to_leave_out([LeftOut(7, 2, reason, "Түсіндірме")], 3) == [
        Problem("left_out_without_reason", {"number": 2}, "leave.7")
    ]


@given(st.integers(0, 5), st.integers(0, 5))
def test_something_remains_of_an_accepted_list(count: int, topics: int) -> None:
    left_out = [LeftOut(number, number, "later") for number in range(1, count + 1)]

    found = [one.code for one in problems_to_leave_out(left_out, topics)]

    assert found == (["all_left_out"] if left_out and count >= topics else [])


def test_a_topic_that_is_left_out_may_lack_a_language() -> None:
    draft = ListDraft([TopicDraft("Су", "Вода"), TopicDraft("Жол")])

    assert problems_to_accept(draft, {2}) == []
    assert [one.field for one in problems_to_accept(draft)] == ["topics.1.title_ru"]
