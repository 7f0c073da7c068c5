"""The command behind `make faults`: kills real processes and counts; `--runs 10` for more of it."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import tempfile
from pathlib import Path

import django

from meetings_portal.progress import step
from meetings_portal.state import SetupError, state_dir
from tests.bench import ground as bench_ground


def main(arguments: list[str]) -> int:
    """Play every scenario, print the table, write the JSON; 1 if a letter was lost or doubled without cause."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often every scenario is played (3)")
    parser.add_argument("--only", default="", help="keys of scenarios, with commas between")
    options = parser.parse_args(arguments)
    folder = state_dir()
    try:
        rows = measured(max(1, options.runs), {key for key in options.only.split(",") if key})
    except SetupError as error:
        print(f"make faults: {error}", file=sys.stderr)
        return 1
    from tests.faults.report import table, write

    print(f"\n{table(rows)}\n\nWritten: {write(rows, folder)}")
    return int(any(row["lost"] or row["doubled_outside_the_window"] for row in rows))


def measured(runs: int, only: set[str]) -> list[dict[str, object]]:
    """One row per scenario, on engines and data of this run."""
    with bench_ground.own_portal() as environ, tempfile.TemporaryDirectory() as folder:
        os.environ.clear()
        os.environ.update(environ, DJANGO_SETTINGS_MODULE="tests.faults.settings")
        django.setup()
        from tests.faults.ground import on_ground, sweep
        from tests.faults.report import played
        from tests.faults.scenarios import ROWS

        rows = []
        with on_ground(Path(folder)) as ground:
            with step("Letters of the demonstration"):
                sweep()
            for row in ROWS:
                if only and row.key not in only:
                    continue
                with step(row.title):
                    rows.append(played(row, ground, runs))
        return rows


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
