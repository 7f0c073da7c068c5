"""Reading what was uploaded, file by file, each in a process of its own: what a worker does."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import connection

from calendar_app.labels.imports import ImportKind
from calendar_app.models import Import
from calendar_app.spreadsheets import busy_rows, choices
from calendar_app.spreadsheets.child import read_file
from calendar_app.spreadsheets.plan_rows import PlanReader
from calendar_app.spreadsheets.sheets import Found
from calendar_app.transitions import import_claims as claims
from procedure.imports import row_of_key
from procedure.problems import Problem
from procedure.topic_lists import TEXT_LIMIT, TITLE_LIMIT

logger = logging.getLogger(__name__)

# A run stops taking up files after this time and hands the rest on.
RUN_SECONDS = 90.0
SWEEP_LOCK = 0x696D706F  # pg_try_advisory_lock: one sweep at a time
ANALYSIS_LIMIT = 20_000
Reader = Callable[[Found, str], tuple[list[dict[str, Any]], list[Problem], str]]
LIMITS = {"title": TITLE_LIMIT, "text": TEXT_LIMIT, "evidence": TEXT_LIMIT}


def read_waiting(*, on: date) -> int:
    """Read imports that wait, one after another; any number of workers at once. Returns how many were read.

    on: the day whose districts and ministries count.
    """
    stop_at, done = time.monotonic() + RUN_SECONDS, 0
    while time.monotonic() < stop_at and (one := claims.claim_next()):
        done += _read(one, on, stop_at)
    return done


def sweep(*, on: date, lease: timedelta = claims.LEASE) -> int:
    """Free what dead workers held, then read what waits; nothing if another sweep is at work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [SWEEP_LOCK])
        if not cursor.fetchone()[0]:
            return 0
    try:
        if abandoned := claims.recover_abandoned(lease):
            logger.warning("%d imports were left by a lost worker", abandoned)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SWEEP_LOCK])
    return read_waiting(on=on)


def _read(one: Import, on: date, stop_at: float) -> bool:
    reader = _reader_of(one, on)
    for file in one.files.filter(is_read=False):
        if time.monotonic() > stop_at:
            claims.give_back(one)
            return False
        found = read_file(bytes(file.content or b""), file.name, one.kind)
        rows, problems, district = reader(found, file.name)
        if not claims.keep_file(one, file, rows=rows, problems=problems, district=district):
            return False
    return claims.close(one)


def _reader_of(one: Import, on: date) -> Reader:
    """What makes rows of that which a child found: (rows, problems, the district that the file is about)."""
    if one.kind == ImportKind.TOPICS:
        offered = choices.Choices(one.own_list.akimat, on)
        return lambda found, name: (*choices.topics_of(found, offered), offered.district_named_in(name))
    if one.kind == ImportKind.PLAN:
        plan = PlanReader(one.own_plan)
        return lambda found, _name: (*plan.rows(found), "")
    if one.kind == ImportKind.BUSY_TABLE:
        return lambda found, _name: (*busy_rows.of_table(found), "")
    if one.kind == ImportKind.BUSY_EVENTS:
        return lambda found, _name: (*busy_rows.of_events(found), "")
    return lambda found, _name: (*_texts_of(found), "")


def _texts_of(found: Found) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The rows of a translator's sheet, and those whose key or length is wrong."""
    rows, problems = [], list(found.problems)
    for row in found.rows:
        cells, letters = row["cells"], found.columns[row["sheet"]]
        place = {"sheet": row["sheet"], "row": row["row"]}
        kept = row_of_key(cells.get("key", ""), cells.get("kk", ""), cells.get("ru", ""))
        if kept is None:
            problems.append(Problem("key_damaged", {**place, "column": letters["key"]}))
            continue
        limit = LIMITS.get(kept.name.partition(".")[2], ANALYSIS_LIMIT)
        for language, text in (("kk", kept.texts[0]), ("ru", kept.texts[1])):
            if len(text) > limit:
                params = {**place, "column": letters[language], "length": len(text), "limit": limit}
                problems.append(Problem("cell_too_long", params))
        rows.append({**place, "key": cells["key"], "kk": kept.texts[0], "ru": kept.texts[1]})
    return rows, problems
