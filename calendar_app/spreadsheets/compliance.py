"""The board of deadlines as a table for XLSX and CSV: the rows that the page shows, in its order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from base.dates import at_almaty, half_year_name
from base.names import in_language
from calendar_app.labels.obligations import DutyStatus, ObligationKind
from calendar_app.queries.compliance import DutyRow
from calendar_app.spreadsheets.tables import Table, Value
from procedure.half_years import HalfYear

# What instants and days mean is said by the headings.
COLUMNS: list[tuple[Promise, Callable[[DutyRow], Value]]] = [
    (_("Body"), lambda row: in_language(row.body)),
    (_("Code"), lambda row: row.body.pk),
    (_("Duty"), lambda row: str(ObligationKind(row.duty.kind).label)),
    (_("Subject"), lambda row: row.duty.subject),
    (_("Round"), lambda row: row.duty.round),
    (_("State"), lambda row: str(DutyStatus(row.status).label)),
    (_("Level of delay"), lambda row: row.level or None),
    (_("Day to aim at"), lambda row: row.duty.aim_day),
    (_("Last day"), lambda row: row.duty.last_day),
    (_("Done at (time of Almaty)"), lambda row: row.proof.done_at if row.proof else None),
    (_("Days late"), lambda row: row.days_late or None),
    (_("Evidence"), lambda row: row.proof.reference if row.proof else None),
    (_("Nobody to remind"), lambda row: "" if row.has_officer else pgettext("mark in a table", "yes")),
    (_("Rule set"), lambda row: row.duty.rule_set.code),
]


def compliance_table(
    rows: Sequence[DutyRow],
    half_year: HalfYear,
    *,
    now: datetime,
    chosen: Sequence[str] = (),
    demonstration: bool = False,
) -> Table:
    """The rows with what has to be known of them: as of when, narrowed how. chosen: the filters in words."""
    period = capfirst(half_year_name(half_year))
    notes = [
        gettext("Deadlines: %(period)s") % {"period": period},
        gettext("As of %(instant)s.") % {"instant": at_almaty(now, "seconds")},
    ]
    if chosen:
        notes.append(gettext("Only: %(filters)s.") % {"filters": "; ".join(chosen)})
    if demonstration:
        notes.append(gettext("Demonstration: people and events are invented"))
    return Table(
        title=half_year.code,
        notes=notes,
        about=pgettext("sheet of a workbook", "About this table"),
        headings=[str(heading) for heading, value in COLUMNS],
        rows=[[value(row) for heading, value in COLUMNS] for row in rows],
    )
