"""Half-years and quarters (procedure, section 2)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.half_years import FIRST_YEAR, LAST_YEAR, HalfYear, Quarter

DAYS = st.dates(min_value=date(FIRST_YEAR, 1, 1), max_value=date(LAST_YEAR, 12, 31))


@pytest.mark.parametrize(
    ("code", "first", "last", "before", "after"),
    [
        ("2027-H1", date(2027, 1, 1), date(2027, 6, 30), "2026-H2", "2027-H2"),
        ("2027-H2", date(2027, 7, 1), date(2027, 12, 31), "2027-H1", "2028-H1"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "2023-H2", "2024-H2"),
        ("2000-H2", date(2000, 7, 1), date(2000, 12, 31), "2000-H1", "2001-H1"),
    ],
)
def test_half_year_has_its_days_and_neighbours(code, first, last, before, after):
    half_year = HalfYear.parse(code)
    assert (half_year.code, str(half_year)) == (code, code)
    assert (half_year.first_day, half_year.last_day) == (first, last)
    assert (half_year.previous.code, half_year.next.code) == (before, after)


@pytest.mark.parametrize(
    ("code", "first", "last", "after", "half_year"),
    [
        ("2027-Q1", date(2027, 1, 1), date(2027, 3, 31), "2027-Q2", "2027-H1"),
        ("2027-Q2", date(2027, 4, 1), date(2027, 6, 30), "2027-Q3", "2027-H1"),
        ("2027-Q3", date(2027, 7, 1), date(2027, 9, 30), "2027-Q4", "2027-H2"),
        ("2027-Q4", date(2027, 10, 1), date(2027, 12, 31), "2028-Q1", "2027-H2"),
    ],
)
def test_quarter_has_its_days_and_neighbours(code, first, last, after, half_year):
    quarter = Quarter.parse(code)
    assert (quarter.code, str(quarter)) == (code, code)
    assert (quarter.first_day, quarter.last_day) == (first, last)
    assert (quarter.next.code, quarter.half_year.code) == (after, half_year)


@pytest.mark.parametrize(
    ("text", "half_year", "quarter"),
    [
        ("2027-01-01", "2027-H1", "2027-Q1"),
        ("2024-02-29", "2024-H1", "2024-Q1"),
        ("2027-03-31", "2027-H1", "2027-Q1"),
        ("2027-04-01", "2027-H1", "2027-Q2"),
        ("2027-06-30", "2027-H1", "2027-Q2"),
        ("2027-07-01", "2027-H2", "2027-Q3"),
        ("2027-09-30", "2027-H2", "2027-Q3"),
        ("2027-10-01", "2027-H2", "2027-Q4"),
        ("2027-12-31", "2027-H2", "2027-Q4"),
    ],
)
def test_a_day_belongs_to_its_periods(text, half_year, quarter):
    assert HalfYear.of(date.fromisoformat(text)).code == half_year
    assert Quarter.of(date.fromisoformat(text)).code == quarter


@pytest.mark.parametrize(
    "code",
    [
        "",
        "2027",
        "2027-H0",
        "2027-H3",
        "2027-h1",
        "27-H1",
        "02027-H1",
        "2027-H1 ",
        "2027-H1\n",
        "٢٠٢٧-H1",
        "2027-Q1",
        "1899-H2",
        "3000-H1",
        "0000-H1",
        "2027-H1\x00",
        "H1-2027",
        "2027-H-1",
    ],
)
def test_what_is_not_a_half_year_is_refused(code):
    with pytest.raises(ValueError, match=r"half-year|year must"):
        HalfYear.parse(code)


@pytest.mark.parametrize("code", ["", "2027-Q0", "2027-Q5", "2027-H1", "2027-Q1\n", "1899-Q4", "3000-Q1"])
def test_what_is_not_a_quarter_is_refused(code):
    with pytest.raises(ValueError, match=r"quarter|year must"):
        Quarter.parse(code)


@pytest.mark.parametrize(("kind", "part"), [(HalfYear, 0), (HalfYear, 3), (Quarter, 0), (Quarter, 5)])
def test_a_part_of_the_year_that_does_not_exist_is_refused(kind, part):
    with pytest.raises(ValueError, match="part of the year"):
        kind(2027, part)


def test_the_first_and_the_last_year_are_allowed():
    assert HalfYear(FIRST_YEAR, 1).first_day == date(1900, 1, 1)
    assert HalfYear(LAST_YEAR, 2).last_day == date(2999, 12, 31)


def test_half_years_have_two_quarters_in_order():
    assert [quarter.code for quarter in HalfYear(2027, 1).quarters] == ["2027-Q1", "2027-Q2"]
    assert [quarter.code for quarter in HalfYear(2027, 2).quarters] == ["2027-Q3", "2027-Q4"]


@pytest.mark.parametrize(
    ("text", "held"),
    [("2026-12-31", False), ("2027-01-01", True), ("2027-06-30", True), ("2027-07-01", False)],
)
def test_a_half_year_holds_its_first_and_last_days(text, held):
    assert HalfYear(2027, 1).holds(date.fromisoformat(text)) is held


@given(DAYS)
def test_half_years_and_quarters_partition_the_calendar(day):
    half_year, quarter = HalfYear.of(day), Quarter.of(day)
    assert half_year.first_day <= quarter.first_day <= day <= quarter.last_day <= half_year.last_day
    assert quarter in half_year.quarters
    assert quarter.half_year == half_year
    assert HalfYear.parse(half_year.code) == half_year
    assert Quarter.parse(quarter.code) == quarter


@given(st.integers(FIRST_YEAR, LAST_YEAR - 1), st.integers(1, 2))
def test_neighbouring_half_years_touch_and_sort(year, half):
    half_year = HalfYear(year, half)
    assert half_year.next.first_day - half_year.last_day == timedelta(days=1)
    assert half_year.next.previous == half_year
    assert half_year < half_year.next
