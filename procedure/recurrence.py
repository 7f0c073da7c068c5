"""Recurring dates as RFC 5545 rules: reading them safely and finding the date of a period."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, time
from functools import lru_cache

from dateutil.rrule import rrule, rrulestr

from procedure.half_years import HalfYear, Quarter
from procedure.problems import Problem

RULE_LIMIT = 200
PERIODS = ("half_year", "previous_half_year", "quarter")

# A day of the year must be named in full: dateutil would take what is missing from a start date
# that people never see. Times, intervals and counts have no meaning for a deadline.
_PARTS = ("FREQ", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")
_NUMBERS = {"BYMONTH": range(1, 13), "BYMONTHDAY": range(1, 32), "BYSETPOS": range(1, 32)}
_WEEKDAY = re.compile(r"[+-]?[1-5]?(MO|TU|WE|TH|FR|SA|SU)")

# Twenty-eight years hold every combination of weekday and leap year.
_PROBE_YEARS = range(2023, 2051)
_LEAP_YEAR = 2024


def problems_of_rule(rule: str, period: str) -> list[Problem]:
    """What is wrong with a rule that must name exactly one day in each period of its kind.

    period: "half_year" or "previous_half_year" (the day lies in the half-year covered, or in the
    one before it), or "quarter". Never raises; field names are left to the caller.
    """
    parts = _parts(rule)
    if isinstance(parts, Problem):
        return [parts]
    problems = _problems_of_parts(parts)
    if problems:
        return problems
    try:
        parsed = _parsed(rule)
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        return [Problem("rule_not_readable", {"rule": rule})]
    return _problems_of_days(parsed, period)


@lru_cache(maxsize=1024)
def day_in(rule: str, first: date, last: date) -> date | None:
    """The only day of a valid rule between two days, both included; None if there is none."""
    days = _days(_parsed(rule), first, last)
    return days[0] if days else None


def _parts(rule: str) -> dict[str, list[str]] | Problem:
    if len(rule) > RULE_LIMIT:
        return Problem("rule_too_long", {"limit": RULE_LIMIT})
    parts: dict[str, list[str]] = {}
    for part in rule.split(";"):
        name, equals, value = part.partition("=")
        if name not in _PARTS or not equals or not value or name in parts:
            return Problem("rule_not_readable", {"rule": rule})
        parts[name] = value.split(",")
    return parts


def _problems_of_parts(parts: dict[str, list[str]]) -> list[Problem]:
    problems = []
    if parts.get("FREQ") not in (["YEARLY"], ["MONTHLY"]):
        problems.append(Problem("rule_frequency"))
    if "BYMONTH" not in parts or not {"BYMONTHDAY", "BYDAY"} & set(parts):
        problems.append(Problem("rule_incomplete"))
    for name, allowed in _NUMBERS.items():
        for value in parts.get(name, ()):
            if not _is_number(value, allowed, signed=name != "BYMONTH"):
                problems.append(Problem("rule_value", {"part": name, "value": value}))
    for value in parts.get("BYDAY", ()):
        if not _WEEKDAY.fullmatch(value):
            problems.append(Problem("rule_value", {"part": "BYDAY", "value": value}))
    return problems or _impossible_dates(parts)


def _is_number(value: str, allowed: range, *, signed: bool) -> bool:
    digits = value[1:] if signed and value[0:1] in ("-", "+") else value
    return digits.isascii() and digits.isdigit() and len(digits) <= 2 and int(digits) in allowed


def _impossible_dates(parts: dict[str, list[str]]) -> list[Problem]:
    """Days that the month never has, such as 31 June, or not every year, such as 29 February."""
    problems = []
    for month in map(int, parts["BYMONTH"]):
        shortest = 28 if month == 2 else monthrange(_LEAP_YEAR, month)[1]
        for day in map(int, parts.get("BYMONTHDAY", ())):
            if abs(day) > shortest:
                problems.append(Problem("impossible_date", {"day": day, "month": month}))
    return problems


def _problems_of_days(parsed: rrule, period: str) -> list[Problem]:
    for year in _PROBE_YEARS:
        for half in (1, 2):
            half_year = HalfYear(year, half)
            for checked in half_year.quarters if period == "quarter" else (half_year,):
                found = len(_days(parsed, checked.first_day, checked.last_day))
                if found != 1:
                    code = "several_dates_in_period" if found else "no_date_in_period"
                    return [Problem(code, {"period": checked.code})]
    return []


def _parsed(rule: str) -> rrule:
    return rrulestr(rule, dtstart=datetime(1899, 1, 1))  # noqa: DTZ001 - days, not moments


def _days(parsed: rrule, first: date, last: date) -> list[date]:
    start, end = (datetime.combine(day, time()) for day in (first, last))
    bounded = parsed.replace(dtstart=start, until=end)
    return [moment.date() for moment in bounded]


def period_days(period: str, covered: HalfYear | Quarter) -> tuple[date, date]:
    """First and last day of the period in which the deadline of `covered` lies."""
    if period == "previous_half_year" and isinstance(covered, HalfYear):
        return covered.previous.first_day, covered.previous.last_day
    return covered.first_day, covered.last_day
