"""What every board answers besides its page: its rows as a file, and a filter that it does not have."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from base.clock import ALMATY
from calendar_app.spreadsheets import tables
from procedure.half_years import HalfYear

KINDS: dict[str, tuple[str, Callable[[tables.Table], bytes]]] = {
    "xlsx": (tables.XLSX, tables.as_xlsx),
    "csv": (tables.CSV, tables.as_csv),
}


def file(
    table: tables.Table, ending: str, *, name: str, half_year: HalfYear, at: datetime, narrowed: Iterable[str]
) -> HttpResponse:
    """The table as "xlsx" or "csv"; its name says what it shows, of when, and by which filters it is narrowed."""
    kind, written = KINDS[ending]
    parts = [name, half_year.code, f"{at.astimezone(ALMATY):%Y%m%d-%H%M}", *narrowed]
    called = "-".join(["demo", *parts] if settings.DEMO else parts)
    response = HttpResponse(written(table), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{called}.{ending}"'
    return response


def bad_filter(request: HttpRequest, form: Form, board_url: str) -> HttpResponse:
    """400 with a sentence for a filter that the board does not have."""
    context = {"form": form, "board_url": board_url}
    return render(request, "calendar_app/staff/board_bad_filter.html", context, status=400)
