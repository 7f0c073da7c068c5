"""The half-year as a line of time from top to bottom, as numbers and words that a template draws as SVG.

It runs downwards, so that its letters keep their size on a phone and long Kazakh names have room. Shapes differ
by state, words say it, and a table behind it says everything.
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext

from base.dates import day_month, short_date
from calendar_app.labels.obligations import DutyStatus
from calendar_app.queries.compliance import DutyRow
from calendar_app.staff.compliance.board_rows import duty_name
from procedure.half_years import HalfYear
from procedure.moments import day_of

# In units of the drawing: 340 of them are the width of a phone's page.
WIDTH, AXIS, WORDS = 340, 56, 80
DAY, MARGIN, LINE_HEIGHT, GAP = 1.5, 18, 17, 9
LETTERS = 29
# Before the first day of the drawing's duties.
LEAD = timedelta(days=14)
# The worst state of a group gives it its shape.
WORST = (
    DutyStatus.MISSED,
    DutyStatus.OVERDUE,
    DutyStatus.LATE,
    DutyStatus.DUE_SOON,
    DutyStatus.UPCOMING,
    DutyStatus.NOT_APPLICABLE,
    DutyStatus.MET,
)


class Label(NamedTuple):
    """A line of words beside the axis."""

    y: int
    text: str
    strong: bool


@dataclass(frozen=True)
class Mark:
    """A day on the line: where it stands, its shape (a state, or "today"), and its words."""

    y: int
    shape: str
    words_y: int
    labels: list[Label]


class Tick(NamedTuple):
    y: int
    text: str


@dataclass(frozen=True)
class Timeline:
    height: int
    ticks: list[Tick]
    marks: list[Mark]
    width: int = WIDTH
    axis: int = AXIS
    words_x: int = WORDS


class _Group(NamedTuple):
    day: date
    shape: str
    lines: list[tuple[str, bool]]


def timeline(rows: Iterable[DutyRow], half_year: HalfYear, today: date) -> Timeline | None:
    """The days on which something is due or was done without a term, and today; None without any."""
    groups = [_group(day, list(same)) for day, same in _by_day(rows)]
    if not groups:
        return None
    start, end = min(groups[0].day, half_year.first_day), max(groups[-1].day, half_year.last_day)
    is_now = half_year.previous.first_day <= today <= end
    start = (min(start, today) if is_now else start) - LEAD
    if is_now:
        groups.append(_Group(today, "today", [(gettext("Today, %(day)s") % {"day": day_month(today)}, True)]))
        groups.sort(key=lambda one: one.day)
    marks = _placed(groups, start)
    bottom = max(_y(end, start), marks[-1].labels[-1].y)
    return Timeline(bottom + MARGIN, _ticks(start, end), marks)


def _by_day(rows: Iterable[DutyRow]) -> Iterable[tuple[date, Iterable[DutyRow]]]:
    dated = [(day, row) for row in rows if (day := _day(row))]
    dated.sort(key=lambda one: one[0])
    for day, same in groupby(dated, key=lambda one: one[0]):
        yield day, [row for _day, row in same]


def _day(row: DutyRow) -> date | None:
    """The last day; of a duty without a term the day on which it was done."""
    if row.duty.last_day:
        return row.duty.last_day
    return day_of(row.proof.done_at) if row.proof else None


def _group(day: date, rows: Sequence[DutyRow]) -> _Group:
    found = {row.status for row in rows}
    lines = [(day_month(day), True)]
    by_name: dict[str, list[DutyRow]] = {}
    for row in rows:
        by_name.setdefault(duty_name(row), []).append(row)
    for name, same in by_name.items():
        lines += [(line, False) for line in textwrap.wrap(f"{name}: {_tally(same)}", LETTERS)]
    return _Group(day, next(state for state in WORST if state in found), lines)


def _tally(rows: Sequence[DutyRow]) -> str:
    """«мерзімінде орындалды – 12, мерзімі өтті – 8»; of one duty its state alone."""
    counted = Counter(row.status for row in rows)
    words = {state: str(DutyStatus(state).label).lower() for state in counted}
    if len(rows) == 1:
        return words[rows[0].status]
    return ", ".join(f"{words[state]} – {counted[state]}" for state in WORST if state in counted)


def _placed(groups: Sequence[_Group], start: date) -> list[Mark]:
    """Marks at their days; words beside them, or below the words before them where days are near."""
    marks, free = [], 0
    for one in groups:
        y = _y(one.day, start)
        first = max(y + 5, free)
        labels = [
            Label(first + LINE_HEIGHT * place, text, strong) for place, (text, strong) in enumerate(one.lines)
        ]
        free = labels[-1].y + LINE_HEIGHT + GAP
        marks.append(Mark(y, one.shape, first - 5, labels))
    return marks


def _ticks(start: date, end: date) -> list[Tick]:
    """The first of each month."""
    found, day = [], start.replace(day=1)
    while day <= end:
        if day >= start:
            found.append(Tick(_y(day, start), short_date(day)[:5]))
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def _y(day: date, start: date) -> int:
    return MARGIN + round((day - start).days * DAY)
