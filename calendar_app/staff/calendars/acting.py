"""What every screen of a calendar shares: find the version, carry an act out, lead back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from accounts.access import StaffRequest
from base.clock import today
from base.forms import ActForm
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.staff.acting import DONE, asked_again, carried_out
from procedure.half_years import HalfYear

FOLDER = "calendar_app/staff/calendars"
GET_POST = ["GET", "HEAD", "POST"]
Act = Callable[[datetime], object]


def find(request: StaffRequest, half_year: HalfYear, number: int) -> CalendarVersion:
    """The version, if the person may see it; 404 otherwise."""
    seen = CalendarVersion.objects.visible_to(request.user, today()).select_related("calendar__rule_set")
    return get_object_or_404(seen, calendar__half_year=half_year.code, number=number)


def find_planned(one: CalendarVersion, pk: int) -> PlannedMeeting:
    """A meeting of the version with all that hangs on it; 404 if it is in another one."""
    rows = one.planned.with_places().with_attendance().with_topics()
    planned: PlannedMeeting = get_object_or_404(rows, pk=pk)
    planned.version = one
    return planned


def by(request: StaffRequest, form: ActForm, at: datetime) -> dict[str, Any]:
    """Who acts, when, and on which revision, as acts take it."""
    return {"by": request.user, "now": at, "revision": form.cleaned_data["version"]}


def page_of_act(
    request: StaffRequest,
    one: CalendarVersion,
    form: ActForm,
    act: Act,
    page: str,
    context: Mapping[str, Any] | None = None,
    *,
    to: str = "",
    said: Any = None,
) -> HttpResponse:
    """Show the page of an act, or carry it out and lead to `to` (the plan by default)."""
    status = 200
    if request.method == "POST":
        status, _done = carried_out(request, form, act)
        if status == DONE:
            messages.success(request, said or _("Done."))
            return redirect(to or one.get_absolute_url())
    revision = CalendarVersion.objects.values_list("revision", flat=True).get(pk=one.pk)
    return asked_again(
        request, f"{FOLDER}/{page}.html", form, {"version": one, **(context or {})}, status, revision
    )
