"""Finding a place by any spelling of its name, and telling places of one name apart."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from regions.models import Territory
from regions.places import MOST, PlacePicker, find_places, place_option

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
DAY = date(2026, 11, 23)


def names(text: str, region: str = "") -> list[str]:
    with override("ru"):
        return [one.name for one in find_places(text, region=region, on=DAY, language="ru").options]


@pytest.mark.parametrize("typed", ["Орал", "уральск", "УРАЛЬСК", "Орал қаласы"])
def test_a_town_is_found_by_any_of_its_names(typed: str) -> None:
    assert any("Уральск" in name for name in names(typed, "270000000"))


def test_only_places_where_meetings_can_be_held_in_the_region_asked_for() -> None:
    found = find_places("а", region="190000000", on=DAY, language="kk")
    rows = Territory.objects.filter(pk__in=[one.code for one in found.options])

    assert len(found.options) == MOST
    assert found.more
    assert all(row.selectable and row.region_id == "190000000" for row in rows)
    assert names("астана", "710000000")
    assert not names("астана", "190000000")


def test_an_equal_name_comes_first() -> None:
    assert names("абай")[0] in ("город Абай", "село Абай")
    many = names("орта")
    assert len(set(many)) > 1, many  # behind the equal ones, what only begins with the word or contains it
    assert names("") == names("   ") == names("«»") == []


def test_places_of_one_name_show_district_and_code() -> None:
    found = find_places("абай", region="", on=DAY, language="ru").options
    alike = [one for one in found if one.repeats]

    assert all(one.within for one in found)
    for one in alike:
        assert [other for other in found if (other.name, other.within) == (one.name, one.within)] != [one]


def test_a_search_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        find_places("ақ", region="190000000", on=DAY, language="kk")


def test_the_chosen_place_comes_first_and_once() -> None:
    chosen = find_places("қонаев", region="190000000", on=DAY, language="kk").options[0]
    asked = {"name": "place", "typed": "қонаев", "region": "190000000", "on": DAY, "language": "kk"}

    picker = PlacePicker(code=chosen.code, searched=True, **asked)

    assert picker.chosen == place_option(chosen.code)
    assert chosen.code not in {one.code for one in picker.found}
    assert PlacePicker(code="999999999", **asked).chosen is None
