"""Busy periods of ministries: what is wrong with one, and which meetings they touch (procedure, sections 5 and 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from procedure.conflicts import WARNING, Conflict, Slot
from procedure.moments import in_utc
from procedure.problems import Problem

# Longer than any journey: a wrong year must not block a ministry for good.
LONGEST_BUSY = timedelta(days=62)


@dataclass(frozen=True)
class Busy:
    """A time at which the head of a body is busy: aware, half-open. The reason is nobody else's business."""

    body: str
    starts: datetime
    ends: datetime


def problems_of_busy(starts: datetime, ends: datetime) -> list[Problem]:
    """What is wrong with a busy period that somebody enters."""
    if in_utc(ends) <= in_utc(starts):
        return [Problem("ends_before_start", field="ends")]
    if in_utc(ends) - in_utc(starts) > LONGEST_BUSY:
        return [Problem("busy_too_long", {"days": LONGEST_BUSY.days}, "ends")]
    return []


def busy_conflicts(slots: Iterable[Slot], periods: Iterable[Busy]) -> Iterator[Conflict]:
    """A warning for each meeting at which one of its ministries is busy; each body's periods are walked once."""
    by_body: dict[str, list[Busy]] = defaultdict(list)
    for one in sorted(periods, key=lambda one: in_utc(one.starts)):
        by_body[one.body].append(one)
    for slot in slots:
        for body in slot.bodies:
            if any(_overlap(slot, one) for one in by_body.get(body, ())):
                yield Conflict("ministry_busy", WARNING, (slot.key,), {"ministry": body})


def _overlap(slot: Slot, one: Busy) -> bool:
    return in_utc(one.starts) < in_utc(slot.ends) and in_utc(one.ends) > in_utc(slot.starts)
