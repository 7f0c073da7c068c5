"""Amendment windows: opening, closing, the next one (procedure, section 3)."""

import pytest

from procedure.deadlines import amendment_window, next_amendment_window
from procedure.half_years import HalfYear, Quarter
from procedure.moments import in_utc
from tests.procedure.days import at

PUBLISHED = "2027-01-14T16:00:00+05:00"


@pytest.mark.parametrize(
    ("quarter", "published", "opens", "applicable"),
    [
        ("2027-Q1", PUBLISHED, PUBLISHED, True),
        ("2027-Q2", PUBLISHED, "2027-04-01T00:00:00+05:00", True),
        ("2027-Q1", "2026-12-30T10:00:00+05:00", "2027-01-01T00:00:00+05:00", True),
        ("2027-Q1", "2027-03-01T23:59:59.999999+05:00", "2027-03-01T23:59:59.999999+05:00", True),
        ("2027-Q1", "2027-03-02T00:00:00+05:00", "2027-03-02T00:00:00+05:00", False),
        ("2027-Q1", "2027-03-15T12:00:00+05:00", "2027-03-15T12:00:00+05:00", False),
        ("2027-Q1", "2026-12-31T19:00:00+00:00", "2027-01-01T00:00:00+05:00", True),
        ("2024-Q1", "2023-12-30T10:00:00+06:00", "2024-01-01T00:00:00+06:00", True),
    ],
)
def test_a_window_opens_with_the_quarter_or_with_publication(
    quarter, published, opens, applicable, rules, workdays, process_zone
):
    window = amendment_window(Quarter.parse(quarter), rules, workdays, at(published))
    assert in_utc(window.opens) == at(opens)
    assert window.applicable is applicable


def test_nothing_in_force_nothing_to_amend(rules, workdays):
    window = amendment_window(Quarter(2027, 1), rules, workdays)
    assert (window.opens, window.applicable) == (None, False)
    assert not window.is_open(at("2027-02-01T12:00:00+05:00"))


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2027-01-14T15:59:59.999999+05:00", False),
        ("2027-01-14T16:00:00+05:00", True),
        ("2027-03-01T23:59:59.999999+05:00", True),
        ("2027-03-01T18:59:59.999999+00:00", True),
        ("2027-03-02T00:00:00+05:00", False),
        ("2027-03-01T19:00:00+00:00", False),
    ],
)
def test_a_window_is_open_from_publication_to_its_date(moment, is_open, rules, workdays, process_zone):
    window = amendment_window(Quarter(2027, 1), rules, workdays, at(PUBLISHED))
    assert window.is_open(at(moment)) is is_open


def test_a_window_that_publication_missed_never_opens(rules, workdays):
    window = amendment_window(Quarter(2027, 1), rules, workdays, at("2027-03-10T00:00:00+05:00"))
    assert not window.is_open(at("2027-03-10T00:00:00+05:00"))
    assert not window.is_open(at("2027-03-20T00:00:00+05:00"))


@pytest.mark.parametrize(
    ("moment", "quarter"),
    [
        ("2027-01-10T12:00:00+05:00", "2027-Q1"),
        ("2027-03-01T23:59:59.999999+05:00", "2027-Q1"),
        ("2027-03-02T00:00:00+05:00", "2027-Q2"),
        ("2027-05-01T12:00:00+05:00", "2027-Q2"),
        ("2027-06-01T23:59:59.999999+05:00", "2027-Q2"),
        ("2027-06-02T00:00:00+05:00", None),
    ],
)
def test_after_one_window_comes_the_next_until_the_last(moment, quarter, rules, workdays):
    window = next_amendment_window(at(moment), HalfYear(2027, 1), rules, workdays, at(PUBLISHED))
    assert (window.quarter.code if window else None) == quarter


def test_publication_after_the_first_window_leads_to_the_second(rules, workdays):
    published = at("2027-03-10T00:00:00+05:00")
    window = next_amendment_window(
        at("2027-02-01T00:00:00+05:00"), HalfYear(2027, 1), rules, workdays, published
    )
    assert window.quarter.code == "2027-Q2"


def test_without_a_version_in_force_there_is_no_next_window(rules, workdays):
    assert next_amendment_window(at("2027-01-02T00:00:00+05:00"), HalfYear(2027, 1), rules, workdays) is None
