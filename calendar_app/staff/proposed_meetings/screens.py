"""Screens of one proposed meeting: write it, remove it, move it; and why a list proposes none."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from base.errors import Refused, Stale
from base.forms import ActForm
from calendar_app.models import ProposedMeeting, TopicList
from calendar_app.models.topic_lists import MEETINGS_WORDS
from calendar_app.staff.once import once
from calendar_app.staff.proposed_meetings.forms import MeetingForm, NoMeetingsForm
from calendar_app.staff.proposed_meetings.shown import Fits, language
from calendar_app.staff.topic_lists import items
from calendar_app.staff.topic_lists.screens import find
from calendar_app.transitions import proposed_meetings as acts
from procedure.half_years import HalfYear
from procedure.proposed_meetings import MeetingDraft
from regions.places import PlacePicker

FOLDER = "calendar_app/staff/proposed_meetings"
ROW = re.compile(r"(exact|loose)-([0-9]{1,2})")
# Buttons that send the form to be shown again, not to be saved.
STEPS = ("find_place", "add_time")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TOPIC_LIST_WRITE)
def new(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Propose one more meeting."""
    return _write(request, _topic_list(request, half_year, akimat), None)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TOPIC_LIST_WRITE)
def edit(request: StaffRequest, half_year: HalfYear, akimat: str, key: int) -> HttpResponse:
    """Change a proposed meeting."""
    topic_list = _topic_list(request, half_year, akimat)
    return _write(request, topic_list, get_object_or_404(topic_list.meetings.whole(), pk=key))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TOPIC_LIST_WRITE)
def remove(request: StaffRequest, half_year: HalfYear, akimat: str, key: int) -> HttpResponse:
    """Take a proposed meeting out of the list, after one more question."""
    topic_list = _topic_list(request, half_year, akimat)
    meeting = get_object_or_404(topic_list.meetings.all(), pk=key)
    form = ActForm(request.POST or None, version=meeting.version)
    status = 200
    if request.method == "POST":
        status = _act(request, form, lambda **who: acts.remove(topic_list=topic_list, meeting=key, **who))
        if status == 302:
            messages.success(request, _("The proposed meeting is removed."))
            return _to_list(topic_list)
    if status == 409:
        form.renew(meeting.version)
    context = _facts(topic_list) | {
        "form": form,
        "meeting": meeting,
        "stale": status == 409,
    }
    return render(request, f"{FOLDER}/remove.html", context, status=status)


@require_POST
@requires(Permission.TOPIC_LIST_WRITE)
def move(request: StaffRequest, half_year: HalfYear, akimat: str, key: int) -> HttpResponse:
    """Let the meeting change places with a neighbour."""
    topic_list = _topic_list(request, half_year, akimat)
    get_object_or_404(topic_list.meetings.all(), pk=key)
    to = acts.DOWN if request.POST.get("to") == acts.DOWN else acts.UP
    acts.move(topic_list=topic_list, meeting=key, to=to, by=request.user, now=now())
    return _to_list(topic_list)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TOPIC_LIST_WRITE)
