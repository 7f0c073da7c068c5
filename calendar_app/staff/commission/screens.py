"""Screens of the commission: what waits, one session, and the acts on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from base.forms import ActForm, LongText, ShortText
from calendar_app.labels.calendars import VersionState
from calendar_app.labels.commission import SessionKind, VoteValue
from calendar_app.models import CalendarVersion, Session
from calendar_app.staff.acting import DONE, asked_again, carried_out
from calendar_app.transitions import commission

_GET_POST = ["GET", "HEAD", "POST"]


class PlanForm(ActForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=SessionKind.choices)
    held_at = forms.DateTimeField(
        label=_("Day and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


class VoteForm(ActForm):
    value = forms.ChoiceField(label=_("Your vote"), choices=VoteValue.choices, widget=forms.RadioSelect)
    opinion = LongText(label=_("Separate opinion"), limit=4000, rows=4, required=False)


class CloseForm(ActForm):
    present = forms.MultipleChoiceField(
        label=_("Present"), required=False, widget=forms.CheckboxSelectMultiple
    )
    protocol_number = ShortText(label=_("Number of the protocol"), limit=60, required=False)
    protocol_day = forms.DateField(
        label=_("Date of the protocol"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reasons = LongText(
        label=_("What is to be revised, if there is no majority"), limit=4000, rows=4, required=False
    )
    act = ShortText(label=_("Act that puts the calendar into force, if any"), limit=300, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        members = [(str(one.user_id), str(one.user)) for one in commission.members_on(today())]
        self.fields["present"].choices = members  # type: ignore[attr-defined]

    def words(self) -> dict[str, Any]:
        return super().words() | {"present": [int(key) for key in self.cleaned_data["present"]]}


@require_safe
@requires(Permission.SESSION_READ)
def desk(request: StaffRequest) -> HttpResponse:
    """Sessions, the next one first, and submitted calendars without one."""
    sessions = Session.objects.select_related("version__calendar").order_by("-held_at")
    waiting = CalendarVersion.objects.select_related("calendar").filter(state=VersionState.SUBMITTED)
    waiting = waiting.exclude(sessions__in=Session.objects.running())
    context = {"sessions": sessions, "waiting": waiting}
    return render(request, "calendar_app/staff/commission/desk.html", context)


@require_safe
@requires(Permission.SESSION_READ)
def session(request: StaffRequest, pk: int) -> HttpResponse:
    """One session: its version, who voted, what was decided."""
    one = _find(pk)
    closed = one.state == "closed"
    context = {
        "session": one,
        # How others vote is nobody's business before the roll is fixed.
        "votes": list(one.votes.select_related("member")) if closed else [],
        "voted": one.votes.count(),
        "own_vote": one.votes.filter(member=request.user).first(),
        "roll": list(one.roll.select_related("member")),
    }
    return render(request, "calendar_app/staff/commission/session.html", context)


@require_http_methods(_GET_POST)
@requires(Permission.SESSION_KEEP)
def plan(request: StaffRequest, version: int) -> HttpResponse:
    """Plan a session or a written vote on a submitted calendar."""
    known = CalendarVersion.objects.visible_to(request.user, today()).select_related("calendar")
    target = get_object_or_404(known, pk=version)
    form = PlanForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status, done = carried_out(
            request,
            form,
            lambda at: commission.plan(version=target, by=request.user, now=at, **form.words()),
        )
        if status == DONE:
            return redirect(done if isinstance(done, Session) else "staff:commission")
    context = {"version": target, "title": _("Plan a session"), "button": _("Plan the session")}
    return asked_again(request, "calendar_app/staff/commission/act.html", form, context, status, 0)


Act = Callable[..., object]


def _screen(
    permission: Permission, form_class: type[ActForm], act: Act, title: Any, *, keeps: bool = True
) -> Any:
    """A page with one form and one act on a session."""

    @require_http_methods(_GET_POST)
    @requires(permission)
    def view(request: StaffRequest, pk: int) -> HttpResponse:
        one = _find(pk)
        form, status = form_class(request.POST or None, version=one.revision), 200
        if request.method == "POST":
            status, _done = carried_out(
                request, form, lambda at: act(**_words(request, form, one, at, keeps))
            )
            if status == DONE:
                messages.success(request, _("Done."))
                return redirect(one)
        context = {"session": one, "version": one.version, "title": title, "button": title}
        revision = _find(pk).revision
        return asked_again(request, "calendar_app/staff/commission/act.html", form, context, status, revision)

    view.__doc__ = act.__doc__
    return view


def _words(request: StaffRequest, form: ActForm, one: Session, at: datetime, keeps: bool) -> dict[str, Any]:
    words = {"session": one, "by": request.user, "now": at, **form.words()}
    return words | ({"revision": form.cleaned_data["version"]} if keeps else {})


def _find(pk: int) -> Session:
    return get_object_or_404(Session.objects.select_related("version__calendar"), pk=pk)


send_materials = _screen(Permission.SESSION_KEEP, ActForm, commission.send_materials, _("Send the materials"))
open_ = _screen(Permission.SESSION_KEEP, ActForm, commission.open_, _("Open the vote"))
vote = _screen(Permission.SESSION_VOTE, VoteForm, commission.vote, _("Vote"), keeps=False)
close = _screen(Permission.SESSION_KEEP, CloseForm, commission.close, _("Close the session"))
