"""Which duties exist, and how a duty stands at an instant (procedure, section 2)."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.deadlines import amendment_window, calendar_submission_due, topic_list_due
from procedure.half_years import HalfYear, Quarter
from procedure.obligations import DUE_SOON_DAYS, duties, duty_after_return, status, window_status
from tests.procedure.days import DayTable, at, day, rules_with

H1 = HalfYear(2027, 1)
PUBLISHED = "2027-01-14T16:00:00+05:00"


@pytest.fixture
def all_duties(rules, workdays):
    return duties(
        H1,
        rules,
        workdays,
        akimats=["akimat.19", "akimat.33"],
        ministries=["ministry.health", "ministry.water"],
    )


def test_a_half_year_has_these_duties(all_duties):
    assert [(duty.kind, duty.subject, duty.body) for duty in all_duties] == [
        ("topic_list", "2027-H1", "akimat.19"),
        ("topic_list", "2027-H1", "akimat.33"),
        ("calendar_submission", "2027-H1", "authority"),
        ("decision", "2027-H1", "commission"),
        ("publication", "2027-H1", "authority"),
        ("amendment_window", "2027-Q1", "ministry.health"),
        ("amendment_window", "2027-Q2", "ministry.health"),
        ("amendment_window", "2027-Q1", "ministry.water"),
        ("amendment_window", "2027-Q2", "ministry.water"),
    ]
    assert {(duty.half_year, duty.round) for duty in all_duties} == {(H1, 1)}


def test_duties_are_due_when_the_procedure_says(all_duties):
    last_days = [duty.due.last_day.isoformat() if duty.due else None for duty in all_duties[1:7]]
    assert last_days == ["2026-12-01", "2027-01-10", None, None, "2027-03-01", "2027-06-01"]
    assert [duty.window is not None for duty in all_duties[3:6]] == [False, False, True]


def test_a_publication_is_due_once_the_calendar_is_approved(rules, workdays):
    found = duties(H1, rules, workdays, akimats=[], approved_on=day("2027-01-15"))
    [publication] = [duty for duty in found if duty.kind == "publication"]
    assert (publication.due.last_day, publication.due.half_year) == (day("2027-01-18"), H1)


def test_windows_apply_once_a_version_is_in_force(rules, workdays):
    found = duties(
        H1, rules, workdays, akimats=[], ministries=["ministry.health"], published_at=at(PUBLISHED)
    )
    assert [duty.window.applicable for duty in found if duty.window] == [True, True]


def test_one_day_may_carry_two_duties_that_stay_apart(rules, workdays):
    lists = duties(HalfYear(2027, 2), rules, workdays, akimats=["akimat.19"])
    windows = duties(H1, rules, workdays, akimats=[], ministries=["ministry.health"])
    same_day = [duty for duty in lists + windows if duty.due and duty.due.last_day == day("2027-06-01")]
    assert [(duty.kind, duty.subject) for duty in same_day] == [
        ("topic_list", "2027-H2"),
        ("amendment_window", "2027-Q2"),
    ]


def test_a_return_opens_a_round_with_its_own_term(all_duties, rules, workdays):
    second = duty_after_return(all_duties[0], day("2026-12-10"), rules, workdays)
    third = duty_after_return(second, day("2026-12-21"), rules, workdays)
    assert (second.kind, second.subject, second.body, second.round) == (
        "topic_list",
        "2027-H1",
        "akimat.19",
        2,
    )
    assert (second.due.last_day, second.due.half_year) == (day("2026-12-18"), H1)
    assert (third.round, third.due.last_day) == (3, day("2026-12-28"))
    calendar = duty_after_return(all_duties[2], day("2027-01-14"), rules, workdays)
    assert calendar.due.last_day == day("2027-01-24")


# Last day 1 Dec 2026, shown as due soon from 17 Nov.
@pytest.mark.parametrize(
    ("moment", "done_at", "expected"),
    [
        ("2026-07-01T00:00:00+05:00", None, "upcoming"),
        ("2026-11-16T23:59:59.999999+05:00", None, "upcoming"),
        ("2026-11-17T00:00:00+05:00", None, "due_soon"),
        ("2026-12-01T23:59:59.999999+05:00", None, "due_soon"),
        ("2026-12-02T00:00:00+05:00", None, "overdue"),
        ("2026-12-02T00:00:00+05:00", "2026-12-01T23:59:59.999999+05:00", "met"),
        ("2026-12-02T00:00:00+05:00", "2026-12-02T00:00:00+05:00", "late"),
        ("2026-12-05T00:00:00+05:00", "2026-12-04T00:00:00+05:00", "late"),
        # what happens later is not known yet
        ("2026-11-20T00:00:00+05:00", "2026-11-20T00:00:00.000001+05:00", "due_soon"),
        ("2026-12-03T00:00:00+05:00", "2026-12-04T00:00:00+05:00", "overdue"),
        ("2026-11-20T00:00:00+05:00", "2026-11-20T00:00:00+05:00", "met"),
    ],
)
def test_how_a_duty_stands(moment, done_at, expected, rules, workdays, process_zone):
    due = topic_list_due(H1, rules, workdays)
    assert status(due, at(moment), done_at=at(done_at) if done_at else None) == expected


def test_what_can_no_longer_be_done_is_missed_unless_it_was_done(rules, workdays):
    due, moment = topic_list_due(H1, rules, workdays), at("2027-02-01T00:00:00+05:00")
    assert status(due, moment, possible=False) == "missed"
    assert status(due, moment, done_at=at("2026-12-20T00:00:00+05:00"), possible=False) == "late"
    assert status(due, moment, applicable=False, possible=False) == "not_applicable"


def test_a_duty_without_a_term_waits_and_is_met():
    moment = at("2027-01-20T00:00:00+05:00")
    assert status(None, moment) == "upcoming"
    assert status(None, moment, done_at=at("2027-01-19T00:00:00+05:00")) == "met"
    assert status(None, moment, done_at=at("2027-01-21T00:00:00+05:00")) == "upcoming"
    assert status(None, moment, possible=False) == "missed"


@pytest.mark.parametrize(
    ("moment", "used_at", "expected"),
    [
        ("2027-01-10T00:00:00+05:00", None, "upcoming"),
        ("2027-01-14T16:00:00+05:00", None, "open"),
        ("2027-03-01T23:59:59.999999+05:00", None, "open"),
        ("2027-03-02T00:00:00+05:00", None, "closed"),
        ("2027-02-02T00:00:00+05:00", "2027-02-01T00:00:00+05:00", "used"),
        ("2027-03-05T00:00:00+05:00", "2027-02-01T00:00:00+05:00", "used"),
        ("2027-02-01T00:00:00+05:00", "2027-02-01T00:00:00+05:00", "used"),
        ("2027-01-20T00:00:00+05:00", "2027-02-01T00:00:00+05:00", "open"),
        # a late proposal does not use the window it missed
        ("2027-03-05T00:00:00+05:00", "2027-03-04T00:00:00+05:00", "closed"),
    ],
)
def test_how_a_window_stands(moment, used_at, expected, rules, workdays):
    window = amendment_window(Quarter(2027, 1), rules, workdays, at(PUBLISHED))
    assert window_status(window, at(moment), used_at=at(used_at) if used_at else None) == expected


def test_a_window_without_anything_in_force_does_not_apply(rules, workdays):
    window = amendment_window(Quarter(2027, 1), rules, workdays)
    assert window_status(window, at("2027-02-01T00:00:00+05:00")) == "not_applicable"


ORDER = ["upcoming", "due_soon", "overdue"]


@given(st.integers(-40, 40), st.integers(0, 10))
def test_an_open_duty_only_grows_more_urgent(days, later):
    due = calendar_submission_due(H1, rules_with(), DayTable())
    moment = due.due + timedelta(days=days)
    now, then = status(due, moment), status(due, moment + timedelta(days=later))
    assert ORDER.index(now) <= ORDER.index(then)
    assert (now == "due_soon") is (-DUE_SOON_DAYS - 1 <= days < 0)
