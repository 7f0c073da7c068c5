"""Screens of the table of a plan: out as XLSX, in again, its differences, and taking them in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now
from base.forms import ActForm
from calendar_app.labels.imports import ImportState
from calendar_app.models import CalendarVersion, Import
from calendar_app.queries.calendar_changes import rows_of
from calendar_app.queries.plan_edits import edits_of
from calendar_app.spreadsheets.plan_workbook import plan_workbook
from calendar_app.spreadsheets.tables import XLSX
from calendar_app.staff.acting import DONE, STALE, carried_out
from calendar_app.staff.calendars.acting import GET_POST, find
from calendar_app.staff.imports.owned import (
    OneFileForm,
    faults_of,
    progress_of,
    progress_part,
    version_sent,
)
from calendar_app.staff.plan_edits.shown import shown
from calendar_app.transitions import plan_edits as acts
from procedure.half_years import HalfYear

FOLDER = "calendar_app/staff/plan_edits"


class TakeForm(ActForm):
    """Takes a set in. What was changed in the plan meanwhile is replaced only when that is said."""

    despite = forms.BooleanField(
        label=gettext_lazy("Take in also what was changed in the calendar meanwhile"), required=False
    )


@require_safe
@requires(Permission.CALENDAR_COMPILE)
def download(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """The plan as a workbook."""
    one = find(request, half_year, number)
    rows = [row for row in rows_of(one) if not row.cancelled]
    response = HttpResponse(plan_workbook(one, rows), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="calendar-{half_year.code}-v{number}.xlsx"'
    return response


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def hub(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Download the table, bring it back; a POST brings a file."""
    one = find(request, half_year, number)
    form = OneFileForm(request.POST or None, files=request.FILES or None)
    status = 200
    if request.method == "POST":
        status, made = carried_out(
            request,
            form,
            lambda at: acts.upload(version=one, files=[form.upload], by=request.user, now=at),
        )
        if status == DONE:
            latest = made or one.imports.filter(made_by=request.user).first()
            return redirect(latest if isinstance(latest, Import) else one)
    waiting = one.imports.unsettled().select_related("made_by")
    context = {"version": one, "form": form, "open": [_of(one, batch) for batch in waiting]}
    return render(request, f"{FOLDER}/hub.html", context, status=status)


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def detail(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """A table that came back: progress, errors, or its differences; a POST takes them in."""
    one = find(request, half_year, number)
    batch = find_import(one, pk)
    form = TakeForm(request.POST or None, version=one.revision)
    status, stale = 200, False
    if request.method == "POST":
        status, _done = carried_out(request, form, lambda at: _take(request, batch, form.cleaned_data, at))
        if status == DONE:
            messages.success(request, _("The changes of the table are in the calendar now."))
            return redirect(one)
        stale = status == STALE
        one, batch = find(request, half_year, number), find_import(one, pk)
        if stale:
            form = TakeForm(version=one.revision)  # what collides now was not confirmed
    context: dict[str, Any] = {"version": one, "batch": batch, "form": form, "stale": stale}
    if batch.state != ImportState.READ:
        context |= {"faults": faults_of(batch), **progress_of(batch)}
        return render(request, f"{FOLDER}/progress.html", context, status=status)
    context |= shown(one, edits_of(batch.files.all()))
    if not context["collisions"]:
        form.fields["despite"].widget = forms.HiddenInput()
    return render(request, f"{FOLDER}/differences.html", context, status=status)


def _take(request: StaffRequest, batch: Import, said: dict[str, Any], at: Any) -> object:
    return acts.take_table(
        batch=batch,
        by=request.user,
        now=at,
        revision=said["version"],
        version=batch.version,
        despite=said["despite"],
    )


@require_safe
@requires(Permission.CALENDAR_COMPILE)
def progress(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """How far the reading is."""
    return progress_part(request, find_import(find(request, half_year, number), pk))


@require_POST
@requires(Permission.CALENDAR_COMPILE)
def drop(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """Forget a table."""
    batch = find_import(find(request, half_year, number), pk)
    acts.drop(batch=batch, by=request.user, now=now(), version=version_sent(request))
    messages.success(request, _("The table was dropped. Nothing of it is in the calendar."))
    return redirect("staff:plan_imports", half_year, number)


def find_import(one: CalendarVersion, pk: int) -> Import:
    """A table of this working copy; 404 for another one."""
    return _of(one, get_object_or_404(one.imports.select_related("made_by"), pk=pk))


def _of(one: CalendarVersion, batch: Import) -> Import:
    batch.plan = one
    return batch
