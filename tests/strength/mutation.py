"""How strong the tests of the rules and of the permission table are: `python -m tests.strength.mutation`.

Each mutant is one small change of a module, kept in memory: a child process imports the changed
module in place of the file and runs the tests that belong to it. Nothing is written into the
checkout. The table says how many mutants the tests noticed; the same goes to mutation.json.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import importlib.abc
import importlib.util
import json
import os
import signal
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

# Imported once here, so that every child finds them loaded.
import dateutil.rrule  # noqa: F401
import hypothesis.strategies
import pytest

from tests.strength.mutators import Mutant, grants, mutants

ROOT = Path(__file__).resolve().parents[2]
EXPLAINED = Path(__file__).with_name("explained.toml")
TARGETS = {
    "procedure/deadlines.py": (
        "tests/procedure/test_deadlines.py",
        "tests/procedure/test_terms.py",
        "tests/procedure/test_windows.py",
    ),
    "procedure/substitution.py": (
        "tests/procedure/test_substitution.py",
        "tests/procedure/test_deputies.py",
    ),
    "procedure/voting.py": ("tests/procedure/test_voting.py",),
    "accounts/permissions.py": (
        "tests/accounts/test_permission_table.py",
        "tests/accounts/test_permissions.py",
    ),
}
# The table in which every permission that a role does not hold is granted once.
PERMISSION_TABLE = ("accounts/permissions.py", "ROLE_PERMISSIONS", "Permission")

# Without the project's settings, so that a child starts in a fraction of a second.
PYTEST = ("-x", "-q", "-c", os.devnull, f"--rootdir={ROOT}", "-p", "no:django", "-p", "no:cacheprovider")
PASSED, FAILED, INTERRUPTED, NOT_USED = 0, 1, 2, 70
TIME_LIMIT = 30.0  # seconds for one mutant: one that makes the tests hang is noticed too


class BrokenRunError(Exception):
    """The tests could not be run, so the figures would mean nothing."""


@dataclass(frozen=True)
class Survivor:
    """A mutant that the tests did not notice, with the reason why that is right, if there is one."""

    target: str
    line: int
    code: str
    change: str
    reason: str = ""


@dataclass
class Score:
    """The figures of one target."""

    target: str
    mutants: int
    killed: int
    explained: int
    survived: int
    seconds: float


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a syntax tree instead of its file."""

    def __init__(self, target: str, tree: ast.Module | None) -> None:
        self.target, self.tree = target, tree
        self.module_name = target.removesuffix(".py").replace("/", ".")
        self.used = False

    def find_spec(self, fullname, path=None, target=None):  # type: ignore[no-untyped-def]
        if fullname != self.module_name:
            return None
        return importlib.util.spec_from_file_location(fullname, ROOT / self.target, loader=self)

    def exec_module(self, module):  # type: ignore[no-untyped-def]
        self.used = True
        tree = self.tree or ast.parse((ROOT / self.target).read_text(encoding="utf-8"))
        exec(compile(tree, self.target, "exec"), module.__dict__)  # noqa: S102 - that is the point


def main(arguments: list[str] | None = None) -> int:
    """Run the mutants of all targets, or of those named; 1 if one survived without a reason."""
    parser = argparse.ArgumentParser(description="Mutation score of the rules and of the permission table.")
    parser.add_argument("targets", nargs="*", help=f"some of: {', '.join(TARGETS)}")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args(arguments)
    wanted = [target for target in TARGETS if not options.targets or target in options.targets]
    reasons = _reasons()
    scores, survivors = [], []
    for target in wanted:
        score, left = _run_target(target, options.jobs, reasons)
        scores.append(score)
        survivors += left
    _print_table(scores, survivors)
    _write_json(scores, survivors)
    _print_stale(reasons, wanted, survivors)
    return 1 if any(score.survived for score in scores) else 0


def _run_target(
    target: str, jobs: int, reasons: dict[tuple[str, str, str], str]
) -> tuple[Score, list[Survivor]]:
    started = time.monotonic()
    if _finished(_start(target, None)) != PASSED:
        raise BrokenRunError(f"The tests of {target} fail without any change: mend them first.")
    source = (ROOT / target).read_text(encoding="utf-8")
    lines = source.splitlines()
    all_mutants = [*mutants(source), *_grants(target, source)]
    survivors = []
    for mutant in _survivors(target, all_mutants, jobs):
        code = lines[mutant.line - 1].strip()
        survivors.append(
            Survivor(target, mutant.line, code, mutant.change, reasons.get((target, code, mutant.change), ""))
        )
    explained = sum(bool(survivor.reason) for survivor in survivors)
    killed = len(all_mutants) - len(survivors)
    seconds = round(time.monotonic() - started, 1)
    return Score(target, len(all_mutants), killed, explained, len(survivors) - explained, seconds), survivors


