"""The benchmarks run to the end and give figures; statements do not grow with the rows of a page."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from django.db.models import QuerySet

from base.clock import today
from calendar_app.models import Obligation
from regions.models import Body
from tests.bench import conflicts, ground, imports, report, sweep, versions
from tests.bench.__main__ import keys
from tests.bench.client import BenchError
from tests.bench.harness import Harness, narrowed
from tests.bench.rows import TWIN, Row

BOARDS = ("board", "home.authority", "letters")


@pytest.fixture
def harness(demonstration_copy: str) -> Iterator[Harness]:
    """A harness on a copy of the demonstration, with one list for each act."""
    facts = connection.settings_dict
    address = f"{quote(facts['USER'])}:{quote(facts['PASSWORD'])}@{facts['HOST']}:{facts['PORT']}"
    environ = {**os.environ, "DATABASE_URL": f"postgres://{address}/{demonstration_copy}"}
    with ground.served(environ, {TWIN: b"x" * 5000}) as server:
        yield Harness(server.port, server.master, lists_per_act=1)


def test_every_row_yields_figures_and_boards_stay_constant(harness: Harness, tmp_path: Path) -> None:
    said: list[str] = []
    results = harness.run(rounds=1, seconds=0, say=said.append)

    path = report.write(report.contents(results), tmp_path)
    found = json.loads(path.read_text())
    rows = {row["key"]: row for row in found["rows"]}
    assert list(rows) == [row.key for row in harness.rows]
    assert len(said) == len(rows)
    for row in rows.values():
        assert row["requests"] >= 1, row
        assert math.isfinite(row["cpu_ms"]["median"]), row
        assert row["p50_ms"]["median"] > 0, row
        assert row["floor"] is None or row["floor"] in rows, row
    assert rows["floor.row"]["statements"] == rows["floor.insert"]["statements"] == 1
    assert rows["floor.static"]["bytes"] == 5000
    text = report.table(found)
    assert all(row["title"] in text for row in rows.values())

    before = {key: rows[key]["statements"] for key in BOARDS}
    assert _akimats().count() == 20
    for count in 3, 1:
        _leave(count)
        assert {key: harness.statements(key) for key in BOARDS} == before, count


def test_only_some_rows_are_kept_with_all_floors_and_what_goes_before() -> None:
    rows = [
        Row("floor.list.2", "bare list", list),
        Row("floor.insert", "bare view", list),
        Row("by hand", "file by hand", list),
        Row("board", "board", list, "floor.list.2"),
        Row("file", "file", list, "by hand"),
        Row("submit", "submit", list, "floor.insert"),
        Row("return", "return", list, "floor.insert", after="submit"),
    ]

    def kept(words: str) -> list[str]:
        return [row.key for row in narrowed(rows, keys(words))]

    floors = ["floor.list.2", "floor.insert"]
    assert kept("") == floors
    assert kept("board") == [*floors, "board"]
    assert kept("return, file") == [*floors, "by hand", "file", "submit", "return"]
    with pytest.raises(BenchError, match=r"no row is called boards; there are floor\.list\.2, "):
        kept("boards,board")


def test_an_import_is_measured_beside_openpyxl_alone(demonstration_copy: str) -> None:
    found = imports.measured(rounds=1)
    assert found["times_openpyxl_cpu"] > 0
    assert f"{found['times_openpyxl_cpu']:.1f} ×" in imports.line(found)


def test_the_difference_of_two_versions_is_measured() -> None:
    found = versions.measured(rounds=1)
    assert found["difference_cpu_ms"] > 0
    assert f"{found['times_bare_cpu']:.1f} ×" in versions.line(found)


def test_the_sweep_is_measured_and_leaves_nothing(demonstration_copy: str) -> None:
    found = sweep.measured(rounds=1, few=50, many=500, closed=1_000)
    assert found["us_per_due_row"] > 0
    assert found["letters"] > 500
    assert found["statements"][0] == found["statements"][1]
    assert "µs a row" in sweep.line(found)
    assert not Obligation.objects.filter(subject__startswith="B-").exists()


def test_the_conflicts_of_a_half_year_are_measured() -> None:
    found = conflicts.measured(rounds=1)
    assert found["conflicts_cpu_ms"] > 0
    assert f"{found['times_bare_cpu']:.1f} ×" in conflicts.line(found)


def _akimats() -> QuerySet[Body]:
    """The rows of the board."""
    return Body.objects.akimats().on(today()).order_by("code")


def _leave(count: int) -> None:
    """Let all akimats but the first ones have ended yesterday."""
    kept = list(_akimats().values_list("pk", flat=True)[:count])
    Body.objects.akimats().exclude(pk__in=kept).update(valid_to=today() - timedelta(days=1))
    assert _akimats().count() == count
