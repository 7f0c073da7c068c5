"""What a signed letter must say of itself before an act may rest on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from procedure.half_years import HalfYear
from procedure.moments import start_of_day
from procedure.signed_letters import LetterHead, preparation_begins, problems_of_letter

SINCE = start_of_day(date(2026, 7, 1))
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
HEAD = LetterHead("01-12/345", date(2026, 11, 20), "А. Тегі", "Облыс әкімінің орынбасары")
MOMENT = timedelta(microseconds=1)


def problems(**changes: Any) -> list[tuple[str, str]]:
    head = replace(HEAD, **changes)
    return [(one.code, one.field) for one in problems_of_letter(head, since=SINCE, now=NOW)]


def test_a_complete_letter_is_recorded() -> None:
    assert problems() == []
    assert problems(received_at=NOW) == []


@pytest.mark.parametrize("name", ["number", "signatory", "post"])
@pytest.mark.parametrize("blank", ["", "  ", "\u200b"])
def test_each_fact_is_asked(name: str, blank: str) -> None:
    assert problems(**{name: blank}) == [(f"letter_{name}_missing", name)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 6, 30), [("letter_dated_too_early", "day")]),
        (date(2026, 7, 1), []),
        (date(2026, 11, 23), []),
        (date(2026, 11, 24), [("letter_dated_ahead", "day")]),
        (date(26, 11, 20), [("letter_dated_too_early", "day")]),
        (date(9999, 12, 31), [("letter_dated_ahead", "day")]),
    ],
)
def test_a_letter_is_dated_between_the_preparation_and_today(
    day: date, expected: list[tuple[str, str]]
) -> None:
    assert problems(day=day) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (NOW + MOMENT, [("letter_received_ahead", "received_at")]),
        (NOW, []),
        (start_of_day(HEAD.day), []),
        (start_of_day(HEAD.day) - MOMENT, [("letter_received_before_its_day", "received_at")]),
        (SINCE - MOMENT, [("letter_received_too_early", "received_at")]),
    ],
)
def test_a_letter_comes_after_its_day_and_before_now(
    received: datetime, expected: list[tuple[str, str]]
) -> None:
    assert problems(received_at=received) == expected


def test_today_is_the_day_in_almaty() -> None:
    """At 20:00 UTC it is the next day in Almaty already."""
    evening = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)

    assert problems_of_letter(replace(HEAD, day=date(2026, 11, 24)), since=SINCE, now=evening) == []


def test_a_list_is_prepared_in_the_half_year_before_its_own() -> None:
    assert preparation_begins(HalfYear(2027, 1)) == date(2026, 7, 1)
    assert preparation_begins(HalfYear(2027, 2)) == date(2027, 1, 1)
