"""Screens of a calendar as a whole: its versions, the plan of one, publication."""

from __future__ import annotations

from django.db.models import Count, Window
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from calendar_app import terms
from calendar_app.labels.calendars import PREPARED_STATES
from calendar_app.models import CalendarVersion, CoordinationAnswer
from calendar_app.queries import calendars as queries
from calendar_app.staff.calendars import forms
from calendar_app.staff.calendars.acting import FOLDER, GET_POST, by, find, page_of_act
from calendar_app.staff.calendars.plan_filter import PlanFilter
from calendar_app.transitions import calendars
from procedure.half_years import HalfYear

# Meetings on a page of the table.
PAGE = 50


@require_safe
@requires(Permission.CALENDAR_READ)
def overview(request: StaffRequest) -> HttpResponse:
    """Every version of every half-year, and which half-years may begin a working copy."""
    versions = CalendarVersion.objects.select_related("calendar").order_by("-calendar__half_year", "-number")
    busy = {one.half_year for one in versions if one.state in PREPARED_STATES}
    offered = [one for one in terms.half_years_open_for_lists(today()) if one.code not in busy]
    context = {"versions": versions, "offered": offered}
    return render(request, f"{FOLDER}/overview.html", context)


@require_POST
@requires(Permission.CALENDAR_COMPILE)
def open_(request: StaffRequest, half_year: HalfYear) -> HttpResponse:
    """Open the working copy of a half-year."""
    return redirect(calendars.open_(half_year=half_year, by=request.user, now=now()))


@require_safe
@requires(Permission.SESSION_READ)
def version(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """The plan as a table, with what ministries said about each meeting."""
    one = find(request, half_year, number)
    form = PlanFilter(request.GET, one)
    if not form.is_valid():
        return render(request, f"{FOLDER}/bad_filter.html", {"version": one, "form": form}, status=400)
    page = form.cleaned_data["page"] or 1
    found = form.narrowed(one.planned.all()).in_order().with_places()
    found = found.annotate(total=Window(Count("pk"))).with_bodies()
    planned = list(found[(page - 1) * PAGE : page * PAGE])
    said: dict[int, list[CoordinationAnswer]] = {}
    for row in queries.standing_answers(one).filter(planned__in=planned):
        said.setdefault(row.planned_id, []).append(row)
    total: int = getattr(planned[0], "total", 0) if planned else 0
    context = {
        "version": one,
        "form": form,
        "fields": [form[name] for name in ("region", "body", "answer", "first", "last", "q")],
        "rows": [(row, said.get(row.pk, [])) for row in planned],
        "total": total,
        "page": page,
        "before": form.query(page=page - 1) if page > 1 else "",
        "after": form.query(page=page + 1) if page * PAGE < total else "",
    }
    return render(request, f"{FOLDER}/version.html", context)


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_SUBMIT)
def publish(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Publish what the commission approved."""
    one = find(request, half_year, number)
    form = forms.ConfirmForm(request.POST or None, version=one.revision)
    return page_of_act(
        request, one, form, lambda at: calendars.publish(version=one, **by(request, form, at)), "publish"
    )
