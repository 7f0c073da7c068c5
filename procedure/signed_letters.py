"""The signed letter on which an act of a body rests (procedure, section 1): what it must say of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from procedure.half_years import HalfYear
from procedure.moments import day_of, in_utc, start_of_day
from procedure.problems import Problem
from procedure.topic_lists import is_blank

NUMBER_LIMIT = 60
NAME_LIMIT = 200
FILE_LIMIT = 10 * 1024 * 1024


@dataclass(frozen=True)
class LetterHead:
    """What is recorded of a letter beside its file.

    number, day   under which it was registered by the body that signed it
    signatory     name of the person who signed; post: the person's post
    received_at   the aware instant at which the authorised body registered it; None for a covering letter
                  that the body itself records
    """

    number: str
    day: date
    signatory: str
    post: str
    received_at: datetime | None = None


def preparation_begins(half_year: HalfYear) -> date:
    """The first day on which a list for the half-year can be written: that of the half-year before it."""
    return half_year.previous.first_day


def problems_of_letter(head: LetterHead, *, since: datetime, now: datetime) -> list[Problem]:
    """What keeps a letter from being recorded at the aware instant `now`; fields as in forms.

    `since` is the aware instant before which no letter can belong to the act: the beginning of the
    preparation, or the return that opened the round. A letter may be dated on the day of `since` itself,
    and earlier than `since` is what lies before that day.
    """
    problems = []
    if is_blank(head.number):
        problems.append(Problem("letter_number_missing", field="number"))
    if is_blank(head.signatory):
        problems.append(Problem("letter_signatory_missing", field="signatory"))
    if is_blank(head.post):
        problems.append(Problem("letter_post_missing", field="post"))
    if head.day > day_of(now):
        problems.append(Problem("letter_dated_ahead", field="day"))
    elif head.day < day_of(since):
        problems.append(Problem("letter_dated_too_early", {"day": day_of(since)}, "day"))
    return problems + _problems_of_receipt(head, since=since, now=now)


def problems_to_object(by_letter: bool, objected: bool, words: str) -> list[Problem]:
    """What keeps an akimat from objecting to what was entered for it (section 1, by letter).

    by_letter: whether the authorised body entered it; objected: whether it was objected to already.
    """
    if not by_letter:
        return [Problem("nothing_to_object_to")]
    if objected:
        return [Problem("already_objected")]
    return [Problem("objection_words_missing", field="words")] if is_blank(words) else []


def problems_to_answer_objection(is_open: bool, words: str) -> list[Problem]:
    """What keeps the authorised body from answering an objection: there is none, or nothing is said."""
    if not is_open:
        return [Problem("no_open_objection")]
    return [Problem("objection_words_missing", field="words")] if is_blank(words) else []


def _problems_of_receipt(head: LetterHead, *, since: datetime, now: datetime) -> list[Problem]:
    received = head.received_at
    if received is None:
        return []
    if in_utc(received) > in_utc(now):
        return [Problem("letter_received_ahead", field="received_at")]
    if in_utc(received) < in_utc(since):
        return [Problem("letter_received_too_early", {"day": day_of(since)}, "received_at")]
    if in_utc(received) < in_utc(start_of_day(head.day)):
        return [Problem("letter_received_before_its_day", field="received_at")]
    return []
