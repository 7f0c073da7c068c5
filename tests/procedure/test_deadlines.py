"""The recurring deadlines, around their edges, in every process zone (procedure, sections 2 and 3).

The tables are written by hand from the procedure and a wall calendar, never computed.
"""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.deadlines import amendment_window, calendar_submission_due, topic_list_due
from procedure.half_years import HalfYear, Quarter
from procedure.moments import in_utc
from procedure.problems import Step
from tests.procedure.days import WORKING_SATURDAYS, DayTable, NoWorkingDays, at, day, rules_with

# what is covered, last day, day to aim at, first instant that is late (in UTC)
TOPIC_LISTS = [
    ("2024-H1", "2023-12-01", "2023-12-01", "2023-12-01T18:00:00+00:00"),
    ("2024-H2", "2024-06-01", "2024-05-31", "2024-06-01T19:00:00+00:00"),
    ("2025-H1", "2024-12-01", "2024-11-29", "2024-12-01T19:00:00+00:00"),
    ("2027-H1", "2026-12-01", "2026-12-01", "2026-12-01T19:00:00+00:00"),
    ("2027-H2", "2027-06-01", "2027-06-01", "2027-06-01T19:00:00+00:00"),
    ("2028-H1", "2027-12-01", "2027-12-01", "2027-12-01T19:00:00+00:00"),
    ("2028-H2", "2028-06-01", "2028-06-01", "2028-06-01T19:00:00+00:00"),
    ("2029-H1", "2028-12-01", "2028-12-01", "2028-12-01T19:00:00+00:00"),
]
CALENDARS = [
    ("2024-H1", "2024-01-10", "2024-01-10", "2024-01-10T18:00:00+00:00"),
    ("2024-H2", "2024-07-10", "2024-07-10", "2024-07-10T19:00:00+00:00"),
    ("2026-H1", "2026-01-10", "2026-01-09", "2026-01-10T19:00:00+00:00"),
    ("2027-H1", "2027-01-10", "2027-01-08", "2027-01-10T19:00:00+00:00"),
    ("2027-H2", "2027-07-10", "2027-07-09", "2027-07-10T19:00:00+00:00"),
    ("2028-H1", "2028-01-10", "2028-01-10", "2028-01-10T19:00:00+00:00"),
    ("2028-H2", "2028-07-10", "2028-07-10", "2028-07-10T19:00:00+00:00"),
]
AMENDMENTS = [
    ("2023-Q4", "2023-12-01", "2023-12-01", "2023-12-01T18:00:00+00:00"),
    ("2024-Q1", "2024-03-01", "2024-03-01", "2024-03-01T19:00:00+00:00"),
    ("2024-Q2", "2024-06-01", "2024-05-31", "2024-06-01T19:00:00+00:00"),
    ("2024-Q3", "2024-09-01", "2024-08-29", "2024-09-01T19:00:00+00:00"),
    ("2024-Q4", "2024-12-01", "2024-11-29", "2024-12-01T19:00:00+00:00"),
    ("2026-Q1", "2026-03-01", "2026-02-27", "2026-03-01T19:00:00+00:00"),
    ("2027-Q1", "2027-03-01", "2027-03-01", "2027-03-01T19:00:00+00:00"),
    ("2027-Q2", "2027-06-01", "2027-06-01", "2027-06-01T19:00:00+00:00"),
    ("2027-Q3", "2027-09-01", "2027-09-01", "2027-09-01T19:00:00+00:00"),
    ("2027-Q4", "2027-12-01", "2027-12-01", "2027-12-01T19:00:00+00:00"),
    ("2028-Q1", "2028-03-01", "2028-03-01", "2028-03-01T19:00:00+00:00"),
]
TABLE = (
    [("topic_list", *row) for row in TOPIC_LISTS]
    + [("calendar_submission", *row) for row in CALENDARS]
    + [("amendment_window", *row) for row in AMENDMENTS]
)
# Distance from the due instant → late?
VERDICTS = [
    (timedelta(days=-1), False),
    (timedelta(seconds=-1), False),
    (timedelta(microseconds=-1), False),
    (timedelta(0), True),
    (timedelta(microseconds=1), True),
    (timedelta(seconds=1), True),
    (timedelta(hours=5), True),
]
ZONES = [ZoneInfo(name) for name in ("UTC", "Asia/Almaty", "America/New_York")]


def due_of(kind, code, rules, workdays):
    if kind == "amendment_window":
        return amendment_window(Quarter.parse(code), rules, workdays).due
    function = topic_list_due if kind == "topic_list" else calendar_submission_due
    return function(HalfYear.parse(code), rules, workdays)


@pytest.mark.parametrize(("kind", "code", "last_day", "aim_day", "late_from"), TABLE)
def test_each_side_of_every_deadline(kind, code, last_day, aim_day, late_from, rules, workdays, process_zone):
    due = due_of(kind, code, rules, workdays)
    assert (due.last_day, due.aim_day) == (day(last_day), day(aim_day))
    assert in_utc(due.due) == at(late_from)
    assert due.due.isoformat()[11:19] == "00:00:00"
    for distance, late in VERDICTS:
        for zone in ZONES:
            moment = (at(late_from) + distance).astimezone(zone)
            assert due.is_late(moment) is late, (distance, zone)


@pytest.mark.parametrize("kind", ["topic_list", "calendar_submission", "amendment_window"])
def test_a_due_says_what_it_is_about(kind, rules, workdays):
    due = due_of(kind, "2027-Q1" if kind == "amendment_window" else "2027-H1", rules, workdays)
    assert (due.kind, due.half_year, due.rule_set) == (kind, HalfYear(2027, 1), "decree-draft-2023")
    assert (due.clause, due.mark) == (rules.deadlines[kind].clause, "stated")


