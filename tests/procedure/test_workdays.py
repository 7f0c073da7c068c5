"""Counting working days (procedure, section 2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.workdays import count_working_days, days_off_between, working_day_from
from tests.procedure.days import WORKING_SATURDAYS, DayTable, NoWorkingDays, day


@pytest.mark.parametrize(
    ("start", "back", "ahead"),
    [
        ("2027-01-10", "2027-01-08", "2027-01-11"),  # Sunday
        ("2027-01-07", "2027-01-06", "2027-01-08"),  # Christmas, a Thursday
        ("2027-01-01", "2026-12-31", "2027-01-05"),  # New Year, weekend, moved day
        ("2027-03-22", "2027-03-19", "2027-03-25"),  # Nauryz after a weekend
        ("2027-01-08", "2027-01-08", "2027-01-08"),  # a working day itself
    ],
)
def test_the_nearest_working_day_either_way(start, back, ahead, workdays):
    assert working_day_from(day(start), workdays, direction=-1) == day(back)
    assert working_day_from(day(start), workdays, direction=1) == day(ahead)


@pytest.mark.parametrize(
    ("start", "days", "direction", "end"),
    [
        ("2026-12-01", 5, 1, "2026-12-08"),
        ("2026-12-05", 5, 1, "2026-12-11"),  # came on a Saturday
        ("2026-12-15", 1, 1, "2026-12-17"),  # over Independence Day
        ("2026-12-31", 1, 1, "2027-01-05"),
        ("2027-01-05", 3, -1, "2026-12-29"),
        ("2027-01-05", 0, 1, "2027-01-05"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start, days, direction, end, workdays):
    assert count_working_days(day(start), days, workdays, direction=direction) == day(end)


def test_a_swapped_saturday_counts():
    swapped = DayTable(swapped=WORKING_SATURDAYS)
    assert count_working_days(day("2027-07-09"), 1, swapped, direction=1) == day("2027-07-10")
    assert working_day_from(day("2027-07-11"), swapped, direction=-1) == day("2027-07-10")


def test_a_table_without_working_days_still_gives_an_answer():
    assert working_day_from(day("2027-01-10"), NoWorkingDays(), direction=-1) == day("2027-01-10")
    assert count_working_days(day("2027-01-10"), 3, NoWorkingDays(), direction=1) == day("2027-01-13")


def test_days_off_are_listed_with_both_ends(workdays):
    found = days_off_between(day("2027-01-07"), day("2027-01-10"), workdays)
    assert found == (day("2027-01-07"), day("2027-01-09"), day("2027-01-10"))
    assert days_off_between(day("2027-01-06"), day("2027-01-05"), workdays) == ()


@given(st.dates(min_value=day("2024-01-01"), max_value=day("2029-12-31")), st.integers(1, 30))
def test_counting_ahead_and_back_are_mirrors_on_working_days(start, days):
    table = DayTable()
    end = count_working_days(start, days, table, direction=1)
    assert table.is_working(end)
    assert end > start
    assert len(days_off_between(start, end, table)) + days == (end - start).days + (
        not table.is_working(start)
    )
    if table.is_working(start):
        assert count_working_days(end, days, table, direction=-1) == start
