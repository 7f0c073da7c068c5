"""Screens of the submission to the commission: what stands in the way and where to mend it, and the receipt."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from calendar_app.labels.coordination import AnswerState
from calendar_app.models import CalendarSubmission, CalendarVersion
from calendar_app.queries import calendars as queries
from calendar_app.staff.calendars import forms
from calendar_app.staff.calendars.acting import FOLDER, GET_POST, by, find, page_of_act
from calendar_app.transitions import calendars
from procedure.half_years import HalfYear
from procedure.problems import Problem

# Where each thing that stands in the way is mended: a part of the calendar.
MENDED_AT = {
    "topics_not_taken": "calendar_brought",
    "meetings_not_taken": "calendar_brought",
    "ministries_not_asked": "calendar_coordination",
    "refusals_stand": "calendar_coordination",
    "calendar_empty": "calendar_version",
}


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_SUBMIT)
def submit(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Submit the coordinated calendar to the commission."""
    one, moment = find(request, half_year, number), now()
    due = calendars.due_of(one) if one.is_open else None
    silent = list(queries.standing_answers(one, AnswerState.ASKED)) if one.is_open else []
    late = bool(due and due.is_late(moment))
    form = forms.SubmitForm(
        request.POST or None, version=one.revision, asks_explanation=late, asks_silence=bool(silent)
    )
    problems = calendars.problems_to_submit(one) if one.is_open else []
    context = {
        "problems": [(_mended_at(one, problem), problem) for problem in problems],
        "due": due,
        "late": late,
        "silent": silent,
        "still_time": [row for row in silent if not row.is_silent(moment)],
        "today": today(),
        "meeting_count": one.planned.filter(cancelled=False).count(),
    }
    return page_of_act(
        request,
        one,
        form,
        lambda at: calendars.submit(version=one, **form.words(), **by(request, form, at)),
        "submit",
        context,
        to=reverse("staff:calendar_receipt", args=[one.half_year, one.number]),
        said=_("The calendar is submitted to the commission."),
    )


@require_safe
@requires(Permission.SESSION_READ)
def receipt(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """The receipt of a submission: when, in time or late, and the hash of what was submitted."""
    one = find(request, half_year, number)
    submission = get_object_or_404(CalendarSubmission.objects.select_related("submitted_by"), version=one)
    context = {"version": one, "submission": submission, "meeting_count": one.planned.count()}
    return render(request, f"{FOLDER}/receipt.html", context)


@require_safe
@requires(Permission.SESSION_READ)
def snapshot(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Exactly the bytes whose hash stands on the receipt."""
    one = find(request, half_year, number)
    submission = get_object_or_404(CalendarSubmission, version=one)
    response = HttpResponse(submission.snapshot.encode(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{submission.receipt_number}.json"'
    return response


def _mended_at(one: CalendarVersion, problem: Problem) -> str:
    page = MENDED_AT.get(problem.code, "calendar_conflicts")
    return reverse(f"staff:{page}", args=[one.half_year, one.number])
