"""What the authorised body says about a list, and what the akimat answers (procedure, section 2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from procedure.moments import day_of
from procedure.problems import Problem
from procedure.topic_lists import is_blank

# Why a topic may be left out; "other" must be explained in words.
REASONS = ("repeats", "local", "solved", "single_case", "later", "other")


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


@dataclass(frozen=True)
class LeftOut:
    """A topic that does not go into the calendar: its key, its place in the list from 1, and why."""

    key: int
    number: int
    reason: str
    words: str = ""


def problems_to_reopen(calendar_submitted_at: datetime | None) -> list[Problem]:
    """What keeps an accepted list from being reopened: its calendar lies with the commission.

    Procedure, section 2, rounds. `calendar_submitted_at` is the aware instant of that submission, None
    as long as there was none.
    """
    if calendar_submitted_at is None:
        return []
    return [Problem("calendar_with_commission", {"day": day_of(calendar_submitted_at)})]


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


def problems_to_leave_out(left_out: Sequence[LeftOut], topics: int) -> list[Problem]:
    """What keeps a list of so many topics from being accepted without these ones.

    Procedure, section 6: a topic is left out with a recorded reason only. A list of which nothing would
    remain is returned, not accepted. Fields are named as in forms: "leave.7", "words.7" for the topic 7.
    """
    problems = []
    for one in left_out:
        params = {"number": one.number}
        if one.reason not in REASONS:
            problems.append(Problem("left_out_without_reason", params, f"leave.{one.key}"))
        elif one.reason == "other" and is_blank(one.words):
            problems.append(Problem("left_out_without_words", params, f"words.{one.key}"))
    if left_out and len(left_out) >= topics:
        problems.append(Problem("all_left_out"))
    return problems
