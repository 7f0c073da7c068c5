"""What must be known of a hall, and when it can be closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from procedure.halls import HallDraft, problems_of_hall, problems_to_close
from procedure.proposed_meetings import Place

HALL = HallDraft("Мәдениет үйі", "Дом культуры", "Абай, 1", "Абая, 1", 200, "191010000")
HERE = Place("191010000", "190000000", is_for_meetings=True)


def found(draft: HallDraft, place: Place | None = HERE) -> list[tuple[str, str]]:
    return [(one.code, one.field) for one in problems_of_hall(draft, place, "190000000")]


def test_a_whole_hall_can_be_registered() -> None:
    assert found(HALL) == []
    assert found(replace(HALL, capacity=1)) == []


@pytest.mark.parametrize("name", ["name_kk", "name_ru", "address_kk", "address_ru"])
def test_each_text_is_needed_in_both_languages(name: str) -> None:
    assert found(replace(HALL, **{name: " "})) == [("hall_text_missing", name)]


@pytest.mark.parametrize("seats", [0, -1, 100_001])
def test_a_hall_has_seats(seats: int) -> None:
    assert found(replace(HALL, capacity=seats)) == [("out_of_range", "capacity")]


def test_a_hall_stands_where_meetings_of_its_region_are_held() -> None:
    assert found(HALL, None) == [("unknown_place", "place")]
    assert found(HALL, replace(HERE, region="550000000")) == [("place_of_another_region", "place")]
    assert found(HALL, replace(HERE, is_for_meetings=False)) == [("nobody_lives_there", "place")]


def test_a_hall_is_closed_from_today_on() -> None:
    today = date(2026, 11, 25)
    assert problems_to_close(today, today) == []
    (problem,) = problems_to_close(date(2026, 11, 24), today)
    assert (problem.code, problem.field) == ("hall_closes_in_the_past", "last_day")
