"""What the authorised body says about a list, and what the akimat answers (procedure, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from procedure.problems import Problem
from procedure.topic_lists import is_blank


@dataclass(frozen=True)
class Remark:
    """A comment of the authorised body on one topic, as the akimat has answered it so far.

    key      the comment
    number   the place of its topic in the list as it stands, from 1; None once the topic was removed
    answer   what the akimat says to it; blank as long as nothing is said
    """

    key: int
    number: int | None
    answer: str = ""


def problems_to_open_round(comment: str, topic_comments: Iterable[str]) -> list[Problem]:
    """What keeps a list from being returned or reopened: it needs a comment on the whole or on a topic.

    Procedure, section 2, rounds: the akimat must know what to change.
    """
    if is_blank(comment) and all(is_blank(one) for one in topic_comments):
        return [Problem("comment_required", field="comment")]
    return []


def problems_to_answer(comment: str, answer: str, remarks: Sequence[Remark]) -> list[Problem]:
    """Comments of a round that the akimat has not answered: on the whole first, then topic by topic.

    Fields are named as in forms: "answer" for the whole, "answers.7" for the comment 7. The parameter
    `number` is the place of the topic now. An empty list means that everything is answered.
    """
    problems = []
    if not is_blank(comment) and is_blank(answer):
        problems.append(Problem("answer_required", field="answer"))
    for remark in remarks:
        field = f"answers.{remark.key}"
        if not is_blank(remark.answer):
            continue
        if remark.number:
            problems.append(Problem("comment_unanswered", {"number": remark.number}, field))
        else:
            problems.append(Problem("comment_on_removed_unanswered", field=field))
    return problems
