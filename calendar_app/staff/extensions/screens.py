"""Screens of extensions: open duties of other bodies, what was given already, and the form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from base.forms import ActForm, LongText
from calendar_app.models import Obligation, TermExtension
from calendar_app.queries.extensions import extendable
from calendar_app.staff.acting import DONE, asked_again, carried_out
from calendar_app.transitions import extensions

REASON_LIMIT = 2_000
NEWEST = 50


class ExtendForm(ActForm):
    """A later day and the reason, which everybody who reads the duty sees."""

    last_day = forms.DateField(
        label=_("New last day"),
        help_text=_("The day itself still counts."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reason = LongText(
        label=_("Reason"),
        help_text=_("Everybody who sees the term reads the reason."),
        limit=REASON_LIMIT,
        rows=4,
    )


@require_safe
@requires(Permission.TOPIC_LIST_BOARD)
def listing(request: StaffRequest) -> HttpResponse:
    """Open duties of other bodies by their terms, and the newest extensions with their reasons."""
    moment = now()
    context = {
        "duties": extendable(moment),
        "given": TermExtension.objects.select_related("obligation__body", "by")[:NEWEST],
        "now": moment,
        "today": today(),
    }
    return render(request, "calendar_app/staff/extensions/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TERM_EXTEND)
def extend(request: StaffRequest, pk: int) -> HttpResponse:
    """Give more time for one duty."""
    duty = get_object_or_404(extendable(now()), pk=pk)
    shown = duty.extensions.count()
    form = ExtendForm(request.POST or None, version=shown)
    status = 200
    if request.method == "POST":
        status, _done = carried_out(
            request,
            form,
            lambda at: extensions.extend(
                obligation=duty,
                by=request.user,
                now=at,
                version=form.cleaned_data["version"],
                **form.words(),
            ),
        )
        if status == DONE:
            messages.success(request, _("The term was extended. The body is written to."))
            return redirect("staff:extensions")
    return asked_again(
        request, "calendar_app/staff/extensions/extend.html", form, _facts(duty), status, shown
    )


def _facts(duty: Obligation) -> dict[str, Any]:
    return {"duty": duty, "given": duty.extensions.select_related("by"), "today": today()}
