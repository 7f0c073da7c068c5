"""What the commission weighs beside the plan: warnings of section 6 and the share of convenient times.

It follows from more than the plan: busy periods, the day table, working hours, terms of office. So it is kept with
the submission, and the page and the papers of a version stay what they were when it came.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from calendar_app.models import CalendarSubmission, CalendarVersion, PlannedMeeting
from calendar_app.queries import calendars as queries
from procedure.conflicts import WARNING, Conflict
from procedure.meeting_times import TimeKind, time_kind
from regions import hours, workdays

# Values of warnings that are days; all others are text and numbers.
DAYS = ("day",)


class Warned(NamedTuple):
    """The first warning of a code, how many there are, and the reasons with which they were accepted."""

    first: Conflict
    cases: int
    reasons: list[str]


@dataclass(frozen=True)
class Weighed:
    """Warnings by code, and how many meetings are on days off and in the evening."""

    warnings: list[Warned]
    days_off: int
    evenings: int


def of(version: CalendarVersion, rows: Iterable[PlannedMeeting]) -> Weighed:
    """As it stood at the submission; of a plan that is being written, as it is now. `rows` take place."""
    kept = CalendarSubmission.objects.filter(version=version).values_list("weighed", flat=True).first()
    return _read(kept) if kept else now(version, rows)


def now(version: CalendarVersion, rows: Iterable[PlannedMeeting]) -> Weighed:
    """As it is now."""
    kinds = _time_kinds(rows)
    return Weighed(_warnings(version), kinds[TimeKind.DAY_OFF], kinds[TimeKind.EVENING])


def to_keep(weighed: Weighed) -> dict[str, Any]:
    """As JSON; `of` reads it back."""
    return {
        "days_off": weighed.days_off,
        "evenings": weighed.evenings,
        "warnings": [
            {
                "code": one.first.code,
                "params": {
                    name: value.isoformat() if isinstance(value, date) else value
                    for name, value in one.first.params.items()
                },
                "cases": one.cases,
                "reasons": one.reasons,
            }
            for one in weighed.warnings
        ],
    }


def _read(kept: Mapping[str, Any]) -> Weighed:
    return Weighed(
        [Warned(_conflict(one), one["cases"], one["reasons"]) for one in kept["warnings"]],
        kept["days_off"],
        kept["evenings"],
    )


def _conflict(kept: Mapping[str, Any]) -> Conflict:
    params = {
        name: date.fromisoformat(value) if name in DAYS else value for name, value in kept["params"].items()
    }
    return Conflict(kept["code"], WARNING, (), params)


def _time_kinds(rows: Iterable[PlannedMeeting]) -> Counter[str]:
    week, days = hours.week(), workdays.current()
    found: Counter[str] = Counter()
    for one in rows:
        of_day = week.get(one.day.weekday())
        found[time_kind(one.starts, one.ends, of_day, days) if of_day else TimeKind.DAY_OFF] += 1
    return found


def _warnings(version: CalendarVersion) -> list[Warned]:
    accepted = dict(version.accepted_warnings.values_list("key", "reason"))
    grouped: dict[str, list[Conflict]] = {}
    for one in queries.conflicts_of(version):
        if one.severity == WARNING:
            grouped.setdefault(one.code, []).append(one)
    return [
        Warned(ones[0], len(ones), sorted({accepted[one.name] for one in ones if one.name in accepted}))
        for ones in grouped.values()
    ]
