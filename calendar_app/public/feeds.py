"""The calendar for other programs, with the filters of its page: iCalendar, JSON, CSV, Atom of versions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import http_date

from base.clock import now
from base.dates import current_language
from base.decorators import public_page
from calendar_app.public import atom, icalendar, open_data
from calendar_app.public.calendar import bad_filter
from calendar_app.public.filters import CalendarFilter
from calendar_app.queries import meetings as queries
from calendar_app.queries import published
from calendar_app.queries.published import PublicMeeting

Maker = Callable[[Sequence[PublicMeeting]], HttpResponse]


def _feed(make: Maker) -> Callable[[HttpRequest], HttpResponse]:
    """A feed of meetings; a bad filter is a 400 page as there."""

    @public_page
    def view(request: HttpRequest) -> HttpResponse:
        form = CalendarFilter(request.GET, now())
        if not form.is_valid():
            return bad_filter(request, form)
        rows = published.rows(queries.shown(form.at, form.asked))
        response = make(rows)
        if rows:
            response["Last-Modified"] = http_date(max(one.in_force_from for one in rows).timestamp())
        return response

    return view


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _ics(rows: Sequence[PublicMeeting]) -> HttpResponse:
    text = icalendar.calendar(rows, current_language())
    return _file(text, icalendar.CONTENT_TYPE, "calendar.ics")


def _json(rows: Sequence[PublicMeeting]) -> HttpResponse:
    found = {"meetings": [open_data.record(one) for one in rows]}
    return JsonResponse(found, json_dumps_params={"ensure_ascii": False})


def _csv(rows: Sequence[PublicMeeting]) -> HttpResponse:
    return _file(open_data.csv_text(rows), "text/csv; charset=utf-8", "calendar.csv")


calendar_ics = _feed(_ics)
calendar_json = _feed(_json)
calendar_csv = _feed(_csv)


@public_page
def calendar_atom(request: HttpRequest) -> HttpResponse:
    """Publications of versions that say something about the meetings asked for."""
    form = CalendarFilter(request.GET, now())
    if not form.is_valid():
        return bad_filter(request, form)
    found = queries.versions(form.at, form.asked)
    response = HttpResponse(
        atom.feed(found, request.get_full_path(), settings.DEMO), content_type=atom.CONTENT_TYPE
    )
    if found:
        response["Last-Modified"] = http_date(found[0].in_force_from.timestamp())
    return response


@public_page
def fields(request: HttpRequest) -> HttpResponse:
    """What the fields of JSON and CSV mean, and how to ask for a part of the calendar."""
    return render(request, "public/open_data.html", {"fields": open_data.FIELDS})
