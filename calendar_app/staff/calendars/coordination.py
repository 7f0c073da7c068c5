"""Screens of coordination on the side of the authorised body: how it stands, ask, enter a letter, disagree."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now
from calendar_app.documents import block_writers, coordination_sheet
from calendar_app.documents.files import CONTENT_TYPES
from calendar_app.documents.pdf import as_pdf
from calendar_app.models import CalendarVersion, CoordinationAnswer
from calendar_app.queries import calendars as queries
from calendar_app.queries import coordination as standings
from calendar_app.staff.calendars import forms
from calendar_app.staff.calendars.acting import FOLDER, GET_POST, by, find, page_of_act
from calendar_app.staff.calendars.letter_form import AnswerByLetterForm
from calendar_app.transitions import coordination
from procedure.deadlines import coordination_due
from procedure.half_years import HalfYear
from procedure.moments import day_of
from regions import workdays

WRITERS = {"docx": block_writers.as_docx, "pdf": as_pdf}


@require_safe
@requires(Permission.CALENDAR_READ)
def overview(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Rounds, ministries, the table of disagreements, remarks."""
    one, moment = find(request, half_year, number), now()
    context = {"version": one, "standing": standings.standing_of(one, moment), "moment": moment}
    return render(request, f"{FOLDER}/coordination.html", context)


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def ask(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Ask the ministries about what they were not asked about yet."""
    one = find(request, half_year, number)
    form = forms.ConfirmForm(request.POST or None, version=one.revision)
    groups: dict[Any, list[Any]] = {}
    for planned, body in queries.to_be_asked(one):
        groups.setdefault(body, []).append(planned)
    rules, days = one.calendar.rule_set.rules, workdays.current()
    return page_of_act(
        request,
        one,
        form,
        lambda at: coordination.ask(version=one, **by(request, form, at)),
        "ask",
        {"groups": groups, "term": coordination_due(day_of(now()), rules, days, one.period)},
        to=_overview(one),
        said=_("The ministries are asked; letters are on their way."),
    )


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def disagree(request: StaffRequest, half_year: HalfYear, number: int, answer: int) -> HttpResponse:
    """Bring a refusal to the commission."""
    one = find(request, half_year, number)
    rows = CoordinationAnswer.objects.select_related(
        "planned__version", "planned__meeting", "planned__place", "body", "disagreement"
    )
    refusal = get_object_or_404(rows, pk=answer, planned__version=one)
    known = getattr(refusal, "disagreement", None)
    initial = {"position": known.position} if known else {}
    form = forms.DisagreeForm(request.POST or None, version=one.revision, initial=initial)
    return page_of_act(
        request,
        one,
        form,
        lambda at: coordination.disagree(refusal=refusal, **form.words(), **by(request, form, at)),
        "disagree",
        {"refusal": refusal},
        to=_overview(one),
        said=_("The disagreement goes to the commission."),
    )


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def by_letter(request: StaffRequest, half_year: HalfYear, number: int, body: str) -> HttpResponse:
    """Enter what a ministry answered by a signed letter."""
    one = find(request, half_year, number)
    rows = standings.asked_of(one, body)
    if not rows and request.method != "POST":
        raise Http404
    form = AnswerByLetterForm(request.POST or None, request.FILES or None, rows=rows)
    return page_of_act(
        request,
        one,
        form,
        lambda at: coordination.answer_by_letter(
            answers=form.chosen, said=form.said, letter=form.letter, by=request.user, now=at
        ),
        "by_letter",
        {"rows": rows, "body": rows[0].body if rows else None},
        to=_overview(one),
        said=_("The answer is entered; the ministry is told."),
    )


@require_safe
@requires(Permission.CALENDAR_READ)
def sheet(request: StaffRequest, half_year: HalfYear, number: int, name: str) -> HttpResponse:
    """The coordination sheet as a file: `sheet.kk.docx`, `sheet.ru.pdf`."""
    one = find(request, half_year, number)
    _sheet, language, ending = name.split(".")
    paper = coordination_sheet.sheet(coordination_sheet.of_version(one, now()), language)
    response = HttpResponse(WRITERS[ending](paper), content_type=CONTENT_TYPES[ending])
    demo = "demo-" if settings.DEMO else ""
    file = f"{demo}coordination-{one.half_year}-{one.number}-{language}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def _overview(one: CalendarVersion) -> str:
    return reverse("staff:calendar_coordination", args=[one.half_year, one.number])
