"""How a page carries out an act: once per form, with what was typed kept when it does not happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import StaffRequest
from base.clock import now
from base.errors import Refused, Stale
from base.forms import ActForm
from calendar_app.staff.once import once

DONE, REFUSED, STALE = 302, 422, 409


def carried_out(
    request: StaffRequest, form: ActForm, act: Callable[[datetime], object]
) -> tuple[int, object]:
    """Run the act of a sent form once: (DONE, what it returned), or the status of the page that asks again."""
    if not form.is_valid():
        return REFUSED, None
    moment = now()
    try:
        done = once(
            user=request.user,
            key=form.cleaned_data["idempotency_key"],
            words=form.words(),
            now=moment,
            act=lambda: act(moment),
        )
    except Refused as refusal:
        form.show(refusal.problems)
        return REFUSED, None
    except Stale:
        return STALE, None
    return DONE, done


def asked_again(
    request: StaffRequest,
    template: str,
    form: ActForm,
    context: Mapping[str, Any],
    status: int,
    revision: int,
) -> HttpResponse:
    """The page of the form: for the first time (200), with what is wrong (422), or after a change (409)."""
    if status == STALE:
        form.renew(revision)
    return render(request, template, {**context, "form": form, "stale": status == STALE}, status=status)
