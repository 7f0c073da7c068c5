"""The board: where the 20 akimats stand with their topic lists, as a page and as files."""

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
from base.clock import now, today
from calendar_app import terms
from calendar_app.labels.topic_lists import TopicListState
from calendar_app.queries import topic_lists as queries
from calendar_app.queries.topic_lists import Standing
from calendar_app.spreadsheets.board import board_table
from calendar_app.staff import board_answers
from calendar_app.staff.counts import drawn as drawn_counts
from calendar_app.staff.topic_lists.board_filter import BoardFilter, board_url, counts
from calendar_app.staff.topic_lists.board_rows import board_rows
from procedure.deadlines import Due
from procedure.half_years import HalfYear


@dataclass(frozen=True)
class Board:
    """The half-year asked for: rows the search found, those of them that are shown, and the term of a list."""

    half_year: HalfYear
    found: list[Standing]
    shown: list[Standing]
    term: Due
    moment: datetime

    @property
    def is_finished(self) -> bool:
        """Whether the term is over and nothing found is owed or waits any more."""
        accepted = all(row.state == TopicListState.ACCEPTED for row in self.found)
        return bool(self.found) and accepted and self.term.is_late(self.moment)


@require_safe
@requires(Permission.TOPIC_LIST_BOARD)
def board(request: StaffRequest) -> HttpResponse:
    """One row per akimat, narrowed and ordered as the address asks."""
    form = _asked(request)
    if not form.is_valid():
        return board_answers.bad_filter(request, form, reverse("staff:board"))
    seen, day = _read(form), today()
    asked = {"half_year": seen.half_year.code} | form.asked
    context = {
        "form": form,
        "half_year": seen.half_year,
        "counts": drawn_counts(counts(seen.found, asked)),
        "rows": board_rows(seen.shown, day),
        "shown": len(seen.shown),
        "total": len(seen.found),
        "term": seen.term,
        "is_finished": seen.is_finished,
        "today": day,
        "plain_url": board_url({"half_year": seen.half_year.code}),
        "xlsx_url": board_url(asked, "staff:board_xlsx"),
        "csv_url": board_url(asked, "staff:board_csv"),
    }
    return render(request, "calendar_app/staff/board.html", context)


@require_safe
@requires(Permission.TOPIC_LIST_BOARD)
def board_xlsx(request: StaffRequest) -> HttpResponse:
    """The rows that the board shows for the same address, as a workbook."""
    return _file(request, "xlsx")


@require_safe
@requires(Permission.TOPIC_LIST_BOARD)
def board_csv(request: StaffRequest) -> HttpResponse:
    """The same as semicolon-separated text."""
    return _file(request, "csv")


def _file(request: StaffRequest, ending: str) -> HttpResponse:
    form = _asked(request)
    if not form.is_valid():
        return board_answers.bad_filter(request, form, reverse("staff:board"))
    seen = _read(form)
    table = board_table(
        seen.shown,
        seen.half_year,
        rule_set=seen.term.rule_set,
        now=seen.moment,
        chosen=form.in_words(),
        demonstration=settings.DEMO,
    )
    return board_answers.file(
        table,
        ending,
        name="topic-lists",
        half_year=seen.half_year,
        at=seen.moment,
        narrowed=form.narrowing_codes,
    )


def _asked(request: StaffRequest) -> BoardFilter:
    """The filters of the address. The half-year in preparation comes first: it is the one meant by none."""
    return BoardFilter(request.GET, reversed(terms.half_years_open_for_lists(today())))


def _read(form: BoardFilter) -> Board:
    """What the page and the files show: read in one place, so that they cannot differ."""
    moment, day = now(), today()
    half_years = terms.half_years_open_for_lists(day)
    half_year = next((one for one in half_years if one.code == form.asked.get("half_year")), half_years[-1])
    akimats = queries.akimats(day, get_language() or "kk", named=form.cleaned_data["q"])
    rows = queries.standings(akimats, [half_year], moment)
    shown = form.in_order([row for row in rows if form.keeps(row)])
    return Board(half_year, rows, shown, queries.first_term(half_year, rows, day), moment)
