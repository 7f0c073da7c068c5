"""Reads docs/procedure.md and says what is wrong with it, by looking at source text only."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MARKS = {"stated", "decided"}
CLAUSE = re.compile(r"[1-9]\.[0-9]{1,2}")
QUOTED = re.compile(r"`[^`]+`(, `[^`]+`)*")


def faults(text: str) -> list[str]:
    """Everything that is wrong with the page; empty for a good one."""
    rows = _rows(text, "In the code")
    later = _rows(text, "Not yet in code")
    found = [] if rows and later else ["a table is missing"]
    for row in rows:
        found += _faults_of_row(row)
    found += [f"malformed row: {row}" for row in later if not _is_later_row(row)]
    done = {row[0] for row in rows}
    found += [f"clause {row[0]} is in both tables" for row in later if row[0] in done]
    named = {name for row in rows if len(row) == 5 for name in _names(row[3])}
    found += [f"no row for {name}" for name in public_functions() if name not in named]
    return found


def clauses(text: str) -> set[str]:
    """The clauses of both tables."""
    return {row[0] for title in ("In the code", "Not yet in code") for row in _rows(text, title)}


def public_functions() -> list[str]:
    """Dotted names of the public functions of procedure/."""
    return [
        f"procedure.{path.stem}.{name}"
        for path in sorted((ROOT / "procedure").glob("*.py"))
        for name, node in _top_level(path).items()
        if isinstance(node, ast.FunctionDef) and not name.startswith("_")
    ]


def _rows(text: str, title: str) -> list[list[str]]:
    section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[2:]]


def _faults_of_row(row: list[str]) -> list[str]:
    if len(row) != 5 or not CLAUSE.fullmatch(row[0]) or not row[1] or row[2] not in MARKS:
        return [f"malformed row: {row}"]
    if not QUOTED.fullmatch(row[3]) or not QUOTED.fullmatch(row[4]):
        return [f"malformed row: {row}"]
    missing = [f"no such code: {name}" for name in _names(row[3]) if not _code_exists(name)]
    return missing + [f"no such test: {name}" for name in _names(row[4]) if not _test_exists(name)]


def _is_later_row(row: list[str]) -> bool:
    return len(row) == 3 and bool(CLAUSE.fullmatch(row[0])) and bool(row[1]) and row[2] in MARKS


def _names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def _code_exists(name: str) -> bool:
    """Whether `package.module.thing` or `package.module.Class.method` is defined there."""
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        path = ROOT.joinpath(*parts[:length]).with_suffix(".py")
        if path.is_file():
            return _defines(_top_level(path), parts[length:])
    return False


def _defines(names: dict[str, ast.AST], parts: list[str]) -> bool:
    node = names.get(parts[0])
    if node is None or len(parts) == 1:
        return node is not None
    return isinstance(node, ast.ClassDef) and _defines(_defined_in(node.body), parts[1:])


def _test_exists(name: str) -> bool:
    path, _, function = name.partition("::")
    if not path.startswith("tests/") or not (ROOT / path).is_file():
        return False
    return function.startswith("test_") and isinstance(_top_level(ROOT / path).get(function), ast.FunctionDef)


@cache
def _top_level(path: Path) -> dict[str, ast.AST]:
    return _defined_in(ast.parse(path.read_text(encoding="utf-8")).body)


def _defined_in(body: list[ast.stmt]) -> dict[str, ast.AST]:
    names: dict[str, ast.AST] = {}
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names[node.name] = node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update({target.id: node for target in targets if isinstance(target, ast.Name)})
    return names
