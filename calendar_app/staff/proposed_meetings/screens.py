"""Screens of one proposed meeting: write it, remove it, move it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, requires
from base.clock import now, today
from base.forms import ActForm
from calendar_app.models import TopicList
from calendar_app.staff.proposed_meetings.forms import MeetingForm
from calendar_app.staff.proposed_meetings.page import FOLDER, facts, form_of, is_step, page
from calendar_app.staff.proposed_meetings.shown import Fits
from calendar_app.staff.topic_lists import items, keeping
from calendar_app.staff.topic_lists.screens import find
from calendar_app.staff.topic_lists.writers import EITHER, refuse_others
from calendar_app.transitions import proposed_meetings as acts
from procedure.half_years import HalfYear

ROW = re.compile(r"(exact|loose)-([0-9]{1,2})")
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@requires(*EITHER)
def new(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Propose one more meeting."""
    topic_list = _topic_list(request, half_year, akimat)
    if request.method != "POST" and not topic_list.is_editable:
        return redirect(topic_list)
    slot = keeping.slot(request)
    item = f"{keeping.NEW_MEETING}{slot}"
    around = keeping.page(request, topic_list, item) | {"slot": slot}
    if request.method != "POST":
        around["kept_new"] = keeping.kept_new(request, topic_list, item, kinds=(keeping.NEW_MEETING,))
    form = form_of(request, topic_list, None, around["kept"])
    if request.method != "POST" or is_step(request):
        return page(request, topic_list, form, None, **around)
    status = _save(request, topic_list, form, None, item)
    if status == 302:
        return _saved(request, topic_list, item, form)
    return page(request, topic_list, form, None, status, **around)


@require_http_methods(METHODS)
@requires(*EITHER)
def edit(request: StaffRequest, half_year: HalfYear, akimat: str, key: int) -> HttpResponse:
    """Change a proposed meeting."""
    topic_list, item = _topic_list(request, half_year, akimat), f"meeting-{key}"
    if request.method != "POST" and not topic_list.is_editable:
        return redirect(topic_list)
    meeting = topic_list.meetings.whole().filter(pk=key).first()
    if meeting is None:
        return _without_meeting(request, topic_list, item)
    around = keeping.page(request, topic_list, item, meeting.version)
    form = form_of(request, topic_list, meeting, around["kept"])
    if request.method != "POST" or is_step(request):
        return page(request, topic_list, form, meeting, **around)
    status = _save(request, topic_list, form, key, item)
    if status == 302:
        return _saved(request, topic_list, item, form)
    if status == 409:
        meeting = topic_list.meetings.whole().filter(pk=key).first()
        if meeting is None:
            return _without_meeting(request, topic_list, item)
        form.renew(meeting.version)
    return page(request, topic_list, form, meeting, status, **around)


@require_http_methods(METHODS)
@requires(*EITHER)
def remove(request: StaffRequest, half_year: HalfYear, akimat: str, key: int) -> HttpResponse:
    """Take a proposed meeting out of the list, after one more question."""
    topic_list, item = _topic_list(request, half_year, akimat), f"meeting-{key}"
    meeting = get_object_or_404(topic_list.meetings.all(), pk=key)
    form, status = ActForm(request.POST or None, version=meeting.version), 200
    if request.method == "POST":
        status = items.saved(
            request,
            topic_list,
            item,
            form,
            lambda moment: acts.remove(
                topic_list=topic_list,
                meeting=key,
                by=request.user,
                now=moment,
                version=form.cleaned_data["version"],
            ),
        )
        if status == 302:
            return items.to_list(
                request, topic_list, item, _("The proposed meeting is removed."), "#meetings"
            )
    if status == 409:
        form.renew(meeting.version)
    context = facts(topic_list) | {"form": form, "meeting": meeting, "stale": status == 409}
    return render(request, f"{FOLDER}/remove.html", context, status=status)


@require_POST
@requires(*EITHER)
def move(request: StaffRequest, half_year: HalfYear, akimat: str, key: int) -> HttpResponse:
    """Let the meeting change places with a neighbour."""
    topic_list = _topic_list(request, half_year, akimat)
    get_object_or_404(topic_list.meetings.all(), pk=key)
    to = acts.DOWN if request.POST.get("to") == acts.DOWN else acts.UP
    acts.move(topic_list=topic_list, meeting=key, to=to, by=request.user, now=now())
    return redirect(f"{items.editor_address(topic_list)}#meetings")


@require_POST
@requires(*EITHER)
def fit(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """What one time of the form means for people who work: a part of the page, asked while it is filled in."""
    topic_list = _topic_list(request, half_year, akimat)
    match = ROW.fullmatch(request.GET.get("row", ""))
    if match is None:
        raise Http404
    form = MeetingForm(topic_list, today(), request.POST, echo=True)
    time = form.times[match[1]].form(request.POST, prefix=match[0], half_year=half_year)
    Fits(topic_list, request.POST.get("place") or form.place_of_hall()).beside(time)
    return render(request, f"{FOLDER}/_fit.html", {"time": time})


def _topic_list(request: StaffRequest, half_year: HalfYear, akimat: str) -> TopicList:
    """A list that the person may write; one that was submitted is only read."""
    topic_list = find(request, half_year, akimat, whole=False)
    refuse_others(request.user, topic_list)
    return topic_list


def _save(request: StaffRequest, topic_list: TopicList, form: MeetingForm, key: int | None, item: str) -> int:
    return items.saved(
        request,
        topic_list,
        item,
        form,
        lambda moment: acts.save(
            topic_list=topic_list,
            draft=form.draft(key),
            by=request.user,
            now=moment,
            version=form.cleaned_data["version"],
        ),
    )


def _saved(request: StaffRequest, topic_list: TopicList, item: str, form: MeetingForm) -> HttpResponse:
    """Back to the list, with a word about a hall that is too small for those who are expected."""
    if form.is_crowded():
        messages.warning(request, _("More people are expected than the hall has seats."))
    return items.to_list(request, topic_list, item, _("The proposed meeting is saved."), "#meetings")


def _without_meeting(request: StaffRequest, topic_list: TopicList, item: str) -> HttpResponse:
    """Somebody removed the meeting: what was typed becomes a new one if the person wants it."""
    kept = keeping.kept(request, topic_list, item, 0) if request.method != "POST" else None
    if request.method != "POST" and kept is None:
        messages.warning(request, _("This meeting is not in the list any more."))
        return redirect(f"{items.editor_address(topic_list)}#meetings")
    form = form_of(request, topic_list, None, kept)
    if request.method == "POST":
        form.renew(0)
    more: dict[str, Any] = {"removed": True, "action": f"{items.editor_address(topic_list)}meetings/new/"}
    return page(request, topic_list, form, None, 409, kept=kept, **more)
