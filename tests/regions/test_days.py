"""The day table and the working days made of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from procedure.deadlines import Workdays as Protocol
from regions import workdays
from regions.models import Day
from regions.reference.load import load_reference

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 11, 23), True),  # Monday
        (date(2026, 11, 21), False),  # Saturday
        (date(2027, 1, 1), False),  # New Year
        (date(2027, 1, 4), False),  # in lieu of Saturday 2 January
        (date(2027, 1, 8), True),  # Friday, the day to aim at before Sunday 10 January
        (date(2027, 3, 15), False),  # Constitution Day, new date
        (date(2026, 8, 31), True),  # the old one
        (date(2027, 3, 24), False),  # in lieu of Sunday 21 March
        (date(2025, 1, 5), True),  # Sunday, worked for Friday 3 January
        (date(2025, 1, 3), False),
        (date(2040, 1, 1), False),  # beyond the table: Sunday
        (date(2040, 1, 2), True),  # beyond the table: Monday
    ],
)
def test_working_days(day: date, working: bool) -> None:
    assert workdays.current().is_working(day) is working


def test_one_query_for_any_number_of_days() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        days: Protocol = workdays.current()
        worked = sum(days.is_working(date(2027, 1, 1) + timedelta(days=n)) for n in range(365))
    assert len(queries) == 1
    assert worked == 247


def test_a_person_may_move_a_working_day() -> None:
    Day.objects.create(day=date(2027, 1, 9), kind="working", name_kk="x", name_ru="x", source="Resolution")
    assert workdays.current().is_working(date(2027, 1, 9))


def test_names_in_three_languages_and_estimates_are_marked() -> None:
    nauryz = Day.objects.get(pk=date(2027, 3, 22))
    assert (nauryz.name_kk, nauryz.name_ru, nauryz.name_en) == (
        "Наурыз мейрамы", "Наурыз мейрамы", "Nowruz Holiday",
    )  # fmt: skip
    kurban = Day.objects.get(pk=date(2027, 5, 16))
    assert (kurban.name_ru, kurban.name_en, kurban.estimated) == ("Курбан-айт", "Eid al-Adha", True)
    assert kurban.source.endswith(", estimated")
    assert Day.objects.get(pk=date(2027, 1, 4)).name_ru == "Новый год (перенос)"
    assert Day.objects.get(pk=date(2025, 1, 3)).name_ru == "Выходной день (перенесён с 05.01.2025)"
    latin = Day.objects.filter(name_ru__regex="[A-Za-z]")
    assert not latin.exists()
    assert set(Day.objects.dates("day", "year")) == {date(year, 1, 1) for year in range(2023, 2029)}


def test_seeded_days_follow_the_package_and_the_past_stays() -> None:
    seeded = {"kind": "day_off", "name_kk": "x", "name_ru": "x", "source": "holidays 0.1", "manual": False}
    Day.objects.create(day=date(2026, 1, 20), **seeded)
    Day.objects.create(day=date(2027, 1, 20), **seeded)
    Day.objects.filter(pk=date(2027, 7, 6)).update(name_ru="x")
    report = load_reference(now=NOW)
    assert (report.counts["days"]["changed"], report.counts["days"]["removed"]) == (1, 1)
    assert Day.objects.filter(pk=date(2026, 1, 20)).exists()
    assert not load_reference(now=NOW).changed
