"""The public calendar: a list of meetings with filters, one meeting, and the same for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from base.clock import now
from base.dates import current_language
from base.decorators import public_page
from calendar_app.models import PlannedMeeting
from calendar_app.public import feeds
from calendar_app.public.filters import CalendarFilter
from calendar_app.public.home import rules_in_force
from calendar_app.queries import meetings as queries
from procedure.deadlines import results_due
from regions import workdays

PAGE = 50


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Meetings of the versions in force, 50 a page."""
    form = CalendarFilter(request.GET, now())
    if not form.is_valid():
        return _bad_filter(request, form)
    pages = Paginator(queries.whole(queries.shown(form.at, form.asked)), PAGE)
    asked = {name: value for name, value in request.GET.items() if name != "page" and value}
    context = {
        "form": form,
        "page": pages.get_page(form.cleaned_data["page"] or 1),
        "query": urlencode(asked),
        "as_of": form.cleaned_data["as_of"],
        "ics_url": reverse("public:calendar_ics") + (f"?{urlencode(asked)}" if asked else ""),
    }
    return render(request, "public/calendar.html", context)


@public_page
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """One meeting by its permanent number; 404 while it is not public."""
    moment = now()
    row = get_object_or_404(queries.whole(queries.shown(moment)), meeting__number=number)
    results = results_due("report", row.day, rules_in_force(row.day), workdays.current())
    return render(request, "public/meeting.html", {"row": row, "results_day": results.last_day})


@public_page
def meeting_ics(request: HttpRequest, number: str) -> HttpResponse:
    """One meeting for a calendar program."""
    row = get_object_or_404(queries.whole(queries.shown(now())), meeting__number=number)
    return _file(feeds.icalendar([row], current_language()), feeds.ICS, f"meeting-{number}.ics")


Maker = Callable[[Iterable[PlannedMeeting], datetime], HttpResponse]


def _feed(make: Maker) -> Callable[[HttpRequest], HttpResponse]:
    """A feed with the filters of the calendar; a bad filter is a 400 page as there."""

    @public_page
    def view(request: HttpRequest) -> HttpResponse:
        form = CalendarFilter(request.GET, now())
        if not form.is_valid():
            return _bad_filter(request, form)
        return make(queries.whole(queries.shown(form.at, form.asked)), form.at)

    return view


def _file(text: str, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _bad_filter(request: HttpRequest, form: CalendarFilter) -> HttpResponse:
    return render(request, "public/bad_filter.html", {"form": form}, status=400)


def _ics(rows: Iterable[PlannedMeeting], moment: datetime) -> HttpResponse:
    return _file(feeds.icalendar(rows, current_language()), feeds.ICS, "calendar.ics")


def _json(rows: Iterable[PlannedMeeting], moment: datetime) -> HttpResponse:
    return JsonResponse(
        {"meetings": [feeds.record(one) for one in rows]}, json_dumps_params={"ensure_ascii": False}
    )


def _csv(rows: Iterable[PlannedMeeting], moment: datetime) -> HttpResponse:
    return _file(feeds.csv_text(rows), feeds.CSV, "calendar.csv")


calendar_ics = _feed(_ics)
calendar_json = _feed(_json)
calendar_csv = _feed(_csv)
