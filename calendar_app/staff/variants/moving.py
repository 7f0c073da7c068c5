"""Screen that moves meetings within a variant, chosen in the table of the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.forms import ShortText
from calendar_app.models import CalendarVersion, PlannedMeeting, Variant
from calendar_app.staff.acting import DONE, carried_out
from calendar_app.staff.calendars.acting import GET_POST, find
from calendar_app.staff.calendars.moving import MoveForm, chosen
from calendar_app.staff.proposed_meetings.fields import ClockField
from calendar_app.staff.variants.screens import FOLDER, find_variant, of
from calendar_app.transitions import variants as acts
from procedure.half_years import HalfYear


class VariantMoveForm(MoveForm):
    """A move that is tried out: in a variant that is there, or in a new one."""

    variant = forms.ChoiceField(label=gettext_lazy("Variant"), required=False)
    name = ShortText(label=gettext_lazy("Name of the new variant"), limit=acts.NAME_LIMIT, required=False)
    starts = ClockField(label=gettext_lazy("To the time of day"), required=False)

    field_order = ("variant", "name", "number", "unit", "starts", "hall")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        planned: Iterable[PlannedMeeting],
        version: CalendarVersion,
        variants: Sequence[Variant],
    ) -> None:
        super().__init__(data, planned=planned, version=version)
        self.fields["despite"].widget = forms.HiddenInput()
        self.fields["number"].help_text = gettext_lazy("A number below zero moves them to an earlier day.")
        offered: Any = self.fields["variant"]
        offered.choices = [
            *((str(one.pk), one.name) for one in variants),
            ("", gettext_lazy("A new variant")),
        ]

    @property
    def asked(self) -> dict[str, Any]:
        """What the act takes; of a valid form."""
        said = super().asked
        del said["despite"]
        return said | {"starts": self.cleaned_data["starts"]}


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def move(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """Move the chosen meetings, or all that the filters find, within a variant."""
    one = find(request, half_year, number)
    planned = chosen(request, one)
    if not planned and request.method != "POST":
        messages.info(request, _("Choose meetings in the table first."))
        return redirect(one)
    variants = [of(one, row) for row in one.variants.all()]
    form = VariantMoveForm(request.POST or None, planned=planned or [], version=one, variants=variants)
    status = 200
    if request.method == "POST":
        status, done = carried_out(request, form, lambda at: _move(request, one, form, at))
        if status == DONE:
            if isinstance(done, Variant):
                return redirect(of(one, done))
            return redirect("staff:variants", half_year, number)
    context = {"version": one, "form": form, "planned": planned or []}
    return render(request, f"{FOLDER}/move.html", context, status=status)


def _move(request: StaffRequest, one: CalendarVersion, form: VariantMoveForm, at: Any) -> Variant:
    said, who = form.cleaned_data, {"by": request.user, "now": at}
    if said["variant"]:
        variant = find_variant(one, int(said["variant"]))
    else:
        variant = acts.open_(version=one, name=said["name"], **who)
    return acts.move(variant=variant, **form.asked, **who)
