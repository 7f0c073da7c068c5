"""Screens of a ministry: what it is asked, and its answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from base.forms import ActForm, LongText
from calendar_app.labels.calendars import VersionState
from calendar_app.models import CoordinationAnswer
from calendar_app.models.coordination import AnswerQuerySet
from calendar_app.staff.acting import DONE, asked_again, carried_out
from calendar_app.transitions import coordination
from procedure.problems import Problem

CHOICES = [("agree", _("The ministry agrees")), ("refuse", _("The ministry does not agree"))]


class AnswerForm(ActForm):
    """What the ministry says about one meeting."""

    decision = forms.ChoiceField(label=_("Answer"), choices=CHOICES, widget=forms.RadioSelect)
    said = LongText(label=_("Remark, or the reasons of the refusal"), limit=4000, rows=4, required=False)
    counter_starts = forms.DateTimeField(
        label=_("Another day and time that would suit"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def show(self, problems: Iterable[Problem]) -> None:
        """The act calls what was said words."""
        super().show(replace(one, field=one.field.replace("words", "said")) for one in problems)


@require_safe
@requires(Permission.COORDINATION_READ)
def desk(request: StaffRequest) -> HttpResponse:
    """Meetings that one's own ministry is asked about, those without an answer first."""
    rows = _mine(request).order_by("-state", "planned__starts")
    waiting = [one for one in rows if one.state == "asked"]
    context = {"rows": rows, "waiting": waiting, "today": today()}
    return render(request, "calendar_app/staff/coordination/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COORDINATION_ANSWER)
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree to one meeting, or refuse it with reasons and another time."""
    one = get_object_or_404(_mine(request), pk=pk)
    form = AnswerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status, _done = carried_out(request, form, lambda at: _say(request, one, form.cleaned_data, at))
        if status == DONE:
            messages.success(request, _("The answer is recorded."))
            return redirect("staff:coordination")
    return asked_again(request, "calendar_app/staff/coordination/answer.html", form, {"one": one}, status, 0)


@require_POST
@requires(Permission.COORDINATION_ANSWER)
def agree_to_all(request: StaffRequest) -> HttpResponse:
    """Agree to everything that waits for an answer of one's own ministry."""
    waiting = list(_mine(request).unanswered())
    groups: dict[tuple[str, int], list[CoordinationAnswer]] = {}
    for one in waiting:
        groups.setdefault((one.body_id, one.planned.version_id), []).append(one)
    for rows in groups.values():
        coordination.answer(answers=rows, agree=True, by=request.user, now=now())
    messages.success(request, _("The answer is recorded."))
    return redirect("staff:coordination")


def _say(request: StaffRequest, one: CoordinationAnswer, words: dict[str, Any], at: datetime) -> object:
    return coordination.answer(
        answers=[one],
        agree=words["decision"] == "agree",
        words=words["said"],
        counter_starts=words["counter_starts"],
        by=request.user,
        now=at,
    )


def _mine(request: StaffRequest) -> AnswerQuerySet:
    seen = CoordinationAnswer.objects.visible_to(request.user, today()).standing()
    return seen.filter(planned__version__state=VersionState.COORDINATION).select_related(
        "planned__version__calendar",
        "planned__place__region",
        "planned__hall",
        "planned__meeting",
        "body",
        "round",
    )
