"""Pages with one form and one act of the commission or its secretary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from base.forms import ActForm
from calendar_app.models import CalendarVersion, Session
from calendar_app.queries import commission as queries
from calendar_app.staff.acting import DONE, asked_again, carried_out
from calendar_app.staff.commission import forms
from calendar_app.staff.commission.screens import find
from calendar_app.transitions import commission
from procedure import sessions
from regions import workdays

_GET_POST = ["GET", "HEAD", "POST"]
ACT = "calendar_app/staff/commission/act.html"
CLOSE = "calendar_app/staff/commission/close.html"


@require_http_methods(_GET_POST)
@requires(Permission.SESSION_KEEP)
def plan(request: StaffRequest, version: int) -> HttpResponse:
    """Plan a session or a written vote on a submitted calendar."""
    known = CalendarVersion.objects.visible_to(request.user, today()).select_related("calendar__rule_set")
    target = get_object_or_404(known, pk=version)
    form, status = forms.PlanForm(request.POST or None), 200
    if request.method == "POST":
        status, done = carried_out(
            request,
            form,
            lambda at: commission.plan(version=target, by=request.user, now=at, **form.words()),
        )
        if status == DONE:
            return redirect(done if isinstance(done, Session) else "staff:commission")
    rules = target.calendar.rule_set.rules
    context = {
        "version": target,
        "title": _("Plan a session"),
        "button": _("Plan the session"),
        "first_day": sessions.first_session_day(today(), rules, workdays.current()),
    }
    return asked_again(request, ACT, form, context, status, 0)


Act = Callable[..., object]
MakeForm = Callable[..., ActForm]


def _screen(
    permission: Permission, make_form: MakeForm, act: Act, title: Any, *, page: str = ACT, keeps: bool = True
) -> Any:
    """A page with one form and one act on a session; `keeps`: the act wants the revision."""

    @require_http_methods(_GET_POST)
    @requires(permission)
    def view(request: StaffRequest, pk: int) -> HttpResponse:
        one = find(pk)
        make = partial(make_form, session=one) if make_form is forms.CloseForm else make_form
        form, status = make(request.POST or None, version=one.revision), 200
        if request.method == "POST":
            status, _done = carried_out(
                request, form, lambda at: act(**_words(request, form, one, at, keeps))
            )
            if status == DONE:
                messages.success(request, _("Done."))
                return redirect(one)
        asked = queries.asked(request.user, today())
        context = {
            "session": one,
            "version": one.version,
            "title": title,
            "button": title,
            "asked": next((row for row in asked if row.session == one), None),
        }
        return asked_again(request, page, form, context, status, find(pk).revision)

    view.__doc__ = act.__doc__
    return view


def _words(request: StaffRequest, form: ActForm, one: Session, at: datetime, keeps: bool) -> dict[str, Any]:
    words = {"session": one, "by": request.user, "now": at, **form.words()}
    return words | ({"revision": form.cleaned_data["version"]} if keeps else {})


_keeps = partial(_screen, Permission.SESSION_KEEP)
send_materials = _keeps(forms.NoticeForm, commission.send_materials, _("Send the materials"))
send_link_again = _keeps(forms.LinkForm, commission.send_link_again, _("Send a member a new link"))
open_ = _keeps(ActForm, commission.open_, _("Open the vote"))
enter_vote = _keeps(forms.EnterVoteForm, commission.enter_vote, _("Enter a member’s vote"))
close = _keeps(forms.CloseForm, commission.close, _("Close the session"), page=CLOSE)
cancel = _keeps(forms.CancelForm, commission.cancel, _("Cancel the session"))
record_act = _keeps(forms.ActOfApprovalForm, commission.record_act, _("Record the act of approval"))
vote = _screen(
    Permission.SESSION_VOTE,
    forms.VoteForm,
    commission.vote,
    pgettext_lazy("act", "Vote"),
    page="calendar_app/staff/commission/vote.html",
    keeps=False,
)
