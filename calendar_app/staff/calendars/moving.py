"""Screen that moves many meetings in one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.forms import ActForm
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.staff.calendars.acting import FOLDER, GET_POST, by, find, page_of_act
from calendar_app.staff.calendars.meeting_form import halls_of
from calendar_app.staff.calendars.plan_filter import PlanFilter
from calendar_app.transitions import meeting_moves
from procedure.half_years import HalfYear
from procedure.problems import Problem

MOST_DAYS = 184
UNITS = [("1", _("days")), ("7", _("weeks"))]
# Nobody chooses more rows by hand; all that a filter finds are named by the filter.
CHOSEN_LIMIT = 2_000


class MoveForm(ActForm):
    """By how much, and where to. What conflicts is told; then it can be done all the same."""

    number = forms.IntegerField(
        label=_("Move by"),
        required=False,
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("A number below zero moves them to an earlier day. The time of day stays."),
    )
    unit = forms.ChoiceField(label=_("Days or weeks"), choices=UNITS, required=False)
    hall = forms.ChoiceField(label=_("Into the hall"), required=False)
    despite = forms.BooleanField(
        label=_("Move them all the same: drafts may overlap, conflicts are mended later"), required=False
    )
    pk = forms.TypedMultipleChoiceField(coerce=int, widget=forms.MultipleHiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        planned: Iterable[PlannedMeeting],
        version: CalendarVersion,
    ) -> None:
        keys = [one.pk for one in planned]
        super().__init__(data, version=version.revision, initial={"pk": keys})
        chosen: Any = self.fields["pk"]
        chosen.choices = [(key, key) for key in keys]
        hall: Any = self.fields["hall"]
        hall.choices = [("", _("The hall stays")), *halls_of(version)]
        self.conflicts: list[Problem] = []
        if data is None:
            self.fields["despite"].widget = forms.HiddenInput()

    def show(self, problems: Iterable[Problem]) -> None:
        problems = list(problems)
        super().show(problems)
        self.conflicts = [one for one in problems if not one.field]

    @property
    def asked(self) -> dict[str, Any]:
        """What the act takes; of a valid form."""
        said = self.cleaned_data
        return {
            "planned": said["pk"],
            "days": (said["number"] or 0) * int(said["unit"] or 1),
            "hall": int(said["hall"]) if said["hall"] else None,
            "despite": said["despite"],
        }


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def move(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Move the chosen meetings, or all that the filters of the table find."""
    one = find(request, half_year, number)
    planned = chosen(request, one)
    if planned is None:
        form = PlanFilter(request.GET, one)
        return render(request, f"{FOLDER}/bad_filter.html", {"version": one, "form": form}, status=400)
    if not planned and request.method != "POST":
        return redirect(one)
    form_ = MoveForm(request.POST or None, planned=planned, version=one)
    return page_of_act(
        request,
        one,
        form_,
        lambda at: meeting_moves.move(version=one, **form_.asked, **by(request, form_, at)),
        "move",
        {"planned": planned},
        said=_("The meetings are moved."),
    )


def chosen(request: StaffRequest, one: CalendarVersion) -> list[PlannedMeeting] | None:
    """The meetings that are meant; None for a filter that does not exist."""
    rows = one.planned.filter(cancelled=False).in_order().with_places().with_bodies()
    if request.method != "POST" and request.GET.get("all"):
        form = PlanFilter(request.GET, one)
        return list(form.narrowed(rows)) if form.is_valid() else None
    sent = request.POST if request.method == "POST" else request.GET
    keys = [
        int(key)
        for key in sent.getlist("pk")[:CHOSEN_LIMIT]
        if key.isascii() and key.isdigit() and len(key) < 19
    ]
    return list(rows.filter(pk__in=keys))
