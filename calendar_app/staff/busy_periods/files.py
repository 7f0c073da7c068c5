"""Screens of a file of busy periods: its template, its progress, what was read of it, and taking that over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from base.forms import ActForm
from calendar_app.labels.busy_periods import Left
from calendar_app.labels.imports import ImportState
from calendar_app.models import Import
from calendar_app.queries import busy_periods as queries
from calendar_app.spreadsheets.busy_template import busy_template
from calendar_app.spreadsheets.tables import XLSX
from calendar_app.staff.acting import DONE, carried_out
from calendar_app.staff.busy_periods.screens import imports_of
from calendar_app.staff.imports.owned import faults_of, progress_of, progress_part, version_sent
from calendar_app.transitions import busy_periods as acts

PAGE = "calendar_app/staff/busy_periods/file.html"


@require_safe
@requires(Permission.BUSY_WRITE)
def template(request: StaffRequest) -> HttpResponse:
    """The workbook to fill in."""
    response = HttpResponse(busy_template(today()), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="busy-periods.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BUSY_WRITE)
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    """A file: its progress, then what was read with its errors; a POST takes it over."""
    batch = _find(request, pk)
    form, status = ActForm(request.POST or None, version=batch.version), 200
    if request.method == "POST":
        status, done = carried_out(
            request,
            form,
            lambda at: acts.take(batch=batch, by=request.user, now=at, version=form.cleaned_data["version"]),
        )
        if status == DONE:
            _say(request, done)
            return redirect("staff:busy_periods")
        batch = _find(request, pk)
    context: dict[str, Any] = {"batch": batch, "form": form, "faults": faults_of(batch), **progress_of(batch)}
    if batch.state == ImportState.READ:
        found = queries.beside(batch.own_body, batch.files.all())
        context |= {"found": found, "left": [(words, Left(why).label) for words, why in found.left]}
    return render(request, PAGE, context, status=status)


@require_safe
@requires(Permission.BUSY_WRITE)
def progress(request: StaffRequest, pk: int) -> HttpResponse:
    """How far the reading is."""
    return progress_part(request, _find(request, pk))


@require_POST
@requires(Permission.BUSY_WRITE)
def drop(request: StaffRequest, pk: int) -> HttpResponse:
    """Forget a file."""
    acts.drop(batch=_find(request, pk), by=request.user, now=now(), version=version_sent(request))
    messages.success(request, _("The file was dropped. Nothing of it is entered."))
    return redirect("staff:busy_periods")


def _say(request: StaffRequest, done: object) -> None:
    if isinstance(done, acts.Taken):
        said = _("New: %(new)s, replaced: %(replaced)s.")
        messages.success(request, said % {"new": done.new, "replaced": done.replaced})


def _find(request: StaffRequest, pk: int) -> Import:
    found: Import = get_object_or_404(imports_of(request), pk=pk)
    return found
