"""The board of deadlines: every duty of a half-year, as a page and as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now
from calendar_app.queries import compliance as queries
from calendar_app.queries.compliance import DutyRow
from calendar_app.spreadsheets.compliance import compliance_table
from calendar_app.staff import board_answers
from calendar_app.staff.compliance import drawn_timeline
from calendar_app.staff.compliance.board_filter import ComplianceFilter, board_url, counts
from calendar_app.staff.compliance.board_rows import board_rows
from calendar_app.staff.compliance.drawn_rows import drawn
from calendar_app.staff.compliance.timeline import timeline
from calendar_app.staff.counts import drawn as drawn_counts
from procedure.half_years import HalfYear
from procedure.moments import day_of


@dataclass(frozen=True)
class Board:
    """The half-year asked for: all its duties, those that the search and the kinds found, those shown."""

    half_year: HalfYear
    every: list[DutyRow]
    found: list[DutyRow]
    shown: list[DutyRow]
    moment: datetime


@require_safe
@requires(Permission.COMPLIANCE_BOARD)
def board(request: StaffRequest) -> HttpResponse:
    """One row per duty, narrowed and ordered as the address asks, below the half-year as a line of time."""
    form = _asked(request)
    if not form.is_valid():
        return board_answers.bad_filter(request, form, reverse("staff:compliance"))
    seen = _read(form)
    day = day_of(seen.moment)
    asked = {"half_year": seen.half_year.code} | form.asked
    line = timeline(seen.every, seen.half_year, day)
    context = {
        "form": form,
        "half_year": seen.half_year,
        "as_of": seen.moment,
        "counts": drawn_counts(counts(seen.found, asked)),
        "rows": drawn(board_rows(seen.shown, day), with_body=True),
        "shown": len(seen.shown),
        "total": len(seen.every),
        "line": line,
        "line_marks": drawn_timeline.drawn(line),
        "plain_url": board_url({"half_year": seen.half_year.code}),
        "xlsx_url": board_url(asked, "staff:compliance_xlsx"),
        "csv_url": board_url(asked, "staff:compliance_csv"),
    }
    return render(request, "calendar_app/staff/compliance/board.html", context)


@require_safe
@requires(Permission.COMPLIANCE_BOARD)
def board_xlsx(request: StaffRequest) -> HttpResponse:
    """The rows that the board shows for the same address, as a workbook."""
    return _file(request, "xlsx")


@require_safe
@requires(Permission.COMPLIANCE_BOARD)
def board_csv(request: StaffRequest) -> HttpResponse:
    """The same as semicolon-separated text."""
    return _file(request, "csv")


def _file(request: StaffRequest, ending: str) -> HttpResponse:
    form = _asked(request)
    if not form.is_valid():
        return board_answers.bad_filter(request, form, reverse("staff:compliance"))
    seen = _read(form)
    table = compliance_table(
        seen.shown, seen.half_year, now=seen.moment, chosen=form.in_words(), demonstration=settings.DEMO
    )
    return board_answers.file(
        table,
        ending,
        name="deadlines",
        half_year=seen.half_year,
        at=seen.moment,
        narrowed=form.narrowing_codes,
    )


def _asked(request: StaffRequest) -> ComplianceFilter:
    """The filters of the address; the newest half-year, the one in preparation, is the one meant by none."""
    found = queries.half_years_on_offer()
    return ComplianceFilter(request.GET, found or [HalfYear.of(day_of(now())).next])


def _read(form: ComplianceFilter) -> Board:
    """What the page and the files show: read in one place, so that they cannot differ."""
    moment = now()
    offered = [code for code, label in form.fields["half_year"].choices]  # type: ignore[attr-defined]
    half_year = HalfYear.parse(form.asked.get("half_year") or offered[0])
    every = queries.read([half_year], moment, language=get_language() or "kk")
    named = queries.found_by_name(every, form.cleaned_data["q"])
    # A count tells how many there are beside the other filters, not within itself.
    others = {form.cleaned_data[name] for name in ("kind", "bodies")} - {""}
    found = [row for row in named if others <= row.kinds]
    shown = form.in_order([row for row in found if form.keeps(row)])
    return Board(half_year, every, found, shown, moment)
