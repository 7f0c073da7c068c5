"""Terms counted from an event: rounds, reviews, publication, announcements (procedure, section 2)."""

from datetime import timedelta

import pytest

from procedure.deadlines import (
    announcement_due,
    coordination_due,
    first_safe_day,
    publication_due,
    results_due,
    review_due,
    round_due,
    term_due,
)
from procedure.half_years import HalfYear
from procedure.moments import in_utc
from procedure.problems import Step
from tests.procedure.days import at, day, rules_with

# term, day of the event, last day, first instant that is late (in UTC)
TABLE = [
    ("topic_list_review", "2026-12-01", "2026-12-08", "2026-12-08T19:00:00+00:00"),
    ("topic_list_review", "2026-12-05", "2026-12-11", "2026-12-11T19:00:00+00:00"),
    ("topic_list_review", "2024-02-22", "2024-02-29", "2024-02-29T19:00:00+00:00"),
    ("topic_list_review", "2024-02-23", "2024-03-01", "2024-03-01T19:00:00+00:00"),
    ("topic_list_round", "2026-12-10", "2026-12-18", "2026-12-18T19:00:00+00:00"),
    ("coordination_answer", "2024-02-19", "2024-02-29", "2024-02-29T19:00:00+00:00"),
    ("coordination_answer", "2028-02-19", "2028-02-29", "2028-02-29T19:00:00+00:00"),
    ("coordination_answer", "2027-02-19", "2027-03-01", "2027-03-01T19:00:00+00:00"),
    ("calendar_submission_round", "2027-01-14", "2027-01-24", "2027-01-24T19:00:00+00:00"),
    ("publication", "2027-01-15", "2027-01-18", "2027-01-18T19:00:00+00:00"),
    ("announcement", "2027-02-01", "2027-01-22", "2027-01-22T19:00:00+00:00"),
    ("report", "2027-02-01", "2027-02-11", "2027-02-11T19:00:00+00:00"),
    ("answers", "2024-02-20", "2024-03-01", "2024-03-01T19:00:00+00:00"),
    ("ground_document", "2027-03-19", "2027-03-29", "2027-03-29T19:00:00+00:00"),
    ("materials", "2027-01-13", "2027-01-08", "2027-01-08T19:00:00+00:00"),
]


@pytest.mark.parametrize(("term", "event", "last_day", "late_from"), TABLE)
def test_each_side_of_every_term(term, event, last_day, late_from, rules, workdays, process_zone):
    due = term_due(term, term, day(event), rules, workdays)
    assert due.last_day == day(last_day)
    assert in_utc(due.due) == at(late_from)
    assert [
        due.is_late(at(late_from) + distance)
        for distance in (
            timedelta(seconds=-1),
            timedelta(microseconds=-1),
            timedelta(0),
            timedelta(microseconds=1),
            timedelta(seconds=1),
        )
    ] == [False, False, True, True, True]


def test_the_hour_that_came_twice_is_in_time_both_times(rules, workdays):
    """29 February 2024 had 25 hours in Almaty: 23:30 came with UTC+6 and again with UTC+5."""
    due = coordination_due(day("2024-02-19"), rules, workdays)
    assert not due.is_late(at("2024-02-29T23:30:00+06:00"))
    assert not due.is_late(at("2024-02-29T23:30:00+05:00"))
    assert due.is_late(at("2024-03-01T00:00:00+05:00"))
    assert not due.is_late(at("2024-03-01T00:00:00+06:00"))


@pytest.mark.parametrize(
    ("make", "kind", "last_day", "half_year"),
    [
        (lambda r, w: round_due("topic_list", day("2026-12-10"), r, w), "topic_list", "2026-12-18", None),
        (
            lambda r, w: round_due("calendar_submission", day("2027-01-14"), r, w, HalfYear(2027, 1)),
            "calendar_submission",
            "2027-01-24",
            HalfYear(2027, 1),
        ),
        (lambda r, w: review_due(day("2026-12-01"), r, w), "topic_list_review", "2026-12-08", None),
        (lambda r, w: coordination_due(day("2026-12-14"), r, w), "coordination_answer", "2026-12-24", None),
        (lambda r, w: publication_due(day("2027-01-14"), r, w), "publication", "2027-01-15", None),
        (
            lambda r, w: announcement_due(day("2027-07-05"), r, w),
            "announcement",
            "2027-06-25",
            HalfYear(2027, 2),
        ),
        (
            lambda r, w: results_due("report", day("2027-06-25"), r, w),
            "report",
            "2027-07-05",
            HalfYear(2027, 1),
        ),
        (
            lambda r, w: results_due("answers", day("2027-06-25"), r, w),
            "answers",
            "2027-07-05",
            HalfYear(2027, 1),
        ),
    ],
)
def test_named_terms_take_their_entry_of_the_rule_set(make, kind, last_day, half_year, rules, workdays):
    due = make(rules, workdays)
    assert (due.kind, due.last_day, due.half_year) == (kind, day(last_day), half_year)
    assert due.mark == "decided"


