"""Runs × lost × doubled, as a table for people and JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from notices.models import Letter
from tests.faults.ground import Ground
from tests.faults.scenarios import Row

FORMAT = "faults/1"


def played(row: Row, ground: Ground, runs: int) -> dict[str, Any]:
    """The scenario so many times: letters queued, lost, doubled, and doubled outside the window in doubt.

    A letter that will not be delivered is lost unless it is shown as failed with its cause.
    """
    made = [one for _ in range(runs) for one in _alone(row, ground)]
    copies = ground.post.accepted()
    letters = Letter.objects.filter(message_id__in=made)
    by_id = {one.message_id: one for one in letters}
    failed = {key for key, one in by_id.items() if one.state == "failed" and one.last_error}
    lost = [key for key in made if not copies[key] and key not in failed]
    doubled = [key for key in made if copies[key] > 1]
    unexplained = [key for key in doubled if not (row.in_doubt and by_id[key].doubts)]
    return {
        "key": row.key,
        "title": row.title,
        "runs": runs,
        "letters": len(made),
        "failed_and_shown": len(failed),
        "lost": len(lost),
        "doubled": len(doubled),
        "doubled_outside_the_window": len(unexplained),
    }


def _alone(row: Row, ground: Ground) -> list[str]:
    """One run; what it started helps no other one."""
    try:
        return row.play(ground)
    finally:
        ground.end_helpers()


def table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows as lines of text."""
    head = f"{'':<50}{'runs':>6}{'letters':>9}{'lost':>6}{'doubled':>9}{'unexplained':>13}"
    return "\n".join([head, *map(_line, rows)])


def _line(row: Mapping[str, Any]) -> str:
    return (
        f"{row['title']:<50}{row['runs']:>6}{row['letters']:>9}{row['lost']:>6}{row['doubled']:>9}"
        f"{row['doubled_outside_the_window']:>13}"
    )


def write(rows: Sequence[Mapping[str, Any]], folder: Path) -> Path:
    """The rows as `faults.json` in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "faults.json"
    path.write_text(json.dumps({"format": FORMAT, "rows": list(rows)}, indent=1) + "\n", encoding="utf-8")
    return path
