"""Screens of busy periods: those of one's own ministry, one more by hand, many by a calendar file."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from base.forms import ActForm, ShortText
from base.names import in_language
from calendar_app.models import BusyPeriod
from calendar_app.staff.acting import DONE, REFUSED, carried_out
from calendar_app.staff.busy_periods.calendar_files import SIZE_LIMIT, UnreadableCalendarError, read
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
    """A calendar file with events."""

    file = forms.FileField(
        label=_("Calendar file (.ics)"), widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"})
    )

    def clean_file(self) -> Any:
        """The events of the file."""
        upload = self.cleaned_data["file"]
        try:
            return read(upload.read(SIZE_LIMIT + 1))
        except UnreadableCalendarError:
            raise ValidationError(
                _("This is no calendar file that can be read. Export it again as .ics, at most 512 KB.")
            ) from None

    def words(self) -> dict[str, Any]:
        return {"body": self.cleaned_data["body"], "periods": repr(self.cleaned_data["file"].periods)}


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
        status = _take(request, by_file) if sends_file else _add(request, by_hand)
        if status == DONE:
            return redirect("staff:busy_periods")
    rows = BusyPeriod.objects.of_own(request.user, today()).filter(ends__gt=start_of_day(today()))
    context = {"rows": rows.select_related("body"), "by_hand": by_hand, "by_file": by_file}
    context["several"] = len(bodies) > 1
    return render(request, PAGE, context, status=status)


@require_POST
@requires(Permission.BUSY_WRITE)
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a busy period away."""
    own = BusyPeriod.objects.of_own(request.user, today()).select_related("body")
    acts.remove(period=get_object_or_404(own, pk=pk), by=request.user, now=now())
    messages.success(request, _("The busy period is removed."))
    return redirect("staff:busy_periods")


def _add(request: StaffRequest, form: PeriodForm) -> int:
    status, _done = carried_out(
        request, form, lambda at: acts.add(body=form.chosen, period=form.period(), by=request.user, now=at)
    )
    if status == DONE:
        messages.success(request, _("The busy period is entered."))
    return status


def _take(request: StaffRequest, form: FileForm) -> int:
    if not form.is_valid():
        return REFUSED
    events = form.cleaned_data["file"]
    status, done = carried_out(
        request,
        form,
        lambda at: acts.take(body=form.chosen, periods=events.periods, by=request.user, now=at),
    )
    if status == DONE:
        new, replaced = done if isinstance(done, tuple) else (0, 0)
        said = _("New: %(new)s, replaced: %(replaced)s, left (repeating or cancelled): %(left)s.")
        messages.success(request, said % {"new": new, "replaced": replaced, "left": events.left})
    return status