def test_a_round_keeps_the_clause_of_rounds(rules, workdays):
    due = round_due("topic_list", day("2026-12-10"), rules, workdays)
    assert due.clause == rules.terms["topic_list_round"].clause


def test_a_term_in_working_days_names_the_days_it_left_out(rules, workdays):
    due = term_due("ground_document", "ground_document", day("2027-03-19"), rules, workdays)
    start, end = day("2027-03-19"), day("2027-03-29")
    off = tuple(day(f"2027-03-{number}") for number in (20, 21, 22, 23, 24, 27, 28))
    assert due.steps == (
        Step("counted", {"days": 3, "unit": "working_days", "from": start, "to": end}),
        Step("days_off_left_out", {"from": day("2027-03-20"), "to": end, "days_off": off}),
        Step("last_day", {"day": end}),
        Step("late_from", {"moment": at("2027-03-30T00:00:00+05:00")}),
    )


def test_a_term_before_its_event_is_counted_back(rules, workdays):
    due = term_due("materials", "materials", day("2027-01-13"), rules, workdays)
    off = (day("2027-01-09"), day("2027-01-10"))
    assert due.steps[0].code == "counted_back"
    params = {"from": day("2027-01-12"), "to": day("2027-01-08"), "days_off": off}
    assert due.steps[1] == Step("days_off_left_out", params)


def test_a_term_in_calendar_days_ends_on_a_day_off_and_aims_before_it(rules, workdays):
    due = round_due("calendar_submission", day("2027-01-14"), rules, workdays)
    assert (due.last_day, due.aim_day) == (day("2027-01-24"), day("2027-01-22"))
    assert [step.code for step in due.steps] == ["counted", "last_day", "aim_before_day_off", "late_from"]


def test_days_and_unit_of_a_term_are_settings(workdays):
    old = '[terms.topic_list_review]\ndays = 5\nunit = "working_days"'
    new = '[terms.topic_list_review]\ndays = 2\nunit = "calendar_days"'
    due = review_due(day("2026-12-04"), rules_with((old, new)), workdays)
    assert (due.last_day, due.aim_day) == (day("2026-12-06"), day("2026-12-04"))


@pytest.mark.parametrize(
    ("half_year", "safe"),
    [
        # 10 Jan, session on the 13th, published on the 14th, announced ten days ahead
        ("2027-H1", "2027-01-24"),
        # 10 Jul is a Saturday: Mon, Tue, Wed; published on Thursday the 15th
        ("2027-H2", "2027-07-25"),
    ],
)
def test_the_first_safe_day_adds_every_step_up(half_year, safe, rules, workdays):
    found, steps = first_safe_day(HalfYear.parse(half_year), rules, workdays)
    assert found == day(safe)
    assert [step.params["days"] for step in steps if step.code == "counted"] == [3, 1, 10]


# kind, half-year, day of the return, last day of the round: the later of the round's own and the first term
RETURNS = [
    ("topic_list", HalfYear(2027, 1), "2026-09-01", "2026-12-01"),
    ("topic_list", HalfYear(2027, 1), "2026-11-23", "2026-12-01"),
    ("topic_list", HalfYear(2027, 1), "2026-11-24", "2026-12-01"),
    ("topic_list", HalfYear(2027, 1), "2026-11-25", "2026-12-02"),
    ("topic_list", HalfYear(2027, 1), "2026-12-10", "2026-12-18"),
    ("calendar_submission", HalfYear(2027, 1), "2026-12-20", "2027-01-10"),
    ("calendar_submission", HalfYear(2027, 1), "2027-01-14", "2027-01-24"),
]


@pytest.mark.parametrize(("kind", "half_year", "returned", "last_day"), RETURNS)
def test_a_return_takes_no_time_away(
    kind: str, half_year: HalfYear, returned: str, last_day: str, rules, workdays
) -> None:
    due = round_due(kind, day(returned), rules, workdays, half_year)
    own = round_due(kind, day(returned), rules, workdays)

    assert due.last_day == day(last_day)
    assert due.last_day >= own.last_day
    assert due.aim_day <= due.last_day
    stands = "first_term_is_later" in [step.code for step in due.steps]
    assert stands is (due.last_day > own.last_day)
    assert [step.params["day"] for step in due.steps if step.code == "last_day"] == [due.last_day]
    assert due.steps[0].code == "counted"
