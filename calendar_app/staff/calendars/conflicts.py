"""Screens of conflicts: all of them in one list, and the acceptance of a warning."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from calendar_app.queries import warnings
from calendar_app.staff.calendars import forms
from calendar_app.staff.calendars.acting import FOLDER, GET_POST, by, find, page_of_act
from calendar_app.transitions import warnings as acts
from procedure.half_years import HalfYear


@require_safe
@requires(Permission.CALENDAR_READ)
def conflicts(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """What stops the submission, what warns, and what was accepted and why."""
    one = find(request, half_year, number)
    told = warnings.told(one) if one.is_open else []
    context = {
        "version": one,
        "blocking": [row for row in told if not row.can_be_accepted],
        "warnings": [row for row in told if row.can_be_accepted and not row.accepted],
        "accepted": [row for row in told if row.accepted],
    }
    return render(request, f"{FOLDER}/conflicts.html", context)


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def accept(request: StaffRequest, half_year: HalfYear, number: int, name: str) -> HttpResponse:
    """Accept a warning with its reason."""
    one = find(request, half_year, number)
    row = next((row for row in warnings.told(one) if row.name == name), None)
    if row is None or not row.can_be_accepted:
        raise Http404
    initial = {"reason": row.accepted.reason} if row.accepted else {}
    form = forms.WarningForm(request.POST or None, version=one.revision, initial=initial)
    return page_of_act(
        request,
        one,
        form,
        lambda at: acts.accept(version=one, name=name, **form.words(), **by(request, form, at)),
        "accept_warning",
        {"row": row},
        to=reverse("staff:calendar_conflicts", args=[one.half_year, one.number]),
        said=_("The warning is accepted; its reason goes to the commission."),
    )
