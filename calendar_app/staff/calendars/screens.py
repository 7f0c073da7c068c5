"""Screens of a calendar: its versions, the plan of one, and the acts on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from base.forms import ActForm
from calendar_app import terms
from calendar_app.models import CalendarVersion, CoordinationAnswer, PlannedMeeting
from calendar_app.queries import calendars as queries
from calendar_app.staff.acting import DONE, asked_again, carried_out
from calendar_app.staff.calendars import forms
from calendar_app.transitions import calendars, coordination, meetings
from procedure.half_years import HalfYear

_GET_POST = ["GET", "HEAD", "POST"]


@require_safe
@requires(Permission.CALENDAR_READ)
def overview(request: StaffRequest) -> HttpResponse:
    """Every version of every half-year, and which half-years may begin a working copy."""
    versions = CalendarVersion.objects.select_related("calendar").order_by("-calendar__half_year", "-number")
    busy = {
        one.half_year for one in versions if one.state in ("working", "coordination", "submitted", "approved")
    }
    offered = [one for one in terms.half_years_open_for_lists(today()) if one.code not in busy]
    context = {"versions": versions, "offered": offered}
    return render(request, "calendar_app/staff/calendars/overview.html", context)


@require_POST
@requires(Permission.CALENDAR_COMPILE)
def open_(request: StaffRequest, half_year: HalfYear) -> HttpResponse:
    """Open the working copy of a half-year."""
    return redirect(calendars.open_(half_year=half_year, by=request.user, now=now()))


@require_safe
@requires(Permission.SESSION_READ)
def version(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """The plan with what stands in its way, what is not taken up, and what ministries said."""
    one = find(request, half_year, number)
    planned = list(one.planned.in_order().with_places().with_attendance())
    answers = list(queries.standing_answers(one))
    said: dict[int, list[CoordinationAnswer]] = {}
    for answer in answers:
        said.setdefault(answer.planned_id, []).append(answer)
    shown = {row.pk: row for row in planned}
    found = queries.conflicts_of(one) if one.is_open else []
    context = {
        "version": one,
        "rows": [(row, said.get(row.pk, [])) for row in planned],
        "conflicts": [(problem, [shown[key] for key in problem.keys]) for problem in found],
        "blocking": sum(problem.severity == "blocking" for problem in found),
        "not_taken": queries.topics_not_taken(one) if one.is_open else [],
        "left_out": one.left_out.select_related("akimat"),
        "to_ask": len(queries.to_be_asked(one)) if one.is_open else 0,
        "due": calendars.due_of(one) if one.is_open else None,
        "today": today(),
    }
    return render(request, "calendar_app/staff/calendars/version.html", context)


def find(request: StaffRequest, half_year: HalfYear, number: int) -> CalendarVersion:
    """The version, if the person may see it; 404 otherwise."""
    seen = CalendarVersion.objects.visible_to(request.user, today()).select_related("calendar__rule_set")
    return get_object_or_404(seen, calendar__half_year=half_year.code, number=number)


@require_http_methods(_GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def add_meeting(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Plan a meeting; `topic` in the address proposes one that answers it."""
    one = find(request, half_year, number)
    topic = request.GET.get("topic", "")
    suggested = int(topic) if topic.isascii() and topic.isdigit() and len(topic) < 19 else None
    form = forms.MeetingForm(one, request.POST or None, topic=suggested)
    act = _act(
        request, lambda at: meetings.plan(version=one, drafts=[form.draft()], **_by(request, form, at))
    )
    return _answer(request, form, act, one, {"version": one}, "meeting")


