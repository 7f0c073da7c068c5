"""Days and instants in Almaty, before and after 1 March 2024 (procedure, section 3)."""

from datetime import date, datetime, timedelta

import pytest

from procedure.moments import day_of, end_of_day, in_utc, problems_of_time_zone, start_of_day
from tests.procedure.days import at, day

ENDS = [
    ("2023-12-01", "2023-12-01T18:00:00+00:00"),
    ("2024-02-28", "2024-02-28T18:00:00+00:00"),
    # Clocks went back at midnight: this day had 25 hours.
    ("2024-02-29", "2024-02-29T19:00:00+00:00"),
    ("2024-03-01", "2024-03-01T19:00:00+00:00"),
    ("2026-12-31", "2026-12-31T19:00:00+00:00"),
    ("2028-02-29", "2028-02-29T19:00:00+00:00"),
]


@pytest.mark.parametrize(("last_day", "end"), ENDS)
def test_a_day_ends_at_midnight_in_almaty(last_day, end, process_zone):
    assert in_utc(end_of_day(day(last_day))) == at(end)
    assert start_of_day(day(last_day) + timedelta(days=1)) == end_of_day(day(last_day))
    assert end_of_day(day(last_day)).utcoffset() is not None


@pytest.mark.parametrize(("last_day", "end"), ENDS)
def test_the_day_of_a_moment_changes_at_that_midnight(last_day, end, process_zone):
    assert day_of(at(end) - timedelta(microseconds=1)) == day(last_day)
    assert day_of(at(end)) == day(last_day) + timedelta(days=1)


def test_five_hours_of_every_day_belong_to_the_next_date_in_almaty(process_zone):
    assert day_of(at("2027-05-31T23:59:58+00:00")) == date(2027, 6, 1)


def test_a_moment_without_a_time_zone_is_refused():
    naive = datetime(2027, 1, 1)  # noqa: DTZ001 - the point of the test
    for function in (in_utc, day_of):
        with pytest.raises(ValueError, match="time zone"):
            function(naive)


def test_the_time_zone_data_of_this_machine_are_right():
    assert problems_of_time_zone() == []


def test_outdated_time_zone_data_are_found(monkeypatch):
    from zoneinfo import ZoneInfo

    monkeypatch.setattr("procedure.moments.ALMATY", ZoneInfo("Etc/GMT-6"))
    assert [problem.params["day"] for problem in problems_of_time_zone()] == [
        day("2024-03-01"),
        day("2027-07-01"),
    ]