@pytest.mark.parametrize(
    ("today", "left"),
    [("2026-11-23", 8), ("2026-11-30", 1), ("2026-12-01", 0), ("2026-12-02", -1), ("2027-01-01", -31)],
)
def test_days_left_count_down_to_the_last_day(today, left, rules, workdays):
    assert topic_list_due(HalfYear(2027, 1), rules, workdays).days_left(day(today)) == left


def test_a_moment_without_a_time_zone_is_never_guessed(rules, workdays):
    due = topic_list_due(HalfYear(2027, 1), rules, workdays)
    with pytest.raises(ValueError, match="time zone"):
        due.is_late(due.due.replace(tzinfo=None))


def test_every_date_can_say_why(rules, workdays):
    due = calendar_submission_due(HalfYear(2027, 1), rules, workdays)
    rule = "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=10"
    sunday, friday = day("2027-01-10"), day("2027-01-08")
    weekend = (day("2027-01-09"), sunday)
    assert due.steps == (
        Step("recurs", {"rule": rule, "from": day("2027-01-01"), "to": day("2027-06-30"), "day": sunday}),
        Step("inclusive", {"day": sunday}),
        Step("last_day", {"day": sunday}),
        Step("aim_before_day_off", {"from": sunday, "to": friday, "days_off": weekend}),
        Step("late_from", {"moment": at("2027-01-11T00:00:00+05:00")}),
    )


def test_a_working_last_day_needs_no_word_about_days_off(rules, workdays):
    due = topic_list_due(HalfYear(2027, 1), rules, workdays)
    assert [step.code for step in due.steps] == ["recurs", "inclusive", "last_day", "late_from"]
    assert due.steps[0].params["from"] == day("2026-07-01")


CALENDAR_SETTINGS = 'BYMONTHDAY=10"\ninclusive = true\nshift = "none"'


@pytest.mark.parametrize(
    ("inclusive", "shift", "code", "last_day", "aim_day"),
    [
        ("true", "none", "2027-H1", "2027-01-10", "2027-01-08"),
        ("true", "previous", "2027-H1", "2027-01-08", "2027-01-08"),
        ("true", "next", "2027-H1", "2027-01-11", "2027-01-11"),
        ("true", "previous", "2028-H1", "2028-01-10", "2028-01-10"),
        ("true", "next", "2028-H1", "2028-01-10", "2028-01-10"),
        ("false", "none", "2027-H1", "2027-01-09", "2027-01-08"),
        ("false", "previous", "2027-H1", "2027-01-08", "2027-01-08"),
        ("false", "next", "2027-H1", "2027-01-11", "2027-01-11"),
        ("false", "none", "2028-H2", "2028-07-09", "2028-07-07"),
        ("false", "none", "2024-H1", "2024-01-09", "2024-01-09"),
    ],
)
def test_the_day_itself_and_days_off_are_settings(inclusive, shift, code, last_day, aim_day, workdays):
    changed = f'BYMONTHDAY=10"\ninclusive = {inclusive}\nshift = "{shift}"'
    rules = rules_with((CALENDAR_SETTINGS, changed))
    due = calendar_submission_due(HalfYear.parse(code), rules, workdays)
    assert (due.last_day, due.aim_day) == (day(last_day), day(aim_day))


@pytest.mark.parametrize(
    ("shift", "to", "days_off"),
    [
        ("previous", "2027-01-08", ("2027-01-09", "2027-01-10")),
        ("next", "2027-01-11", ("2027-01-10",)),
    ],
)
def test_a_shift_is_explained_with_the_days_off_it_passed(shift, to, days_off, workdays):
    rules = rules_with((CALENDAR_SETTINGS, CALENDAR_SETTINGS.replace("none", shift)))
    due = calendar_submission_due(HalfYear(2027, 1), rules, workdays)
    params = {"from": day("2027-01-10"), "to": day(to), "days_off": tuple(map(day, days_off))}
    assert due.steps[2] == Step(f"shifted_to_{shift}_working_day", params)
    assert [step.code for step in due.steps[3:]] == ["last_day", "late_from"]


def test_a_deadline_that_does_not_count_its_day_says_so(workdays):
    rules = rules_with((CALENDAR_SETTINGS, CALENDAR_SETTINGS.replace("true", "false")))
    due = calendar_submission_due(HalfYear(2028, 2), rules, workdays)
    assert due.steps[1] == Step("exclusive", {"day": day("2028-07-09")})


def test_a_swapped_working_saturday_is_a_day_to_aim_at(rules):
    due = calendar_submission_due(HalfYear(2027, 2), rules, DayTable(swapped=WORKING_SATURDAYS))
    assert due.aim_day == due.last_day == day("2027-07-10")


def test_a_broken_day_table_still_gives_the_deadline(rules):
    due = calendar_submission_due(HalfYear(2027, 1), rules, NoWorkingDays())
    assert due.aim_day == due.last_day == day("2027-01-10")


@given(st.integers(2000, 2090), st.integers(1, 2))
def test_the_aim_is_the_last_working_day_not_after_the_last_day(year, half):
    rules, table = rules_with(), DayTable()
    for function in (topic_list_due, calendar_submission_due):
        due = function(HalfYear(year, half), rules, table)
        assert due.aim_day <= due.last_day
        assert table.is_working(due.aim_day)
        between = (due.last_day - due.aim_day).days
        assert not any(table.is_working(due.aim_day + timedelta(days=n)) for n in range(1, between + 1))
        assert not due.is_late(due.due - timedelta(microseconds=1))
        assert due.is_late(due.due)
