"""Screens of a ministry: what it is asked, and its answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from base.errors import Refused
from base.forms import ActForm, LongText
from calendar_app.labels.calendars import VersionState
from calendar_app.labels.coordination import AnswerState
from calendar_app.models import CalendarVersion, CoordinationAnswer
from calendar_app.models.coordination import AnswerQuerySet
from calendar_app.staff.acting import DONE, asked_again, carried_out
from calendar_app.staff.calendars.letter_form import SaidForm
from calendar_app.transitions import coordination
from procedure.problems import Problem
from regions.models import Body

FOLDER = "calendar_app/staff/coordination"


class _Shown(forms.MultipleChoiceField):
    """Keys of answers; one that is asked no more is told by a sentence of its own, not as a bad choice."""

    def valid_value(self, value: object) -> bool:
        return True


class AgreeForm(ActForm):
    """Agree to everything that the page showed, with one remark for all if there is one."""

    said_words = LongText(label=_("Remark"), limit=4000, rows=3, required=False)
    shown = _Shown(required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, data: QueryDict | None, rows: Sequence[CoordinationAnswer]) -> None:
        self.waiting = [str(one.pk) for one in rows]
        super().__init__(data, initial={"shown": self.waiting})

    def agreed(self, asked: Iterable[CoordinationAnswer]) -> list[CoordinationAnswer]:
        """The answers that the page showed and that still wait; of a valid form.

        Raises Refused when one of them is asked no more, or none was shown.
        """
        shown, standing = set(self.cleaned_data["shown"]), {str(one.pk): one for one in asked}
        if shown - standing.keys() or (self.waiting and not shown):
            raise Refused([Problem("question_overtaken")])
        return [one for key, one in standing.items() if key in shown and one.state == AnswerState.ASKED]

    def show_anew(self) -> None:
        """Carry what waits now, which the page shows beside what was refused."""
        self.renew(0)
        self.data.setlist("shown", self.waiting)  # type: ignore[attr-defined]


@dataclass
class Group:
    """What one ministry is asked about one calendar. `is_own`: the person may answer for it."""

    body: Body
    version: CalendarVersion
    is_own: bool
    rows: list[CoordinationAnswer] = field(default_factory=list)

    @property
    def waiting(self) -> list[CoordinationAnswer]:
        return [one for one in self.rows if one.state == AnswerState.ASKED]

    @property
    def last_day(self) -> date | None:
        """The first of the terms that still wait for an answer."""
        return min((one.last_day for one in self.waiting), default=None)


@require_safe
@requires(Permission.COORDINATION_READ)
def desk(request: StaffRequest) -> HttpResponse:
    """Meetings that one's own ministry is asked about, those without an answer first."""
    own = set(
        request.user.bodies_with(Permission.COORDINATION_ANSWER, on=today()).values_list("pk", flat=True)
    )
    groups = list(_groups(_mine(request).order_by("body", "planned__starts"), own))
    context = {"groups": groups, "today": today()}
    return render(request, f"{FOLDER}/desk.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COORDINATION_ANSWER)
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Agree to one meeting, with or without a remark, or refuse it with reasons and another time."""
    one = get_object_or_404(_mine(request), pk=pk)
    form = SaidForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status, _done = carried_out(
            request,
            form,
            lambda at: coordination.answer(answers=[one], by=request.user, now=at, **vars(form.said)),
        )
        if status == DONE:
            messages.success(request, _("The answer is recorded."))
            return redirect("staff:coordination")
    return asked_again(request, f"{FOLDER}/answer.html", form, {"one": one}, status, 0)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.COORDINATION_ANSWER)
def agree_to_all(request: StaffRequest, version: int, body: str) -> HttpResponse:
    """Agree to everything about one calendar that waits for an answer of one's own ministry."""
    asked = list(_mine(request).filter(planned__version=version, body=body))
    if not asked:
        raise Http404
    rows = [one for one in asked if one.state == AnswerState.ASKED]
    form = AgreeForm(request.POST or None, rows)
    status = 200
    if request.method == "POST":
        status, _done = carried_out(request, form, lambda at: _agree(request, form, asked, at))
        if status == DONE:
            messages.success(request, _("The answer is recorded."))
            return redirect("staff:coordination")
        form.show_anew()
    return asked_again(request, f"{FOLDER}/agree.html", form, {"rows": rows}, status, 0)


def _agree(request: StaffRequest, form: AgreeForm, asked: list[CoordinationAnswer], at: datetime) -> object:
    """A second click finds nothing left to agree to: that is no mistake."""
    rows = form.agreed(asked)
    if not rows:
        return None
    words = form.cleaned_data["said_words"]
    return coordination.answer(answers=rows, agree=True, words=words, by=request.user, now=at)


def _groups(rows: Iterable[CoordinationAnswer], own: set[str]) -> Iterable[Group]:
    found: dict[tuple[str, int], Group] = {}
    for one in rows:
        version = one.planned.version
        group = found.setdefault((one.body_id, version.pk), Group(one.body, version, one.body_id in own))
        group.rows.append(one)
    for group in found.values():
        group.rows.sort(key=lambda one: one.state != AnswerState.ASKED)
    return found.values()


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
