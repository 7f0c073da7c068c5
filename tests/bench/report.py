"""The figures as a table for people and as JSON for programs. Goals are shown, never enforced."""

from __future__ import annotations

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.harness import Result

FORMAT = "bench/1"
PACKAGES = ("Django", "gunicorn", "psycopg", "whitenoise")


def contents(results: Sequence[Result]) -> dict[str, Any]:
    """Everything that was measured: {"format", "at", "machine", "versions", "rows": […]}."""
    by_key = {result.row.key: result for result in results}
    return {
        "format": FORMAT,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {
            "processors": os.cpu_count(),
            "load": [round(one, 2) for one in os.getloadavg()],
            "python": platform.python_version(),
        },
        "versions": {name: version(name) for name in PACKAGES},
        "rows": [_row(one, by_key.get(one.row.floor), by_key.get(one.row.also)) for one in results],
    }


def _row(result: Result, floor: Result | None, also: Result | None) -> dict[str, Any]:
    row = result.row
    times = _ratio(result, floor, "cpu")
    return {
        "key": row.key,
        "title": row.title,
        "statements": result.statements,
        "bytes": result.size,
        "requests": sum(batch.requests for batch in result.batches),
        "cpu_ms": _spread([batch.cpu for batch in result.batches]),
        "p50_ms": _spread([batch.p50 for batch in result.batches]),
        "p99_ms": _spread([batch.p99 for batch in result.batches]),
        "floor": row.floor or None,
        "times_floor_cpu": times,
        "times_floor_rate": _ratio(result, floor, "rate"),
        "also": row.also or None,
        "times_also_cpu": _ratio(result, also, "cpu"),
        "goal": {"statements": row.most_sql, "times_floor_cpu": row.most_times},
        "met": _met(result, times),
    }


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 3),
        "least": round(min(values), 3),
        "most": round(max(values), 3),
    }


def _ratio(result: Result, floor: Result | None, name: str) -> float | None:
    """Median over the rounds of the ratio inside a round; None without a floor or with unmeasurable ones."""
    if floor is None:
        return None
    pairs = zip(result.batches, floor.batches, strict=True)
    ratios = [getattr(one, name) / getattr(bare, name) for one, bare in pairs if getattr(bare, name)]
    return round(statistics.median(ratios), 2) if ratios else None


def _met(result: Result, times: float | None) -> bool | None:
    """Whether the row is where we want it; None where there is no goal."""
    row = result.row
    if row.most_times is None and row.most_sql is None:
        return None
    fast = row.most_times is None or (times is not None and times <= row.most_times)
    return fast and (row.most_sql is None or result.statements <= row.most_sql)


def write(report: Mapping[str, Any], folder: Path) -> Path:
    """The report as `bench.json` in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "bench.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def table(report: Mapping[str, Any]) -> str:
    """The report as lines of text."""
    titles = {row["key"]: row["title"] for row in report["rows"]}
    head = f"{'':<26}{'CPU ms':>9}{'least–most':>16}{'p50 ms':>9}{'SQL':>5}{'bytes':>9}  × floor"
    return "\n".join([head, *(_line(row, titles) for row in report["rows"])])


def _line(row: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    cost, middle = row["cpu_ms"], row["p50_ms"]["median"]
    spread = f"{cost['least']:.2f}–{cost['most']:.2f}"
    figures = f"{row['title']:<26}{cost['median']:>9.2f}{spread:>16}{middle:>9.1f}"
    return f"{figures}{row['statements']:>5}{row['bytes']:>9}  {_against(row, titles)}".rstrip()


def _against(row: Mapping[str, Any], titles: Mapping[str, str]) -> str:
    if row["floor"] is None or row["times_floor_cpu"] is None:
        return ""
    words = f"{row['times_floor_cpu']:>6.1f} × {titles[row['floor']]}"
    if row["times_also_cpu"] is not None:
        words += f", {row['times_also_cpu']:.1f} × {titles[row['also']]}"
    goal = row["goal"]
    aims = []
    if goal["times_floor_cpu"] is not None:
        aims.append(f"≤ {goal['times_floor_cpu']:g} ×")
    if goal["statements"] is not None:
        aims.append(f"≤ {goal['statements']} SQL")
    return f"{words}; goal {', '.join(aims)}: {'met' if row['met'] else 'not met'}" if aims else words
