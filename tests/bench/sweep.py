"""The sweep of reminders over many due rows: microseconds a row, and how they grow. Everything is rolled back.

Elapsed time, and beside it the CPU time of this process and of its backend, which a busy machine disturbs less: growth
is told in that.
"""

from __future__ import annotations

import os
import statistics
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from calendar_app.transitions.reminders import remind
from notices.models import Letter

# A step of the ladder of a term on 1 December 2026.
NOW = datetime.fromisoformat("2026-11-26T09:00:00+05:00")
SEED = """
INSERT INTO calendar_app_obligation (
    kind, subject, body_id, half_year, round, rule_set_id, opened_at, last_day, aim_day, due, done_at, evidence)
SELECT 'topic_list', 'B-' || n, a.codes[1 + n %% array_length(a.codes, 1)], %(half_year)s, 1,
       (SELECT id FROM calendar_app_ruleset ORDER BY in_force_from NULLS LAST LIMIT 1), '2026-07-01', '2026-12-01',
       '2026-12-01', '2026-12-02 00:00+05', %(done)s, CASE WHEN %(done)s::timestamptz IS NULL THEN '' ELSE 'x' END
FROM generate_series(%(first)s, %(last)s) n,
     (SELECT array_agg(code ORDER BY code) AS codes FROM regions_body WHERE kind = 'akimat') a
"""
# What the database asks for a row at least: a bare row with one unique key, in the same way and the same run.
BARE_TABLE = """
CREATE TABLE bench_bare (
    id bigserial PRIMARY KEY, kind varchar(24), subject varchar(60), body varchar(60), due timestamptz,
    step smallint, state varchar(10), UNIQUE (kind, subject, body, due, step))
"""
BARE = """
INSERT INTO bench_bare (kind, subject, body, due, step, state)
SELECT kind, subject, body_id, due, -3, 'queued' FROM calendar_app_obligation
WHERE half_year = '2027-H1' AND done_at IS NULL AND subject LIKE 'B-%' ON CONFLICT DO NOTHING
"""
FEW, MANY, CLOSED = 10_000, 100_000, 1_000_000
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Run:
    """Seconds of a first and of a second run, CPU seconds of the first and of bare rows, and the letters it queued."""

    first: float
    again: float
    cpu: float
    bare: float
    letters: int
    statements: int


def measured(rounds: int, few: int = FEW, many: int = MANY, closed: int = CLOSED) -> dict[str, Any]:
    """Medians over the rounds, and the ratios that are aimed at."""
    triples = [(run(few), run(many), run(many, closed)) for _ in range(rounds)]
    small, large, beside = zip(*triples, strict=True)
    return {
        "due": many,
        "letters": large[0].letters,
        "statements": [small[0].statements, large[0].statements],
        "us_per_due_row": round(_middle(large, "first") / many * 1e6, 1),
        "cpu_us_per_due_row": round(_middle(large, "cpu") / many * 1e6, 1),
        "bare_us_per_row": round(_middle(large, "bare") / many * 1e6, 1),
        "cpu_times_bare": round(_middle(large, "cpu") / max(_middle(large, "bare"), 1 / TICK), 1),
        "times_tenth": round(_middle(large, "cpu") / _middle(small, "cpu"), 2),
        "times_beside_closed": round(_middle(beside, "cpu") / _middle(large, "cpu"), 2),
        "again_share": round(_middle(large, "again") / _middle(large, "first"), 3),
    }


def run(due: int, closed: int = 0) -> Run:
    """One sweep over so many due rows, with so many closed ones beside them."""
    with transaction.atomic():
        _seed(due, closed)
        before = Letter.objects.count()
        bare = _bare()
        began = _cpu()
        with CaptureQueriesContext(connection) as seen:
            first = _seconds()
        cpu = _cpu() - began
        letters = Letter.objects.count() - before
        again = _seconds()
        assert Letter.objects.count() - before == letters > due
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        # What was rolled back still lies in the tables: the next run would walk around it.
        cursor.execute("VACUUM calendar_app_obligation")
        cursor.execute("VACUUM notices_letter")
    return Run(first, again, cpu, bare, letters, len(seen))


def line(found: dict[str, Any]) -> str:
    """The figures as a line below the table."""
    return (
        f"sweep of {found['due']} due rows: {found['us_per_due_row']:.1f} µs a row with its letters and one entry of "
        f"the journal, {found['cpu_us_per_due_row']:.1f} µs CPU (goal ≤ 12), "
        f"{found['cpu_times_bare']:.1f} × a bare row; {found['times_tenth']:.1f} × a tenth of "
        f"them (≤ 11); {found['times_beside_closed']:.2f} × beside closed rows (≤ 1.1); "
        f"a second run {found['again_share'] * 100:.1f} % (≤ 10)"
    )


def _middle(runs: tuple[Run, ...], name: str) -> float:
    return statistics.median(getattr(one, name) for one in runs)


def _seed(due: int, closed: int) -> None:
    with connection.cursor() as cursor:
        if closed:
            old = {"half_year": "2020-H1", "done": NOW, "first": 10_000_000, "last": 10_000_000 + closed - 1}
            cursor.execute(SEED, old)
        cursor.execute(SEED, {"half_year": "2027-H1", "done": None, "first": 1, "last": due})
        cursor.execute("ANALYZE calendar_app_obligation")
    _checked()


def _seconds() -> float:
    """The sweep with the checks that wait for the end of a transaction."""
    began = time.perf_counter()
    remind(now=NOW)
    _checked()
    return time.perf_counter() - began


def _checked() -> None:
    """Let what waits for the end of the transaction be checked now: each pays for its own rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _bare() -> float:
    """CPU seconds of as many bare rows as there are due ones."""
    with connection.cursor() as cursor:
        cursor.execute(BARE_TABLE)
        began = _cpu()
        cursor.execute(BARE)
        spent = _cpu() - began
        cursor.execute("DROP TABLE bench_bare")
    return spent


def _cpu() -> float:
    """CPU seconds of this process and, where it runs on this machine, of the backend."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    spent = stat.read_text().rpartition(")")[2].split() if stat.exists() else ["0"] * 20
    return time.process_time() + (int(spent[11]) + int(spent[12])) / TICK
