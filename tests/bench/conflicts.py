"""Conflicts of 2,000 planned meetings beside the least they can cost: sorting them and looking at each once."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from procedure.conflicts import Slot, conflicts
from procedure.half_years import HalfYear
from procedure.moments import ALMATY

FEW, MANY = 200, 2000
PERIOD = HalfYear(2027, 1)


def measured(rounds: int) -> dict[str, Any]:
    """Milliseconds of CPU at 200 and at 2,000, and how many times the floor; ten times the slots ask for ten."""
    few, many = slots(FEW), slots(MANY)
    costs = [
        (_cost(lambda: _bare(many)), _cost(lambda: _found(many)), _cost(lambda: _found(few)))
        for _ in range(3 * rounds + 1)
    ][1:]
    middle = statistics.median
    return {
        "slots": MANY,
        "bare_cpu_ms": round(middle(one[0] for one in costs), 2),
        "conflicts_cpu_ms": round(middle(one[1] for one in costs), 2),
        "few_cpu_ms": round(middle(one[2] for one in costs), 2),
        "times_bare_cpu": round(middle(one[1] / one[0] for one in costs), 1),
        "times_few_cpu": round(middle(one[1] / one[2] for one in costs), 1),
    }


def line(found: dict[str, Any]) -> str:
    """The figures as a line below the table."""
    return (
        f"conflicts of {found['slots']} slots: {found['conflicts_cpu_ms']:.1f} ms CPU; sorting them and looking at "
        f"each {found['bare_cpu_ms']:.1f} ms: {found['times_bare_cpu']:.1f} ×; of {FEW} slots "
        f"{found['few_cpu_ms']:.1f} ms: {found['times_few_cpu']:.1f} × for ten times as many"
    )


def slots(count: int) -> list[Slot]:
    """Twenty heads in twenty regions, two hours each, spread over the half-year; one in fifty overlaps another."""
    first = datetime.combine(PERIOD.first_day, datetime.min.time(), tzinfo=ALMATY)
    step = timedelta(days=180) / count
    found = []
    for key in range(count):
        starts = first + step * key + (timedelta(0) if key % 50 else -step)
        head, place = key % 20, f"{10 + key * 7 % 20}1010000"
        found.append(
            Slot(
                key,
                starts,
                starts + timedelta(hours=2),
                (f"head.{head}",),
                (f"ministry.{head}",),
                f"hall.{key % 80}",
                place,
                f"{place[:2]}0000000",
            )
        )
    return found


def _found(planned: Sequence[Slot]) -> None:
    assert conflicts(planned, PERIOD, date(2027, 1, 28), ("999999999",))


def _bare(planned: Sequence[Slot]) -> None:
    seen: set[object] = set()
    for slot in sorted(planned, key=lambda one: one.starts):
        seen |= {(slot.place, slot.day), slot.hall, *slot.people}
    assert seen


def _cost(act: Callable[[], None]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000
