"""The plan by journeys: who travels, when, where to, and which meetings; made to be printed."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from calendar_app.queries.trips import trips
from calendar_app.staff.calendars.acting import FOLDER, find
from calendar_app.staff.calendars.plan_filter import PlanFilter
from procedure.half_years import HalfYear


@require_safe
@requires(Permission.CALENDAR_READ)
def by_trip(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Meetings of each journey of the plan; the filters choose meetings."""
    one = find(request, half_year, number)
    form = PlanFilter(request.GET, one)
    if not form.is_valid():
        return render(request, f"{FOLDER}/bad_filter.html", {"version": one, "form": form}, status=400)
    rows = list(form.narrowed(one.planned.filter(cancelled=False)).in_order().with_places().with_attendance())
    found = trips(rows)
    context = {
        "version": one,
        "form": form,
        "fields": [form[name] for name in ("region", "body", "answer", "first", "last", "q")],
        "trips": found,
        "alone": len(rows) - sum(len(trip.rows) for trip in found),
    }
    return render(request, f"{FOLDER}/trips.html", context)
