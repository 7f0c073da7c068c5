"""Screens of one planned meeting: plan it, change it, take it out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.queries import brought, warnings
from calendar_app.staff.calendars import forms
from calendar_app.staff.calendars.acting import FOLDER, GET_POST, by, find, find_planned, page_of_act
from calendar_app.staff.calendars.meeting_form import MeetingForm
from calendar_app.transitions import meetings
from procedure.half_years import HalfYear


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def add(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Plan a meeting; `topic` in the address proposes one that answers it."""
    one = find(request, half_year, number)
    topic = request.GET.get("topic", "")
    suggested = int(topic) if topic.isascii() and topic.isdigit() and len(topic) < 19 else None
    form = MeetingForm(one, request.POST or None, topic=suggested, echo=_searches(request))
    if _searches(request):
        return render(request, f"{FOLDER}/meeting.html", {"version": one, "form": form})
    return page_of_act(
        request,
        one,
        form,
        lambda at: meetings.plan(version=one, drafts=[form.draft()], **by(request, form, at)),
        "meeting",
        said=_("The meeting is planned."),
    )


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def edit(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """Change a planned meeting; beside the form stands who comes, and what conflicts with it."""
    one = find(request, half_year, number)
    planned = find_planned(one, pk)
    form = MeetingForm(
        one,
        request.POST or None,
        planned=planned,
        starts=_proposed_time(request, planned),
        echo=_searches(request),
    )
    context = {"planned": planned, **_around(one, planned)}
    if _searches(request):
        return render(request, f"{FOLDER}/meeting.html", {"version": one, "form": form, **context})
    return page_of_act(
        request,
        one,
        form,
        lambda at: meetings.change(planned=planned, draft=form.draft(), **by(request, form, at)),
        "meeting",
        context,
        said=_("The meeting is changed."),
    )


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def remove(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """Take a meeting out of the plan, or cancel one that has a number."""
    one = find(request, half_year, number)
    planned = find_planned(one, pk)
    form = forms.RemoveForm(request.POST or None, version=one.revision, numbered=bool(planned.number))
    return page_of_act(
        request,
        one,
        form,
        lambda at: meetings.remove(
            planned=planned, reason=form.cleaned_data["reason"], **by(request, form, at)
        ),
        "remove",
        {"planned": planned},
    )


def _proposed_time(request: StaffRequest, planned: PlannedMeeting) -> datetime | None:
    """The time that a refusing ministry proposes, if the address names its answer."""
    answer = request.GET.get("answer", "")
    if not (answer.isascii() and answer.isdigit() and len(answer) < 19):
        return None
    rows = planned.answers.filter(pk=int(answer), counter_starts__isnull=False)
    return rows.values_list("counter_starts", flat=True).first()


def _searches(request: StaffRequest) -> bool:
    """Whether the form only asks for places, which works without scripts."""
    return request.method == "POST" and "find_place" in request.POST


def _around(one: CalendarVersion, planned: PlannedMeeting) -> dict[str, Any]:
    proposal = None
    if planned.proposal_key:
        proposal = brought.of_half_year(one.half_year).meetings_by_key.get(planned.proposal_key)
    return {"proposal": proposal, "warnings": warnings.told(one, planned) if one.is_open else []}
