"""Days off, evenings and working hours (procedure, section 2 row 14, and section 6)."""

from datetime import time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.meeting_times import (
    TimeKind,
    WorkingHours,
    problems_of_hours,
    problems_of_times,
    suits_people,
    time_kind,
)
from procedure.problems import Problem
from tests.procedure.days import WORKING_SATURDAYS, DayTable, at

USUAL = WorkingHours(time(9), time(18, 30), time(13), time(14, 30))
# Astana from half past seven; districts of East Kazakhstan with a long break.
EARLY_BODY = WorkingHours(time(7, 30), time(17), time(12, 30), time(14))
WITHOUT_BREAK = WorkingHours(time(8), time(17))


@pytest.mark.parametrize(
    ("day", "starts", "ends", "hours", "kind"),
    [
        ("2027-02-06", "11:00", "13:00", USUAL, "day_off"),  # Saturday
        ("2027-01-07", "11:00", "13:00", USUAL, "day_off"),  # Christmas, a Thursday
        ("2027-02-05", "18:30", "20:00", USUAL, "evening"),
        ("2027-02-05", "18:29", "20:00", USUAL, "partly_working_hours"),
        ("2027-02-05", "17:00", "18:30", USUAL, "working_hours"),
        ("2027-02-05", "17:00", "18:31", USUAL, "partly_working_hours"),
        ("2027-02-05", "17:00", "18:30", EARLY_BODY, "evening"),
        ("2027-02-05", "16:59", "18:30", EARLY_BODY, "partly_working_hours"),
        ("2027-02-05", "07:00", "09:00", USUAL, "early"),
        ("2027-02-05", "07:00", "09:01", USUAL, "partly_working_hours"),
        ("2027-02-05", "07:00", "09:00", EARLY_BODY, "partly_working_hours"),
        ("2027-02-05", "13:00", "14:30", USUAL, "break"),
        ("2027-02-05", "12:59", "14:30", USUAL, "partly_working_hours"),
        ("2027-02-05", "13:00", "14:31", USUAL, "partly_working_hours"),
        ("2027-02-05", "11:00", "12:00", USUAL, "working_hours"),
        ("2027-02-05", "12:00", "13:00", WITHOUT_BREAK, "working_hours"),
        ("2027-02-05", "10:00", "16:00", USUAL, "partly_working_hours"),
    ],
)
def test_the_kind_of_time_a_meeting_takes_place_at(day, starts, ends, hours, kind, workdays, process_zone):
    moments = (at(f"{day}T{starts}:00+05:00"), at(f"{day}T{ends}:00+05:00"))
    assert time_kind(*moments, hours, workdays) == kind


def test_the_hours_are_those_of_almaty_whatever_zone_a_moment_is_written_in(workdays):
    starts, ends = at("2027-02-05T13:30:00+00:00"), at("2027-02-05T15:00:00+00:00")
    assert time_kind(starts, ends, USUAL, workdays) == TimeKind.EVENING
    # 20:00 UTC on Friday is already Saturday in Almaty
    assert (
        time_kind(at("2027-02-05T20:00:00Z"), at("2027-02-05T21:00:00Z"), USUAL, workdays) == TimeKind.DAY_OFF
    )


def test_a_swapped_saturday_has_working_hours():
    starts, ends = at("2027-07-10T10:00:00+05:00"), at("2027-07-10T11:00:00+05:00")
    assert time_kind(starts, ends, USUAL, DayTable(WORKING_SATURDAYS)) == TimeKind.WORKING_HOURS
    assert time_kind(starts, ends, USUAL, DayTable()) == TimeKind.DAY_OFF


@pytest.mark.parametrize(
    ("kind", "suits"),
    [
        ("day_off", True),
        ("evening", True),
        ("early", True),
        ("break", True),
        ("partly_working_hours", False),
        ("working_hours", False),
    ],
)
def test_which_times_let_more_people_come(kind, suits):
    assert suits_people(TimeKind(kind)) is suits


@pytest.mark.parametrize(
    ("hours", "problems"),
    [
        (USUAL, []),
        (WITHOUT_BREAK, []),
        (WorkingHours(time(9), time(9)), [("closes", "closes_before_opening")]),
        (WorkingHours(time(18), time(9)), [("closes", "closes_before_opening")]),
        (WorkingHours(time(9), time(18), time(13)), [("break_to", "half_a_break")]),
        (WorkingHours(time(9), time(18), None, time(13)), [("break_to", "half_a_break")]),
        (WorkingHours(time(9), time(18), time(14), time(13)), [("break_from", "break_outside_hours")]),
        (WorkingHours(time(9), time(18), time(13), time(13)), [("break_from", "break_outside_hours")]),
        (WorkingHours(time(9), time(18), time(9), time(13)), [("break_from", "break_outside_hours")]),
        (WorkingHours(time(9), time(18), time(17), time(18)), [("break_from", "break_outside_hours")]),
    ],
)
def test_working_hours_that_cannot_be_are_named(hours, problems):
    assert [(problem.field, problem.code) for problem in problems_of_hours(hours)] == problems


@pytest.mark.parametrize(
    ("starts", "ends", "problems"),
    [
        ("2027-02-05T10:00:00+05:00", "2027-02-05T10:00:00.000001+05:00", []),
        (
            "2027-02-05T10:00:00+05:00",
            "2027-02-05T10:00:00+05:00",
            [Problem("ends_before_start", field="ends")],
        ),
        (
            "2027-02-05T10:00:00+05:00",
            "2027-02-05T10:30:00+06:00",
            [Problem("ends_before_start", field="ends")],
        ),
        ("2027-02-05T10:00:00+05:00", "2027-02-06T10:00:00+05:00", []),
        (
            "2027-02-05T10:00:00+05:00",
            "2028-02-05T11:00:00+05:00",
            [Problem("meeting_too_long", {"hours": 24}, "ends")],
        ),
    ],
)
def test_a_meeting_ends_after_its_start_and_within_a_day(starts, ends, problems):
    assert problems_of_times(at(starts), at(ends)) == problems


@given(st.integers(0, 23 * 60), st.integers(1, 59))
def test_a_meeting_suits_people_exactly_when_it_touches_no_working_hour(start, length):
    starts = at("2027-02-05T00:00:00+05:00") + timedelta(minutes=start)
    kind = time_kind(starts, starts + timedelta(minutes=length), WITHOUT_BREAK, DayTable())
    touches = start < 17 * 60 and start + length > 8 * 60
    assert suits_people(kind) is not touches
