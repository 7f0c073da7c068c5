"""Rounds of interleaved batches: every row once a round, so that noise of the machine meets all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from tests.bench import cpu
from tests.bench.client import Answer, BenchError, line, send_all
from tests.bench.rows import Row, Stage, acts, floors, pages, public

LEAST, MOST = 4, 2000  # requests of a batch
WARM_UP = 10  # at least one for each thread of each worker


@dataclass(frozen=True)
class Batch:
    """Figures per request of one row in one round, in milliseconds; `rate` is requests per second."""

    requests: int
    cpu: float
    p50: float
    p99: float
    rate: float


@dataclass
class Result:
    """Everything about one row; `batches` has one entry per round."""

    row: Row
    statements: int
    size: int
    estimate: float  # CPU milliseconds of one request while warming up
    batches: list[Batch] = field(default_factory=list)


class Harness:
    """One run against the web server `master` (a process id) on `port`."""

    def __init__(
        self, port: int, master: int, *, lists_per_act: int, only: Collection[str] | None = None
    ) -> None:
        self.port, self.master = port, master
        self.stage = Stage(port, lists_per_act=lists_per_act)
        every = [*floors(self.stage), *public(self.stage), *pages(self.stage), *acts(self.stage)]
        self.rows = every if only is None else narrowed(every, only)

    def run(self, rounds: int, seconds: float, say: Callable[[str], None] = print) -> list[Result]:
        """Warm everything up and count statements, then measure; `seconds` of CPU is the aim for a batch.

        With 0 seconds a batch is one request, which shows that all is there and measures nothing.
        """
        self.stage.begin_round()
        results = [self.warm_up(row, WARM_UP if seconds else 2) for row in self.rows]
        for number in range(1, rounds + 1):
            self.stage.begin_round()
            for result in results:
                batch = self.measure(result, seconds)
                result.batches.append(batch)
                cost = f"{batch.cpu:8.2f} ms CPU"
                say(f"Round {number} of {rounds}: {result.row.title:<26}{cost}, {batch.requests} requests")
        return results

    def warm_up(self, row: Row, wanted: int) -> Result:
        """Fill caches and connections; the last request is the one whose statements are counted."""
        *first, last = row.asks(wanted)
        half = len(first) // 2
        send_all(self.port, first[:half])
        workers = cpu.children(self.master)
        before = cpu.milliseconds(workers)
        send_all(self.port, first[half:])
        with line(self.port) as one:
            answer = one.send(last, count=True)
        spent = cpu.milliseconds(workers) - before
        return Result(row, answer.statements, answer.size, spent / (len(first) - half + 1))

    def statements(self, key: str) -> int:
        """How many SQL statements one request of the row takes now."""
        row = next(row for row in self.rows if row.key == key)
        with line(self.port) as one:
            return one.send(row.asks(1)[0], count=True).statements

    def measure(self, result: Result, seconds: float) -> Batch:
        """One batch of the row; BenchError when a worker was lost meanwhile."""
        # A request that costs less than the clock of /proc can show still gets a finite number.
        wanted = min(MOST, max(LEAST, round(seconds * 1000 / max(0.1, result.estimate)))) if seconds else 1
        asks = result.row.asks(wanted)
        workers = cpu.children(self.master)
        before, began = cpu.milliseconds(workers), time.perf_counter()
        answers = send_all(self.port, asks)
        wall = time.perf_counter() - began
        if cpu.children(self.master) != workers:
            raise BenchError(f"a worker of the web server ended during “{result.row.title}”.")
        return _batch(answers, cpu.milliseconds(workers) - before, wall)


def narrowed(rows: Sequence[Row], only: Collection[str]) -> list[Row]:
    """The rows that `only` names by key, in their order, with all floors and what each needs beside it.

    BenchError with the keys that exist when one is unknown.
    """
    by_key = {row.key: row for row in rows}
    if unknown := sorted(set(only) - set(by_key)):
        raise BenchError(f"no row is called {', '.join(unknown)}; there are {', '.join(by_key)}.")
    kept = {key for key in by_key if key.startswith("floor.")} | set(only)
    for key in only:
        kept |= {by_key[key].floor, by_key[key].after}
    return [row for row in rows if row.key in kept]


def _batch(answers: Sequence[Answer], spent: float, wall: float) -> Batch:
    times = sorted(answer.seconds * 1000 for answer in answers)
    return Batch(
        requests=len(answers),
        cpu=spent / len(answers),
        p50=statistics.median(times),
        p99=times[min(len(times) - 1, int(len(times) * 0.99))],
        rate=len(answers) / wall,
    )
