"""Screens of scratch variants: all of a working copy, one beside the plan, taking it over."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now
from base.forms import ActForm, ShortText
from calendar_app.models import CalendarVersion, Variant
from calendar_app.queries.plan_edits import edit_from
from calendar_app.staff.acting import DONE, STALE, carried_out
from calendar_app.staff.calendars.acting import GET_POST, find
from calendar_app.staff.imports.owned import version_sent
from calendar_app.staff.plan_edits.screens import TakeForm, find_import
from calendar_app.staff.plan_edits.shown import shown
from calendar_app.transitions import variants as acts
from procedure.half_years import HalfYear

FOLDER = "calendar_app/staff/variants"


class NameForm(ActForm):
    """Begins a variant."""

    name = ShortText(label=gettext_lazy("Name of the variant"), limit=acts.NAME_LIMIT)


class TakeVariantForm(TakeForm):
    """Takes over the variant that was looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def overview(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """The variants of a working copy; a POST begins one."""
    one = find(request, half_year, number)
    form, status = NameForm(request.POST or None), 200
    if request.method == "POST":
        status, made = carried_out(
            request, form, lambda at: acts.open_(version=one, by=request.user, now=at, **form.words())
        )
        if status == DONE:
            return redirect(made if isinstance(made, Variant) else request.path)
    rows = [of(one, row) for row in one.variants.select_related("made_by")]
    return render(
        request, f"{FOLDER}/overview.html", {"version": one, "form": form, "rows": rows}, status=status
    )


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def detail(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """A variant beside the plan; a POST takes it over."""
    one = find(request, half_year, number)
    variant = find_variant(one, pk)
    form = TakeVariantForm(request.POST or None, version=one.revision, initial={"seen": variant.version})
    status = 200
    if request.method == "POST":
        status, _done = carried_out(request, form, lambda at: _take(request, variant, form.cleaned_data, at))
        if status == DONE:
            messages.success(request, _("The variant is in the calendar now."))
            return redirect(one)
        one = find(request, half_year, number)
        variant = find_variant(one, pk)
        if status == STALE:
            form = TakeVariantForm(version=one.revision, initial={"seen": variant.version})
    context: dict[str, Any] = {"version": one, "variant": variant, "form": form, "stale": status == STALE}
    context |= shown(one, [edit_from(row) for row in variant.edits])
    if not context["collisions"]:
        form.fields["despite"].widget = forms.HiddenInput()
    return render(request, f"{FOLDER}/variant.html", context, status=status)


def _take(request: StaffRequest, variant: Variant, said: dict[str, Any], at: datetime) -> object:
    return acts.take(
        variant=variant,
        by=request.user,
        now=at,
        revision=said["version"],
        version=said["seen"],
        despite=said["despite"],
    )


@require_POST
@requires(Permission.CALENDAR_COMPILE)
def put_back(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """Leave a meeting of the variant as it is in the calendar."""
    variant = find_variant(find(request, half_year, number), pk)
    text = request.POST.get("meeting", "")
    meeting = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
    if not meeting:
        raise Http404
    acts.put_back(variant=variant, meeting=meeting, by=request.user, now=now())
    return redirect(variant)


@require_POST
@requires(Permission.CALENDAR_COMPILE)
def drop(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """Forget a variant."""
    acts.drop(variant=find_variant(find(request, half_year, number), pk), by=request.user, now=now())
    messages.success(request, _("The variant was dropped. Nothing of it is in the calendar."))
    return redirect("staff:variants", half_year, number)


@require_POST
@requires(Permission.CALENDAR_COMPILE)
def keep_table(request: StaffRequest, half_year: HalfYear, number: int, pk: int) -> HttpResponse:
    """Make a variant of a table that came back."""
    batch = find_import(find(request, half_year, number), pk)
    made = acts.keep_table(batch=batch, by=request.user, now=now(), version=version_sent(request))
    messages.success(request, _("The changes of the table are a variant now."))
    return redirect(of(batch.own_plan, made))


def find_variant(one: CalendarVersion, pk: int) -> Variant:
    """A variant of this working copy; 404 for another one."""
    return of(one, get_object_or_404(one.variants.select_related("made_by"), pk=pk))


def of(one: CalendarVersion, variant: Variant) -> Variant:
    """The variant with its plan, which was read already."""
    variant.plan = one
    return variant
