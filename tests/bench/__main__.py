"""The command behind `make bench`: `--rounds 5` makes the spread clearer, `--seconds 1` the batches longer.

`--only board,letters` measures these rows beside the floors, or a measure such as `sweep` by itself.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import django

from meetings_portal.state import SetupError, state_dir
from tests.bench import ground
from tests.bench.client import BenchError

# What is no request of one person, by its module; the sweep needs the machine without the web server.
MEASURES = {"import": "imports", "comparison": "versions", "conflicts": "conflicts", "sweep": "sweep"}
ALONE = "sweep"


def main(arguments: list[str]) -> int:
    """Measure, print the table and write the JSON; 1 with one sentence when there are no figures."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often every row is measured (3)")
    parser.add_argument("--seconds", type=float, default=0.4, help="CPU seconds of one batch (0.4)")
    parser.add_argument("--only", type=keys, help="keys of rows and measures, with commas between (all)")
    options = parser.parse_args(arguments)
    folder = state_dir()
    try:
        report = measured(max(1, options.rounds), options.seconds, options.only)
    except (SetupError, BenchError) as error:
        print(f"make bench: {error}", file=sys.stderr)
        return 1
    from tests.bench.report import table, write

    lines = [
        import_module(f"tests.bench.{MEASURES[key]}").line(report[key]) for key in MEASURES if key in report
    ]
    print("\n".join(["", table(report), *lines, "", f"Written: {write(report, folder)}"]))
    return 0


def keys(text: str) -> list[str]:
    """`board, letters` as a list of keys."""
    return [key.strip() for key in text.split(",") if key.strip()]


def measured(rounds: int, seconds: float, only: Sequence[str] | None = None) -> dict[str, Any]:
    """The report of a run on engines and data of its own: everything, or the rows and measures of `only`."""
    wanted = [key for key in MEASURES if only is None or key in only]
    rows = None if only is None else [key for key in only if key not in MEASURES]
    with ground.own_portal() as environ:
        os.environ.clear()
        os.environ.update(environ)
        django.setup()
        from tests.bench.harness import Harness
        from tests.bench.report import contents
        from tests.bench.rows import TWIN, twin_of_home

        with ground.served(environ, {TWIN: twin_of_home()}) as server:
            harness = Harness(server.port, server.master, lists_per_act=20, only=rows)
            report = contents(harness.run(rounds, seconds))
            report |= {key: _measure(key, rounds) for key in wanted if key != ALONE}
        return report | {key: _measure(key, rounds) for key in wanted if key == ALONE}


def _measure(key: str, rounds: int) -> dict[str, Any]:
    found: dict[str, Any] = import_module(f"tests.bench.{MEASURES[key]}").measured(rounds)
    return found


if __name__ == "__main__":
    # Asked to stop: engines and web server end with us, in order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