@require_http_methods(_GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def edit_meeting(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """Change a planned meeting."""
    planned = _planned(find(request, half_year, number), pk)
    one = planned.version
    form = forms.MeetingForm(one, request.POST or None, planned=planned)
    act = _act(
        request, lambda at: meetings.change(planned=planned, draft=form.draft(), **_by(request, form, at))
    )
    return _answer(request, form, act, one, {"version": one, "planned": planned}, "meeting")


@require_http_methods(_GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def remove_meeting(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """Take a meeting out of the plan, or cancel one that has a number."""
    planned = _planned(find(request, half_year, number), pk)
    form = forms.RemoveForm(request.POST or None, version=planned.version.revision)
    act = _act(
        request,
        lambda at: meetings.remove(
            planned=planned, reason=form.cleaned_data["reason"], **_by(request, form, at)
        ),
    )
    context = {"version": planned.version, "planned": planned}
    return _answer(request, form, act, planned.version, context, "remove")


@require_http_methods(_GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def leave_out(request: StaffRequest, half_year: HalfYear, number: int, topic: int) -> HttpResponse:
    """Say why a topic is not taken up."""
    one = find(request, half_year, number)
    shown = next((row for row in queries.accepted_topics(half_year) if row.key == topic), None)
    if shown is None:
        raise Http404
    form = forms.LeaveOutForm(request.POST or None, version=one.revision)
    act = _act(
        request,
        lambda at: meetings.leave_out(version=one, topic=topic, **form.words(), **_by(request, form, at)),
    )
    return _answer(request, form, act, one, {"version": one, "topic": shown}, "leave_out")


@require_http_methods(_GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def ask(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Ask the ministries about what they were not asked about yet."""
    one = find(request, half_year, number)
    form = forms.ConfirmForm(request.POST or None, version=one.revision)
    act = _act(request, lambda at: coordination.ask(version=one, **_by(request, form, at)))
    return _answer(request, form, act, one, {"version": one, "asked": queries.to_be_asked(one)}, "ask")


@require_http_methods(_GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def disagree(request: StaffRequest, half_year: HalfYear, number: int, answer: int) -> HttpResponse:
    """Bring a refusal to the commission."""
    one = find(request, half_year, number)
    rows = CoordinationAnswer.objects.select_related("planned__version", "planned__meeting", "body")
    refusal = get_object_or_404(rows, pk=answer, planned__version=one)
    form = forms.DisagreeForm(request.POST or None, version=one.revision)
    act = _act(
        request,
        lambda at: coordination.disagree(refusal=refusal, **form.words(), **_by(request, form, at)),
    )
    return _answer(request, form, act, one, {"version": one, "refusal": refusal}, "disagree")


@require_http_methods(_GET_POST)
@requires(Permission.CALENDAR_SUBMIT)
def submit(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Submit the coordinated calendar to the commission."""
    one = find(request, half_year, number)
    form = forms.SubmitForm(request.POST or None, version=one.revision)
    act = _act(request, lambda at: calendars.submit(version=one, **form.words(), **_by(request, form, at)))
    problems = calendars.problems_to_submit(one) if one.is_open else []
    return _answer(request, form, act, one, {"version": one, "problems": problems}, "submit")


@require_http_methods(_GET_POST)
@requires(Permission.CALENDAR_SUBMIT)
def publish(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Publish what the commission approved."""
    one = find(request, half_year, number)
    form = forms.ConfirmForm(request.POST or None, version=one.revision)
    act = _act(request, lambda at: calendars.publish(version=one, **_by(request, form, at)))
    return _answer(request, form, act, one, {"version": one}, "publish")


Act = Callable[[datetime], object]


def _act(request: StaffRequest, act: Act) -> Act | None:
    return act if request.method == "POST" else None


def _by(request: StaffRequest, form: ActForm, at: datetime) -> dict[str, Any]:
    return {"by": request.user, "now": at, "revision": form.cleaned_data["version"]}


def _answer(
    request: StaffRequest,
    form: ActForm,
    act: Act | None,
    one: CalendarVersion,
    context: dict[str, Any],
    page: str,
) -> HttpResponse:
    """Carry the act out and lead back to the plan, or show the page with what stands in the way."""
    template, status = f"calendar_app/staff/calendars/{page}.html", 200
    if act is not None:
        status, _done = carried_out(request, form, act)
        if status == DONE:
            messages.success(request, _("Done."))
            return redirect(one)
    revision = CalendarVersion.objects.values_list("revision", flat=True).get(pk=one.pk)
    return asked_again(request, template, form, context, status, revision)


def _planned(one: CalendarVersion, pk: int) -> PlannedMeeting:
    rows = one.planned.with_places().with_attendance().with_topics()
    planned: PlannedMeeting = get_object_or_404(rows, pk=pk)
    planned.version = one
    return planned
