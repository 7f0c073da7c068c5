"""Comments of the authorised body and answers to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.reviews import Remark, problems_to_answer, problems_to_open_round

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
