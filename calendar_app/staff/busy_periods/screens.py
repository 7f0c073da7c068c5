"""Screens of busy periods: those of one's own ministry, one more by hand, many by a file."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from base.forms import ActForm, ShortText
from base.names import in_language
from calendar_app.labels.imports import ImportKind
from calendar_app.models import BusyPeriod, Import
from calendar_app.models.imports import ImportQuerySet
from calendar_app.staff.acting import DONE, carried_out
from calendar_app.staff.imports.owned import upload_of, words_of
from calendar_app.staff.proposed_meetings.fields import ClockField, DayField
from calendar_app.transitions import busy_periods as acts
from calendar_app.transitions.busy_periods import NewPeriod
from procedure.moments import ALMATY, start_of_day
from regions.models import Body

PAGE = "calendar_app/staff/busy_periods/list.html"


class _OfMinistry(ActForm):
    body = forms.ChoiceField(label=_("Ministry"))

    def __init__(self, data: Any = None, files: Any = None, *, bodies: list[Body], prefix: str = "") -> None:
        super().__init__(data, files=files, prefix=prefix or None)
        self.bodies = {one.pk: one for one in bodies}
        choices: Any = self.fields["body"]
        choices.choices = [(one.pk, in_language(one)) for one in bodies]
        if len(bodies) == 1:
            self.fields["body"].widget = forms.HiddenInput()
            self.initial["body"] = bodies[0].pk

    @property
    def chosen(self) -> Body:
        return self.bodies[self.cleaned_data["body"]]


class PeriodForm(_OfMinistry):
    """One busy period. Without clock times it is about whole days."""

    first_day = DayField(label=_("First day"))
    from_clock = ClockField(label=_("From"), required=False)
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Empty: the same day."))
    to_clock = ClockField(label=_("Until"), required=False)
    reason = ShortText(
        label=_("Reason"), limit=300, required=False, help_text=_("Only your ministry sees it.")
    )

    def period(self) -> NewPeriod:
        """Of a valid form."""
        said = self.cleaned_data
        first, last = said["first_day"], said["last_day"] or said["first_day"]
        starts = datetime.combine(first, said["from_clock"] or time(), tzinfo=ALMATY)
        ends = datetime.combine(last, said["to_clock"] or time(), tzinfo=ALMATY)
        return NewPeriod(starts, ends if said["to_clock"] else ends + timedelta(days=1), said["reason"])


class FileForm(_OfMinistry):
    """A file with busy periods: a table, or a calendar with events."""

    file = forms.FileField(
        label=_("File: XLSX or .ics"), widget=forms.FileInput(attrs={"accept": ".xlsx,.ics,text/calendar"})
    )

    @property
    def kind(self) -> ImportKind:
        """Of a valid form: what the file says that it is."""
        is_calendar = self.cleaned_data["file"].name.lower().endswith((".ics", ".ical", ".ifb"))
        return ImportKind.BUSY_EVENTS if is_calendar else ImportKind.BUSY_TABLE

    def words(self) -> dict[str, Any]:
        """What makes a second sending the same one."""
        return {"body": self.cleaned_data["body"], **words_of(self.cleaned_data["file"])}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.BUSY_WRITE)
def periods(request: StaffRequest) -> HttpResponse:
    """Busy periods of one's own ministries that are not over; enter one more, or a file of them."""
    bodies = list(request.user.bodies_with(Permission.BUSY_WRITE, on=today()).order_by("pk"))
    sends_file = request.method == "POST" and "send_file" in request.POST
    by_hand = PeriodForm(request.POST if request.method == "POST" and not sends_file else None, bodies=bodies)
    by_file = FileForm(
        request.POST if sends_file else None, request.FILES or None, bodies=bodies, prefix="file"
    )
    status = 200
    if request.method == "POST":
        status, to = _upload(request, by_file) if sends_file else _add(request, by_hand)
        if status == DONE:
            return redirect(to)
    rows = BusyPeriod.objects.of_own(request.user, today()).filter(ends__gt=start_of_day(today()))
    context = {"rows": rows.select_related("body"), "by_hand": by_hand, "by_file": by_file}
    context |= {"several": len(bodies) > 1, "open": imports_of(request).unsettled()}
    return render(request, PAGE, context, status=status)


@require_POST
@requires(Permission.BUSY_WRITE)
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a busy period away."""
    own = BusyPeriod.objects.of_own(request.user, today()).select_related("body")
    acts.remove(period=get_object_or_404(own, pk=pk), by=request.user, now=now())
    messages.success(request, _("The busy period is removed."))
    return redirect("staff:busy_periods")


def imports_of(request: StaffRequest) -> ImportQuerySet:
    """Files of one's own ministries."""
    own = request.user.bodies_with(Permission.BUSY_WRITE, on=today())
    return Import.objects.filter(body__in=own).select_related("body", "made_by")


def _add(request: StaffRequest, form: PeriodForm) -> tuple[int, str]:
    status, _done = carried_out(
        request, form, lambda at: acts.add(body=form.chosen, period=form.period(), by=request.user, now=at)
    )
    if status == DONE:
        messages.success(request, _("The busy period is entered."))
    return status, "staff:busy_periods"


def _upload(request: StaffRequest, form: FileForm) -> tuple[int, Any]:
    """Keep the file to be read; a second sending leads to the first one's page."""
    status, made = carried_out(
        request,
        form,
        lambda at: acts.upload(
            body=form.chosen,
            kind=form.kind,
            files=[upload_of(form.cleaned_data["file"])],
            by=request.user,
            now=at,
        ),
    )
    return status, made or imports_of(request).filter(made_by=request.user).first() or "staff:busy_periods"
