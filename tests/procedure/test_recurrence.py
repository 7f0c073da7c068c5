"""RFC 5545 rules that name one day in each period, and those that are refused."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.half_years import HalfYear, Quarter
from procedure.problems import Problem
from procedure.recurrence import RULE_LIMIT, day_in, period_days, problems_of_rule


@pytest.mark.parametrize(
    ("rule", "period"),
    [
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1", "previous_half_year"),
        ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10", "half_year"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=1", "quarter"),
        ("FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1", "half_year"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYDAY=-1FR", "half_year"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "quarter"),
        ("FREQ=YEARLY;BYMONTH=2,8;BYMONTHDAY=28", "half_year"),
        ("FREQ=YEARLY;BYMONTH=4,10;BYMONTHDAY=30", "half_year"),
    ],
)
def test_rules_with_one_day_in_each_period_are_good(rule, period):
    assert problems_of_rule(rule, period) == []


@pytest.mark.parametrize(
    ("rule", "problem"),
    [
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=31", Problem("impossible_date", {"day": 31, "month": 6})),
        ("FREQ=YEARLY;BYMONTH=2,8;BYMONTHDAY=29", Problem("impossible_date", {"day": 29, "month": 2})),
        ("FREQ=YEARLY;BYMONTH=2,8;BYMONTHDAY=-29", Problem("impossible_date", {"day": -29, "month": 2})),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=1", Problem("no_date_in_period", {"period": "2023-H2"})),
        ("FREQ=YEARLY;BYMONTH=6,12;BYDAY=5MO", Problem("no_date_in_period", {"period": "2023-H1"})),
        (
            "FREQ=YEARLY;BYMONTH=5,6,12;BYMONTHDAY=1",
            Problem("several_dates_in_period", {"period": "2023-H1"}),
        ),
        ("FREQ=DAILY;BYMONTH=6,12;BYMONTHDAY=1", Problem("rule_frequency")),
        ("FREQ=SECONDLY;BYMONTH=6,12;BYMONTHDAY=1", Problem("rule_frequency")),
        ("FREQ=YEARLY,MONTHLY;BYMONTH=6,12;BYMONTHDAY=1", Problem("rule_frequency")),
        ("BYMONTH=6,12;BYMONTHDAY=1", Problem("rule_frequency")),
        ("FREQ=YEARLY;BYMONTHDAY=1", Problem("rule_incomplete")),
        ("FREQ=YEARLY;BYMONTH=6,12", Problem("rule_incomplete")),
        ("FREQ=YEARLY;BYMONTH=6,13;BYMONTHDAY=1", Problem("rule_value", {"part": "BYMONTH", "value": "13"})),
        ("FREQ=YEARLY;BYMONTH=-6;BYMONTHDAY=1", Problem("rule_value", {"part": "BYMONTH", "value": "-6"})),
        (
            "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=0",
            Problem("rule_value", {"part": "BYMONTHDAY", "value": "0"}),
        ),
        (
            "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=٣",
            Problem("rule_value", {"part": "BYMONTHDAY", "value": "٣"}),
        ),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=", Problem("rule_not_readable", {})),
        ("FREQ=YEARLY;BYMONTH=6,12;BYDAY=XX", Problem("rule_value", {"part": "BYDAY", "value": "XX"})),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1;COUNT=2", Problem("rule_not_readable", {})),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1;INTERVAL=2", Problem("rule_not_readable", {})),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTH=6;BYMONTHDAY=1", Problem("rule_not_readable", {})),
        ("DTSTART:20270101\nRRULE:FREQ=YEARLY", Problem("rule_not_readable", {})),
        ("every first of June", Problem("rule_not_readable", {})),
        ("", Problem("rule_not_readable", {})),
        ("F" * (RULE_LIMIT + 1), Problem("rule_too_long", {"limit": RULE_LIMIT})),
    ],
)
def test_other_rules_are_refused_by_name(rule, problem):
    found = problems_of_rule(rule, "half_year")
    if problem.code == "rule_not_readable":
        problem = Problem("rule_not_readable", {"rule": rule})
    assert problem in found


def test_a_quarterly_rule_needs_every_quarter():
    found = problems_of_rule("FREQ=YEARLY;BYMONTH=3,6,9;BYMONTHDAY=1", "quarter")
    assert found == [Problem("no_date_in_period", {"period": "2023-Q4"})]


@given(st.text(alphabet="FREQ=YALMONTHBYDSP;,-+0123456789 WKUC:\n\x00", max_size=80))
def test_no_text_makes_the_check_raise_or_hang(text):
    started = time.perf_counter()
    for rule in (text, f"FREQ=YEARLY;{text}", f"FREQ=MONTHLY;BYMONTH=6,12;BYDAY={text}"):
        assert isinstance(problems_of_rule(rule, "half_year"), list)
    assert time.perf_counter() - started < 2


def test_the_day_of_a_period_is_found_at_its_edges():
    rule = "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1"
    assert day_in(rule, date(2026, 12, 1), date(2026, 12, 1)) == date(2026, 12, 1)
    assert day_in(rule, date(2026, 12, 2), date(2027, 5, 31)) is None


@pytest.mark.parametrize(
    ("period", "covered", "first", "last"),
    [
        ("previous_half_year", HalfYear(2027, 1), date(2026, 7, 1), date(2026, 12, 31)),
        ("half_year", HalfYear(2027, 1), date(2027, 1, 1), date(2027, 6, 30)),
        ("quarter", Quarter(2027, 1), date(2027, 1, 1), date(2027, 3, 31)),
    ],
)
def test_a_deadline_lies_in_the_period_of_its_kind(period, covered, first, last):
    assert period_days(period, covered) == (first, last)
