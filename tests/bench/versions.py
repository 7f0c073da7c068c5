"""The difference of two versions of 400 meetings beside the least it can cost: not a request either."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from procedure.calendar_changes import MOVED, PlanEntry, calendar_changes

MEETINGS = 400
STARTS = datetime(2027, 1, 16, 6, tzinfo=UTC)


def measured(rounds: int) -> dict[str, Any]:
    """Milliseconds of CPU of the difference, and of looking each meeting up and holding it against the other."""
    before, after = _versions()
    pairs = [
        (_cost(lambda: _bare(before, after)), _cost(lambda: _difference(before, after)))
        for _ in range(10 * rounds + 1)
    ][1:]
    return {
        "meetings": MEETINGS,
        "bare_cpu_ms": round(statistics.median(bare for bare, _ in pairs), 3),
        "difference_cpu_ms": round(statistics.median(whole for _, whole in pairs), 3),
        "times_bare_cpu": round(statistics.median(whole / bare for bare, whole in pairs), 1),
    }


def line(found: dict[str, Any]) -> str:
    """The figures as a line below the table."""
    return (
        f"difference of two versions of {found['meetings']} meetings: {found['difference_cpu_ms']:.2f} ms CPU; "
        f"holding each against the other {found['bare_cpu_ms']:.2f} ms: {found['times_bare_cpu']:.1f} ×"
    )


def _versions() -> tuple[list[PlanEntry], list[PlanEntry]]:
    """Every tenth meeting moved, one in forty cancelled, as many added."""
    before = [
        PlanEntry(
            key,
            STARTS + timedelta(hours=6 * key),
            STARTS + timedelta(hours=6 * key + 2),
            f"2027-H1-{key:03}",
            place=f"{key % 20:09}",
            who=((f"ministry.{key % 18}", "1"),),
            topics=(key,),
            subject=("Су", "Вода"),
            details=(("note_kk", ""), ("note_ru", "")),
        )
        for key in range(MEETINGS)
    ]
    after = [
        replace(one, starts=one.starts + timedelta(days=1)) if one.key % 10 == 0 else one for one in before
    ]
    after = [replace(one, cancelled=True) if one.key % 40 == 1 else one for one in after]
    added = [replace(one, key=one.key + MEETINGS) for one in before[: MEETINGS // 40]]
    return before, [*after, *added]


def _difference(before: list[PlanEntry], after: list[PlanEntry]) -> None:
    assert calendar_changes(before, after).counts[MOVED] == MEETINGS // 10


def _bare(before: list[PlanEntry], after: list[PlanEntry]) -> None:
    known = {one.key: one for one in before}
    assert any(one != known.get(one.key) for one in after)
    assert [one for one in after if one == known.get(one.key)]


def _cost(act: Callable[[], None]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1000
