"""The data files that come with the portal, read as dictionaries."""

from __future__ import annotations

import csv
import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name: str, folder: Path = DATA) -> list[dict[str, str]]:
    """The rows of a CSV file by column name."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def ministries() -> list[dict[str, Any]]:
    """The ministries with the exemptions that four sources state (`exempt`: source → bool)."""
    return json.loads((DATA / "central_executive_bodies.json").read_text(encoding="utf-8"))


def digest(folder: Path = DATA) -> str:
    """SHA-256 over the names and contents of all data files, in the order of their names."""
    total = hashlib.sha256()
    for path in sorted([*folder.glob("*.csv"), *folder.glob("*.json")]):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()
