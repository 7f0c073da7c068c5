"""Screens of versions: the history with reasons, what changed between any two, one page for the commission."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from calendar_app import change_words
from calendar_app.labels.commission import SessionState
from calendar_app.models import CalendarVersion, Session
from calendar_app.queries import calendar_changes as queries
from calendar_app.queries.calendar_changes import OnePage
from procedure.calendar_changes import ADDED, KINDS
from procedure.half_years import HalfYear

FOLDER = "calendar_app/staff/calendar_versions"


class ChooseForm(forms.Form):
    """Two versions by their numbers; what came before the first one is 0, an empty calendar."""

    before = forms.TypedChoiceField(label=_("Compare version"), coerce=int)
    after = forms.TypedChoiceField(label=_("with version"), coerce=int)

    def __init__(self, data: Mapping[str, Any] | None, numbers: Sequence[int], **options: Any) -> None:
        super().__init__(data, **options)
        named = [(number, str(number)) for number in numbers]
        self.fields["before"].choices = [*named, (0, _("an empty calendar"))]  # type: ignore[attr-defined]
        self.fields["after"].choices = named  # type: ignore[attr-defined]


@require_safe
@requires(Permission.SESSION_READ)
def history(request: StaffRequest, half_year: HalfYear) -> HttpResponse:
    """Every version that the person may see, newest first: when, why, what was decided."""
    versions = _versions(request, half_year)
    numbers = [one.number for one in versions]
    latest = {"after": numbers[0], "before": numbers[1] if len(numbers) > 1 else 0}
    context = {
        "half_year": half_year,
        "rows": [(one, next(iter(one.decided), None)) for one in versions],  # type: ignore[attr-defined]
        "form": ChooseForm(None, numbers, initial=latest),
    }
    return render(request, f"{FOLDER}/history.html", context)


@require_safe
@requires(Permission.SESSION_READ)
def changes(request: StaffRequest, half_year: HalfYear) -> HttpResponse:
    """What changed between two versions: counters, then sentences; small changes folded."""
    versions = {one.number: one for one in _versions(request, half_year)}
    form = ChooseForm(request.GET, list(versions))
    if not form.is_valid():
        context = {"half_year": half_year, "form": form}
        return render(request, f"{FOLDER}/bad_versions.html", context, status=400)
    chosen = form.cleaned_data
    comparison = queries.compared(versions.get(chosen["before"]), versions[chosen["after"]])
    context = {
        "half_year": half_year,
        "form": form,
        "comparison": comparison,
        "counters": change_words.counters(comparison),
        "meetings": change_words.meetings(comparison),
        "trifles": change_words.trifles(comparison),
    }
    return render(request, f"{FOLDER}/changes.html", context)


@require_safe
@requires(Permission.SESSION_READ)
def one_page(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """One page to print: the cumulative difference to the last approved version, and what else to weigh."""
    seen = CalendarVersion.objects.visible_to(request.user, today()).select_related("calendar__rule_set")
    version = get_object_or_404(seen, calendar__half_year=half_year.code, number=number)
    return render(request, f"{FOLDER}/one_page.html", shown(queries.one_page(version)))


def shown(page: OnePage) -> dict[str, Any]:
    """What the template of the page needs. A first calendar is all additions: those stand in the annex."""
    told = KINDS if page.comparison.before else tuple(kind for kind in KINDS if kind != ADDED)
    return {
        "page": page,
        "version": page.version,
        "counters": change_words.counters(page.comparison),
        "meetings": change_words.meetings(page.comparison, told),
        "trifles": change_words.trifles(page.comparison),
    }


def _versions(request: StaffRequest, half_year: HalfYear) -> Sequence[CalendarVersion]:
    """Versions of the half-year that the person may see, newest first; 404 when there is none."""
    seen = CalendarVersion.objects.visible_to(request.user, today()).filter(
        calendar__half_year=half_year.code
    )
    decided = Prefetch("sessions", Session.objects.filter(state=SessionState.CLOSED), "decided")
    found = list(seen.select_related("calendar").prefetch_related(decided).order_by("-number"))
    if not found:
        raise Http404
    return found
