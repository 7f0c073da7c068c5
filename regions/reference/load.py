"""The act of loading reference data: everything or nothing, one journal entry when something changed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from audit import journal
from procedure.deadlines import ALMATY
from regions.models import Territory
from regions.reference import bodies, days, files, territories
from regions.reference.report import Report

# Two loads at once would both add the same rows.
LOCK = 863_2024


def load_reference(
    *, now: datetime, at: date | None = None, folder: Path = files.DATA, closing_allowed: bool = False
) -> Report:
    """Load every data file of `folder`; a second run changes nothing. Raises `territories.BrokenFileError`.

    `now` is the portal's instant, `at` the day from which new territories are valid and missing ones are
    closed (otherwise: the day of `now`, or "ever" on the very first load).
    """
    report = Report(digest=files.digest(folder))
    today = now.astimezone(ALMATY).date()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        territories.load(report, at, today, folder=folder, closing_allowed=closing_allowed)
        bodies.load(report, folder=folder)
        days.load(report, at or today, folder=folder)
        if report.changed:
            _record(report, now)
    if report.changed:
        _refresh_statistics()
    return report


def _record(report: Report, now: datetime) -> None:
    journal.record(
        act="reference.load",
        actor=journal.SYSTEM,
        now=now,
        subject=journal.Subject("reference", "reference", "Reference data"),
        changes=report.as_changes(),
        source="command",
    )


def _refresh_statistics() -> None:
    """Let the planner know what was copied, and sort it into the search index before the first search."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {connection.ops.quote_name(Territory._meta.db_table)}")
        cursor.execute("SELECT gin_clean_pending_list('territory_search'::regclass)")
