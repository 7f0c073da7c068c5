"""The command behind `make bench`: `--rounds 5` makes the spread clearer, `--seconds 1` the batches longer."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from typing import Any

import django

from meetings_portal.state import SetupError, state_dir
from tests.bench import ground
from tests.bench.client import BenchError


def main(arguments: list[str]) -> int:
    """Measure, print the table and write the JSON; 1 with one sentence when there are no figures."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="how often every row is measured (3)")
    parser.add_argument("--seconds", type=float, default=0.4, help="CPU seconds of one batch (0.4)")
    options = parser.parse_args(arguments)
    folder = state_dir()
    try:
        report = measured(max(1, options.rounds), options.seconds)
    except (SetupError, BenchError) as error:
        print(f"make bench: {error}", file=sys.stderr)
        return 1
    from tests.bench import conflicts, imports, sweep, versions
    from tests.bench.report import table, write

    lines = [
        imports.line(report["import"]),
        versions.line(report["versions"]),
        conflicts.line(report["conflicts"]),
        sweep.line(report["sweep"]),
    ]
    print("\n".join(["", table(report), *lines, "", f"Written: {write(report, folder)}"]))
    return 0


def measured(rounds: int, seconds: float) -> dict[str, Any]:
    """The report of a run on engines and data of its own."""
    with ground.own_portal() as environ:
        os.environ.clear()
        os.environ.update(environ)
        django.setup()
        from tests.bench import conflicts, imports, sweep, versions
        from tests.bench.harness import Harness
        from tests.bench.report import contents
        from tests.bench.rows import TWIN, twin_of_home

        with ground.served(environ, {TWIN: twin_of_home()}) as server:
            harness = Harness(server.port, server.master, lists_per_act=20)
            report = contents(harness.run(rounds, seconds))
            report |= {"import": imports.measured(rounds), "versions": versions.measured(rounds)}
            report |= {"conflicts": conflicts.measured(rounds)}
        return report | {"sweep": sweep.measured(rounds)}


if __name__ == "__main__":
    # Asked to stop: engines and web server end with us, in order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