def _grants(target: str, source: str) -> Iterator[Mutant]:
    path, table, members = PERMISSION_TABLE
    if target == path:
        module = importlib.import_module(path.removesuffix(".py").replace("/", "."))
        held = {role.name: {held.name for held in row} for role, row in getattr(module, table).items()}
        sys.modules.pop(module.__name__)
        yield from grants(source, table, members, held)


def _survivors(target: str, all_mutants: list[Mutant], jobs: int) -> list[Mutant]:
    """Run the mutants, `jobs` at a time, and give those the tests passed with, in order."""
    waiting = list(enumerate(all_mutants))[::-1]
    running: dict[int, int] = {}
    survived: list[int] = []
    while waiting or running:
        while waiting and len(running) < max(1, jobs):
            number, mutant = waiting.pop()
            running[_start(target, mutant.tree)] = number
        pid, status = os.wait()
        if _verdict(status, target) == PASSED:
            survived.append(running[pid])
        del running[pid]
        _progress(target, len(all_mutants) - len(waiting) - len(running), len(all_mutants))
    return [all_mutants[number] for number in sorted(survived)]


def _start(target: str, tree: ast.Module | None) -> int:
    """Fork a child that runs the tests of the target with the tree in place of its file."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        try:
            os._exit(_child(target, tree))
        finally:
            os._exit(NOT_USED)
    return pid


def _child(target: str, tree: ast.Module | None) -> int:
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT)
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    sys.dont_write_bytecode = True
    os.chdir(ROOT)
    hypothesis.settings.register_profile("mutation", max_examples=30, derandomize=True, database=None)
    hypothesis.settings.load_profile("mutation")
    changed = _Changed(target, tree)
    sys.meta_path.insert(0, changed)
    tests = TARGETS[target]
    # The rules' own fixtures are wanted, those of a whole project with a database are not.
    conftest = f"--confcutdir={Path(tests[0]).parent}" if target.startswith("procedure/") else "--noconftest"
    result = pytest.main([*PYTEST, conftest, *tests])
    return int(result) if changed.used else NOT_USED


def _finished(pid: int) -> int:
    return _verdict(os.waitpid(pid, 0)[1], "")


def _verdict(status: int, target: str) -> int:
    """PASSED or FAILED; a mutant that cannot be imported or hangs counts as noticed."""
    code = os.waitstatus_to_exitcode(status)
    if code in (PASSED, FAILED):
        return code
    if code in (INTERRUPTED, -signal.SIGALRM):
        return FAILED
    raise BrokenRunError(f"The tests of {target or 'the target'} could not be run: exit status {code}.")


def _reasons() -> dict[tuple[str, str, str], str]:
    """Mutants that change nothing anybody could see: (target, line of code, change) → why."""
    entries = tomllib.loads(EXPLAINED.read_text(encoding="utf-8")).get("explained", [])
    return {(entry["target"], entry["code"], entry["change"]): entry["reason"] for entry in entries}


def _progress(target: str, done: int, total: int) -> None:
    if sys.stderr.isatty() or done == total or done % 50 == 0:
        end = "\n" if done == total or not sys.stderr.isatty() else "\r"
        print(f"{target}: {done} of {total} mutants", end=end, file=sys.stderr, flush=True)


def _print_table(scores: Iterable[Score], survivors: Iterable[Survivor]) -> None:
    print(f"\n{'target':<28}{'mutants':>8}{'killed':>8}{'explained':>11}{'survived':>10}{'seconds':>9}")
    for score in scores:
        print(
            f"{score.target:<28}{score.mutants:>8}{score.killed:>8}{score.explained:>11}"
            f"{score.survived:>10}{score.seconds:>9}"
        )
    for survivor in survivors:
        mark = f"explained: {survivor.reason}" if survivor.reason else "SURVIVED"
        print(f"{survivor.target}:{survivor.line}: {survivor.change} - {mark}")


def _print_stale(
    reasons: dict[tuple[str, str, str], str], wanted: list[str], survivors: list[Survivor]
) -> None:
    alive = {(survivor.target, survivor.code, survivor.change) for survivor in survivors}
    for target, code, change in reasons:
        if target in wanted and (target, code, change) not in alive:
            print(f"{EXPLAINED.name}: no longer survives, take it out: {target}: {code}: {change}")


def _write_json(scores: list[Score], survivors: list[Survivor]) -> None:
    folder = Path(os.environ.get("STATE_DIR") or ROOT / "var")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "mutation.json"
    content = {"targets": [asdict(one) for one in scores], "survivors": [asdict(one) for one in survivors]}
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"Written: {path}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenRunError as error:
        sys.exit(str(error))
