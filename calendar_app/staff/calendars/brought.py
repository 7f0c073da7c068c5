"""Screens of what akimats brought: plan it by one click, or say why not; the register of what was left out."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from base.names import in_language
from calendar_app.labels.calendars import ItemKind
from calendar_app.models import CalendarVersion, TopicList
from calendar_app.queries import brought
from calendar_app.queries.brought import AcceptedMeeting, Fate
from calendar_app.staff.calendars import forms
from calendar_app.staff.calendars.acting import FOLDER, GET_POST, by, find, page_of_act
from calendar_app.transitions import proposals
from calendar_app.transitions.meetings import leave_out as act_leave_out
from calendar_app.window_words import window_in_words
from procedure.half_years import HalfYear
from procedure.proposals import first_exact, offered_days
from procedure.proposed_meetings import ExactWindow
from regions.models import Body, Territory


@dataclass(frozen=True)
class ShownProposal:
    """A proposed meeting as the register shows it: names instead of codes, times in words."""

    fate: Fate
    ministries: list[str]
    place: str
    times: list[str]
    one_click: str
    key: uuid.UUID


@require_safe
@requires(Permission.CALENDAR_READ)
def register(request: StaffRequest, half_year: HalfYear, number: int) -> HttpResponse:
    """What waits for a decision, what was left out and why, and the share taken up of each region."""
    one = find(request, half_year, number)
    fates = brought.fates(one, brought.of_half_year(half_year))
    waiting = [fate for fate in fates if fate.is_open]
    context = {
        "version": one,
        "proposals": shown([fate for fate in waiting if fate.item.kind == ItemKind.PROPOSED_MEETING]),
        "topics": [fate for fate in waiting if fate.item.kind == ItemKind.TOPIC],
        "left_out": [fate for fate in fates if fate.left_out and not fate.planned],
        "shares": brought.shares(fates),
    }
    return render(request, f"{FOLDER}/brought.html", context)


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def plan(request: StaffRequest, half_year: HalfYear, number: int, key: int) -> HttpResponse:
    """Make a planned meeting of a proposed one: at its first exact time by one click, or on a chosen day."""
    one, fate = _proposal(request, half_year, number, key)
    assert isinstance(fate.item, AcceptedMeeting)
    windows = fate.item.draft.windows
    times = [
        (f"{index}", window_in_words(window))
        for index, window in enumerate(windows)
        if isinstance(window, ExactWindow)
    ]
    form = forms.ProposalForm(
        request.POST or None, times=times, days=offered_days(windows), version=one.revision
    )
    return page_of_act(
        request,
        one,
        form,
        lambda at: proposals.plan(
            version=one, proposal=key, when=form.cleaned_data["when"], **by(request, form, at)
        ),
        "plan_proposal",
        {"row": shown([fate])[0]},
        to=_register(one),
        said=_("The proposed meeting is planned. It can be changed in the table of meetings."),
    )


@require_http_methods(GET_POST)
@requires(Permission.CALENDAR_COMPILE)
def leave_out(request: StaffRequest, half_year: HalfYear, number: int, kind: str, key: int) -> HttpResponse:
    """Say why a topic or a proposed meeting is not taken up."""
    one = find(request, half_year, number)
    found = brought.fates(one, brought.of_half_year(half_year))
    fate = next((row for row in found if (row.item.kind, row.item.key) == (kind, key)), None)
    if fate is None:
        raise Http404
    before = fate.left_out
    initial = {"reason": before.reason, "explanation": before.words} if before else {}
    form = forms.LeaveOutForm(request.POST or None, version=one.revision, initial=initial)
    what: dict[str, Any] = {"topic" if kind == ItemKind.TOPIC else "proposal": key}
    return page_of_act(
        request,
        one,
        form,
        lambda at: act_leave_out(version=one, **what, **form.words(), **by(request, form, at)),
        "leave_out",
        {"fate": fate, "is_topic": kind == ItemKind.TOPIC},
        to=_register(one),
        said=_("The reason is recorded."),
    )


@require_safe
@requires(Permission.TOPIC_LIST_READ)
def of_akimat(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """What became of everything that one akimat brought: the akimat's own register, with reasons.

    Days are told from the submission on: before, the plan still moves.
    """
    lists = TopicList.objects.visible_to(request.user, today()).select_related("akimat")
    topic_list = get_object_or_404(lists, half_year=half_year.code, akimat=akimat)
    version = CalendarVersion.objects.filter(calendar__half_year=half_year.code).order_by("-number").first()
    fates = brought.fates(version, brought.of_half_year(half_year, akimat)) if version else []
    context = {"topic_list": topic_list, "version": version, "fates": fates, "shares": brought.shares(fates)}
    return render(request, f"{FOLDER}/of_akimat.html", context)


def shown(fates: list[Fate]) -> list[ShownProposal]:
    """Proposed meetings with the names of ministries and places: two queries for any number of them."""
    drafts = [one.item.draft for one in fates if isinstance(one.item, AcceptedMeeting)]
    bodies = Body.objects.in_bulk({code for draft in drafts for code in draft.ministries})
    places = Territory.objects.in_bulk({draft.place for draft in drafts if draft.place})
    rows = []
    for fate, draft in zip(fates, drafts, strict=True):
        exact = first_exact(draft.windows)
        rows.append(
            ShownProposal(
                fate=fate,
                ministries=[in_language(bodies[code]) for code in draft.ministries if code in bodies],
                place=in_language(places[draft.place]) if draft.place in places else "",
                times=[window_in_words(window) for window in draft.windows],
                one_click=window_in_words(exact) if exact else "",
                key=uuid.uuid4(),
            )
        )
    return rows


def _proposal(
    request: StaffRequest, half_year: HalfYear, number: int, key: int
) -> tuple[CalendarVersion, Fate]:
    one = find(request, half_year, number)
    item = brought.of_half_year(half_year).meetings_by_key.get(key)
    if item is None:
        raise Http404
    return one, Fate(item)


def _register(one: CalendarVersion) -> str:
    return reverse("staff:calendar_brought", args=[one.half_year, one.number])
