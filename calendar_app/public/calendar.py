"""The public calendar as pages: a list with the coming meetings first, and a month.

What they show follows from what is in force, the language, the address and the day in Almaty, from nothing
else (ADR 20): no cookie, no session, no form token.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date
from django.utils.safestring import SafeString

from base.clock import now
from base.dates import weekdays
from base.decorators import public_page
from calendar_app.public import drawn
from calendar_app.public.filters import CalendarFilter
from calendar_app.public.months import month_of
from calendar_app.queries import meetings as queries
from calendar_app.queries import published
from calendar_app.queries.published import PublicMeeting
from procedure.moments import day_of

PAGE = 50


@public_page
def calendar(request: HttpRequest) -> HttpResponse:
    """Meetings of the versions in force: `view=list`, 50 a page, or `view=month`, the month that holds `from`."""
    form = CalendarFilter(request.GET, now())
    if not form.is_valid():
        return bad_filter(request, form)
    if form.cleaned_data["view"] == "month":
        return _month(request, form)
    return _list(request, form)


def bad_filter(request: HttpRequest, form: CalendarFilter) -> HttpResponse:
    """Say what is wrong with the address, and lead to the whole calendar."""
    return render(request, "public/bad_filter.html", {"form": form}, status=400)


def _list(request: HttpRequest, form: CalendarFilter) -> HttpResponse:
    found, number = queries.shown(form.at, form.asked), form.cleaned_data["page"] or 1
    if not form.asked.keys() & {"from", "to"}:
        found = queries.coming_first(found, form.today)
    rows = published.rows(found, (number - 1) * PAGE, PAGE)
    if number > 1 and not rows:
        form.no_such_page()
        return bad_filter(request, form)
    total = rows[0].total if rows else 0
    context = {
        "groups": _groups(rows, form.today),
        "total": total,
        "page": Paginator(range(total), PAGE).get_page(number),
    }
    return _drawn(request, "public/calendar.html", form, rows, context)


def _groups(rows: list[PublicMeeting], today: date) -> list[tuple[bool, SafeString]]:
    """(past, list of meetings) for the coming and the past ones, as far as there are any on the page."""
    coming = [one for one in rows if day_of(one.starts) >= today]
    past = [one for one in rows if day_of(one.starts) < today]
    return [
        (is_past, drawn.meetings(some, "h3")) for is_past, some in ((False, coming), (True, past)) if some
    ]


def _month(request: HttpRequest, form: CalendarFilter) -> HttpResponse:
    """The whole month that holds `from`, else today; `to` narrows it."""
    first = (form.asked.get("from") or form.today).replace(day=1)
    asked = {name: value for name, value in form.asked.items() if name != "from"}
    rows = published.rows(queries.in_month(queries.shown(form.at, asked), first))
    month = month_of(first, rows, form.today)
    others = _query(request.GET, "from", "to", "page")
    context = {
        "month": month,
        "days": drawn.days(month.days),
        "weekdays": weekdays(),
        "before": f"{others}&from={month.before}",
        "after": f"{others}&from={month.after}",
    }
    return _drawn(request, "public/month.html", form, rows, context)


def _drawn(
    request: HttpRequest, template: str, form: CalendarFilter, rows: list[PublicMeeting], more: dict[str, Any]
) -> HttpResponse:
    feeds = _query(request.GET, "page", "view")
    context = {
        "form": form,
        "as_of": form.cleaned_data["as_of"],
        "query": _query(request.GET, "page"),
        "as_list": _query(request.GET, "page", "view"),
        "as_month": _query(request.GET, "page", "view", view="month"),
        "feed_query": f"?{feeds}" if feeds else "",
    }
    response = render(request, template, context | more)
    if rows:
        response["Last-Modified"] = http_date(max(one.in_force_from for one in rows).timestamp())
    return response


def _query(values: Mapping[str, str], *without: str, **more: str) -> str:
    """The query of the address anew: what is filled in, without some names, with others."""
    kept = {name: value for name, value in values.items() if value and name not in without}
    return urlencode(kept | more)
