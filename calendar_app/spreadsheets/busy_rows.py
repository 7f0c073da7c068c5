"""What was read of files of busy periods, as rows that are kept, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from base.texts import tidied
from calendar_app.labels.busy_periods import Left
from calendar_app.reachable import is_reachable
from calendar_app.spreadsheets.plan_choices import clock_of_text, day_of_text
from calendar_app.spreadsheets.sheets import Found
from procedure.busy_periods import problems_of_busy
from procedure.moments import ALMATY
from procedure.problems import Problem

REASON_LIMIT = 300


def of_events(found: Found) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Events of a calendar file. What cannot be a busy period is left and told, it spoils nothing."""
    rows = []
    for row in found.rows:
        kept = dict(row["cells"])
        if not kept.get("left"):
            starts, ends = (datetime.fromisoformat(kept[name]) for name in ("starts", "ends"))
            kept |= {"left": Left.WRONG_TIMES} if problems_of_busy(starts, ends) else {}
        rows.append(kept)
    return rows, list(found.problems)


def of_table(found: Found) -> tuple[list[dict[str, Any]], list[Problem]]:
    """Rows of a table, each with both times; a day without a clock is the whole day."""
    rows, problems = [], list(found.problems)
    for row in found.rows:
        wrong: list[Problem] = []
        cells = {name: tidied(text, lines=False) for name, text in row["cells"].items()}
        starts, ends = _times(cells, wrong)
        if len(cells.get("reason", "")) > REASON_LIMIT:
            params = {"length": len(cells["reason"]), "limit": REASON_LIMIT}
            wrong.append(Problem("cell_too_long", params, "reason"))
        if starts and ends:
            wrong += problems_of_busy(starts, ends)
            kept = {"starts": starts.isoformat(), "ends": ends.isoformat(), "reason": cells.get("reason", "")}
            rows.append(kept)
        problems += [_at(row, found, one) for one in wrong]
    return rows, problems


def _times(cells: Mapping[str, str], wrong: list[Problem]) -> tuple[datetime | None, datetime | None]:
    """Begin and end; without an end a day is busy as a whole."""
    begin, end = cells.get("starts", ""), cells.get("ends", "")
    starts, _whole = _moment("starts", begin, wrong)
    if not end and begin and _whole:
        end = begin
    ends, whole = _moment("ends", end, wrong)
    return starts, ends + timedelta(days=1) if ends and whole else ends


def _moment(name: str, text: str, wrong: list[Problem]) -> tuple[datetime | None, bool]:
    """The instant in Almaty, and whether it is a day without a clock."""
    if not text:
        wrong.append(Problem("cell_needed", field=name))
        return None, False
    if text == "?":
        return None, False
    day, _space, clock = text.replace(",", " ").partition(" ")
    known, at = day_of_text(day), clock_of_text(clock) if clock.strip() else "00:00"
    if known is None or at is None or not is_reachable(date.fromisoformat(known)):
        wrong.append(Problem("cell_no_moment", {"value": text[:80]}, name))
        return None, False
    said = datetime.combine(date.fromisoformat(known), time.fromisoformat(at), tzinfo=ALMATY)
    return said, not clock.strip()


def _at(row: Mapping[str, Any], found: Found, one: Problem) -> Problem:
    letter = found.columns[row["sheet"]].get(one.field, "")
    return Problem(one.code, {**one.params, "sheet": row["sheet"], "row": row["row"], "column": letter})
