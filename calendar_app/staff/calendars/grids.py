"""The plan by weeks and by months: tables of days that need neither script nor mouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base import dates
from base.clock import today
from base.dates import current_language
from base.names import FALLBACKS, in_language
from calendar_app.models import Attendance, CalendarVersion
from calendar_app.models.meetings import PlannedMeetingQuerySet
from calendar_app.queries import calendars as queries
from calendar_app.staff.calendars.acting import FOLDER, find
from calendar_app.staff.calendars.drawn_days import Cell, Drawing, Entry
from calendar_app.staff.calendars.plan_filter import PlanFilter, monday_of
from procedure.half_years import HalfYear
from procedure.moments import day_of, end_of_day, start_of_day
from regions import workdays
from regions.models import Body

WEEK = timedelta(days=7)
LANGUAGES = ("kk", "ru", "en")


@require_safe
@requires(Permission.CALENDAR_READ)
def week(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Seven days beside each other."""
    one = find(request, half_year, number)
    form = PlanFilter(request.GET, one)
    if not form.is_valid():
        return render(request, f"{FOLDER}/bad_filter.html", {"version": one, "form": form}, status=400)
    first = monday_of(_day(form, one))
    context = {
        "cells": _cells(one, form, first, first + WEEK, inside=None),
        "first": first,
        "last": first + timedelta(days=6),
        "before": form.query(day=first - WEEK),
        "after": form.query(day=first + WEEK),
        "has_before": first > one.period.first_day,
        "has_after": first + WEEK <= one.period.last_day,
    }
    return _page(request, one, form, "week", context)


@require_safe
@requires(Permission.CALENDAR_READ)
def month(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """The weeks of a month below each other."""
    one = find(request, half_year, number)
    form = PlanFilter(request.GET, one)
    if not form.is_valid():
        return render(request, f"{FOLDER}/bad_filter.html", {"version": one, "form": form}, status=400)
    first = _day(form, one).replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    last = following - timedelta(days=1)
    cells = _cells(one, form, monday_of(first), monday_of(last) + WEEK, inside=first.month)
    context = {
        "cells": cells,
        "first": first,
        "last": last,
        "before": form.query(day=(first - timedelta(days=1)).replace(day=1)),
        "after": form.query(day=following),
        "has_before": first > one.period.first_day,
        "has_after": following <= one.period.last_day,
    }
    return _page(request, one, form, "month", context)


def _page(
    request: StaffRequest, one: CalendarVersion, form: PlanFilter, grid: str, context: dict[str, Any]
) -> HttpResponse:
    # A grid has its own days: it is narrowed by region, ministry, answers and words only.
    fields = [form[name] for name in ("region", "body", "answer", "q")]
    cells, day = context.pop("cells"), today()
    may_change = one.is_open and request.user.may(Permission.CALENDAR_COMPILE, on=day)
    drawing = Drawing(one, day, may_change=may_change)
    weeks = [drawing.row(cells[start : start + 7]) for start in range(0, len(cells), 7)]
    context |= {"version": one, "form": form, "fields": fields, "grid": grid}
    return render(request, f"{FOLDER}/grid.html", context | {"weeks": weeks, "weekdays": dates.weekdays()})


def _day(form: PlanFilter, one: CalendarVersion) -> date:
    """The day asked for, else today if it lies in the half-year, else the first day with a meeting."""
    day: date | None = form.cleaned_data["day"]
    if day is None and one.period.holds(today()):
        day = today()
    if day is None:
        first = form.narrowed(one.planned.all()).order_by("starts").first()
        day = first.day if first else one.period.first_day
    return min(max(day, one.period.first_day), one.period.last_day)


def _cells(
    one: CalendarVersion, form: PlanFilter, first: date, after: date, inside: int | None
) -> list[Cell]:
    """A cell for every day from `first` to before `after`, with its meetings in order."""
    days, period = workdays.current(), one.period
    span = (first + timedelta(days=offset) for offset in range((after - first).days))
    cells = {
        day: Cell(
            day,
            not days.is_working(day),
            not period.holds(day) or (inside is not None and day.month != inside),
        )
        for day in span
    }
    planned = form.narrowed(one.planned.all()).filter(
        starts__gte=start_of_day(first), starts__lt=end_of_day(after - timedelta(days=1))
    )
    for entry in _entries(planned, dict(form.bodies)):
        cells[day_of(entry.starts)].rows.append(entry)
    _add_busy(cells, one, form)
    return list(cells.values())


def _entries(planned: PlannedMeetingQuerySet, names: dict[str, str]) -> Iterator[Entry]:
    """The meetings in one query: their ministries by key, since the filter knows the names."""
    coming = Attendance.objects.filter(planned=OuterRef("pk")).order_by("position", "pk")
    rows = list(
        planned.in_order()
        .annotate(codes=ArraySubquery(coming.values("body")))
        .values_list(
            "pk", "starts", "ends", "cancelled", "codes", *(f"place__name_{code}" for code in LANGUAGES)
        )
    )
    unknown = {code for row in rows for code in row[4]} - names.keys()
    # A ministry that was closed before the half-year began is not among the choices of the filter.
    more = {one.pk: in_language(one) for one in Body.objects.filter(pk__in=unknown)} if unknown else {}
    known = names | more
    for pk, starts, ends, cancelled, codes, *place in rows:
        spoken = dict(zip(LANGUAGES, place, strict=True))
        name = next((spoken[code] for code in FALLBACKS[current_language()] if spoken[code]), "")
        yield Entry(pk, starts, ends, cancelled, name, "; ".join(known[code] for code in codes))


def _add_busy(cells: dict[date, Cell], one: CalendarVersion, form: PlanFilter) -> None:
    """Ministries whose heads are busy on a day, by name; no reasons."""
    names = dict(form.bodies)
    wanted = form.cleaned_data["body"]
    for busy in queries.busy_in(one):
        if wanted and busy.body != wanted:
            continue
        for day, cell in cells.items():
            if busy.starts < end_of_day(day) and busy.ends > start_of_day(day) and busy.body in names:
                cell.busy.append(names[busy.body])
