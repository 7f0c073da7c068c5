"""The board of topic lists as a table for XLSX and CSV: the rows that the page shows, in its order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from base.dates import at_almaty, half_year_name
from base.names import in_language
from calendar_app.labels.topic_lists import BOARD_STATES
from calendar_app.queries.topic_lists import Standing
from calendar_app.spreadsheets.tables import Table, Value
from procedure.half_years import HalfYear

STATES = dict(BOARD_STATES)


def _yes(holds: bool) -> str:
    return pgettext("mark in a table", "yes") if holds else ""


# What instants and days mean is said by the headings; a list nobody owes now has no days left.
COLUMNS: list[tuple[Promise, Callable[[Standing], Value]]] = [
    (_("Akimat"), lambda row: in_language(row.akimat, "name")),
    (_("Code"), lambda row: row.akimat.pk),
    (_("State"), lambda row: str(STATES[row.state])),
    (_("Round"), lambda row: row.round),
    (_("Day to aim at"), lambda row: row.term.aim_day),
    (_("Last day"), lambda row: row.term.last_day),
    (_("Days left"), lambda row: row.days_left),
    (_("Submitted (time of Almaty)"), lambda row: row.submitted_at),
    (_("Review by"), lambda row: row.review.last_day if row.review else None),
    (_("Overdue"), lambda row: _yes(row.is_overdue)),
    (_("Came late"), lambda row: _yes(row.is_late)),
    (_("Nobody to remind"), lambda row: _yes(not row.has_officer)),
    (_("Rule set"), lambda row: row.term.rule_set),
]


def board_table(
    rows: Sequence[Standing],
    half_year: HalfYear,
    *,
    rule_set: str,
    now: datetime,
    chosen: Sequence[str] = (),
    demonstration: bool = False,
) -> Table:
    """The rows with what has to be known of them: as of when, by which rule set, narrowed how.

    rule_set: code of the one in force for new lists; each row names its own. chosen: the filters in words.
    """
    period = capfirst(half_year_name(half_year))
    notes = [
        gettext("Topic lists: %(period)s") % {"period": period},
        gettext("As of %(instant)s, rule set %(code)s.")
        % {"instant": at_almaty(now, "seconds"), "code": rule_set},
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