def none(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Say why no meetings are proposed."""
    topic_list = _topic_list(request, half_year, akimat)
    initial = {name: getattr(topic_list, name) for name in MEETINGS_WORDS}
    form = NoMeetingsForm(request.POST or None, version=topic_list.version, initial=initial)
    status = 200
    if request.method == "POST":
        act = acts.propose_none
        status = _act(request, form, lambda **who: act(topic_list=topic_list, **form.words(), **who))
        if status == 302:
            messages.success(request, _("The reason is saved."))
            return _to_list(topic_list)
    if status == 409:
        form.renew(find(request, half_year, akimat, whole=False).version)
    context = _facts(topic_list) | {
        "form": form,
        "stale": status == 409,
    }
    return render(request, f"{FOLDER}/none.html", context, status=status)


@require_POST
@requires(Permission.TOPIC_LIST_WRITE)
def fit(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """What one time of the form means for people who work: a part of the page, asked while it is filled in."""
    topic_list = _topic_list(request, half_year, akimat)
    match = ROW.fullmatch(request.GET.get("row", ""))
    if match is None:
        raise Http404
    form = (
        MeetingForm(topic_list, today(), request.POST)
        .times[match[1]]
        .form(request.POST, prefix=match[0], half_year=half_year)
    )
    Fits(topic_list, request.POST.get("place", "")).beside(form)
    return render(request, f"{FOLDER}/_fit.html", {"time": form})


def _topic_list(request: StaffRequest, half_year: HalfYear, akimat: str) -> TopicList:
    """A list that the person may write; one that was submitted is only read."""
    topic_list = find(request, half_year, akimat, whole=False)
    if not request.user.may(Permission.TOPIC_LIST_WRITE, topic_list.akimat, on=today()):
        raise Http404
    return topic_list


def _write(request: StaffRequest, topic_list: TopicList, meeting: ProposedMeeting | None) -> HttpResponse:
    draft, version = (meeting.as_draft(), meeting.version) if meeting else (MeetingDraft(), 0)
    if request.method != "POST":
        if not topic_list.is_editable:
            return redirect(topic_list)
        return _page(
            request, topic_list, MeetingForm(topic_list, today(), draft=draft, version=version), meeting
        )
    if any(step in request.POST for step in STEPS):
        form = MeetingForm(topic_list, today(), request.POST, echo=True)
        for name in ("version", "idempotency_key"):
            form.facts.initial[name] = request.POST.get(name, "")
        return _page(request, topic_list, form, meeting)
    return _save(
        request, topic_list, MeetingForm(topic_list, today(), request.POST, version=version), meeting
    )


def _save(
    request: StaffRequest, topic_list: TopicList, form: MeetingForm, meeting: ProposedMeeting | None
) -> HttpResponse:
    """Save once. What cannot be saved (422) or was overtaken (409) stays on the page."""
    status, moment = 422, now()
    if form.is_valid():
        draft = form.draft(meeting.pk if meeting else None)
        said = form.facts.cleaned_data
        try:
            once(
                user=request.user,
                key=said["idempotency_key"],
                words={"draft": draft, "version": said["version"]},
                now=moment,
                act=lambda: acts.save(
                    topic_list=topic_list, draft=draft, by=request.user, now=moment, version=said["version"]
                ),
            )
        except Refused as refusal:
            form.show(refusal.problems)
        except Stale:
            status = 409
        else:
            messages.success(request, _("The proposed meeting is saved."))
            return _to_list(topic_list)
    if status == 409 and meeting:
        form.facts.renew(meeting.version)
    return _page(request, topic_list, form, meeting, status)


def _act(request: StaffRequest, form: ActForm, act: Any) -> int:
    """Carry out an act once: 302, 409 when stale, 422 when refused."""
    if not form.is_valid():
        return 422
    moment = now()
    said = form.cleaned_data
    try:
        once(
            user=request.user,
            key=said["idempotency_key"],
            words=form.words() | {"path": request.path},
            now=moment,
            act=lambda: act(by=request.user, now=moment, version=said["version"]),
        )
    except Refused as refusal:
        form.show(refusal.problems)
        return 422
    except Stale:
        return 409
    return 302


def _page(
    request: StaffRequest,
    topic_list: TopicList,
    form: MeetingForm,
    meeting: ProposedMeeting | None,
    status: int = 200,
) -> HttpResponse:
    code = str(form.facts["place"].value() or "")
    fits = Fits(topic_list, code)
    for times in form.times.values():
        for time in times:
            fits.beside(time)
    picker = PlacePicker(
        name="place",
        code=code,
        typed=(request.POST.get("place_q") or "").replace("\x00", "")[:200],
        region=topic_list.akimat.region_id or "",
        on=today(),
        language=language(),
        searched="find_place" in request.POST,
    )
    context = _facts(topic_list) | {
        "form": form,
        "meeting": meeting,
        "picker": picker,
        "stale": status == 409,
        "fit_url": reverse("staff:proposed_meeting_fit", args=[topic_list.period, topic_list.akimat_id]),
    }
    return render(request, f"{FOLDER}/edit.html", context, status=status)


def _facts(topic_list: TopicList) -> dict[str, Any]:
    """What every page here shows of its list."""
    return {"topic_list": topic_list, "editor": items.editor_address(topic_list)}


def _to_list(topic_list: TopicList) -> HttpResponse:
    """Back to where the proposed meetings of the list stand."""
    return redirect(f"{items.editor_address(topic_list)}#meetings")
