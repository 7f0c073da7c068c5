"""The page on which one proposed meeting is written: its form, its place, what was kept, both texts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from accounts.access import StaffRequest
from audit import journal
from base.clock import today
from calendar_app.models import ProposedMeeting, TopicList
from calendar_app.staff.proposed_meetings.compared import both_meetings
from calendar_app.staff.proposed_meetings.forms import MeetingForm
from calendar_app.staff.proposed_meetings.shown import Fits, language
from calendar_app.staff.topic_lists import items, keeping
from procedure.proposed_meetings import MeetingDraft
from regions.places import PlacePicker

FOLDER = "calendar_app/staff/proposed_meetings"
# Buttons that send the form to be shown again, not to be saved.
STEPS = ("find_place", "add_time")


def form_of(
    request: StaffRequest,
    topic_list: TopicList,
    meeting: ProposedMeeting | None,
    kept: keeping.Kept | None = None,
) -> MeetingForm:
    """The form as saved, as it was typed and kept, as it was sent to be shown again, or to be saved."""
    version = meeting.version if meeting else 0
    if request.method == "POST":
        form = MeetingForm(topic_list, today(), request.POST, version=version, echo=is_step(request))
        if is_step(request):
            for name in ("version", "idempotency_key"):
                form.facts.initial[name] = request.POST.get(name, "")
        return form
    if kept:
        return MeetingForm(topic_list, today(), _sent(kept), version=version, echo=True)
    draft = meeting.as_draft() if meeting else None
    return MeetingForm(topic_list, today(), draft=draft, version=version)


def is_step(request: StaffRequest) -> bool:
    """Whether the form was sent by a button that only shows it again."""
    return any(step in request.POST for step in STEPS)


def page(
    request: StaffRequest,
    topic_list: TopicList,
    form: MeetingForm,
    meeting: ProposedMeeting | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """Draw the page; one that was overtaken says by whom, and shows both texts."""
    kept = more.get("kept")
    code = str(form.facts["place"].value() or "")
    fits = Fits(topic_list, code or form.place_of_hall())
    for times in form.times.values():
        for time in times:
            fits.beside(time)
    typed = kept.words.get("place_q", "") if kept else request.POST.get("place_q", "")
    picker = PlacePicker(
        name="place",
        code=code,
        typed=str(typed).replace("\x00", "")[:200],
        region=topic_list.akimat.region_id or "",
        on=today(),
        language=language(),
        searched="find_place" in request.POST,
    )
    context = facts(topic_list) | {
        "form": form,
        "meeting": meeting,
        "picker": picker,
        "stale": status == 409,
        "fit_url": reverse("staff:proposed_meeting_fit", args=[topic_list.period, topic_list.akimat_id]),
    }
    if status == 409:
        context["saved_by"] = journal.history("topic_list", topic_list.pk).last()
    if meeting and (status == 409 or (kept and kept.overtaken)):
        context["both"] = _both(topic_list, meeting, form, kept)
    return render(request, f"{FOLDER}/edit.html", context | more, status=status)


def facts(topic_list: TopicList) -> dict[str, Any]:
    """What every page of proposed meetings shows of its list."""
    return {"topic_list": topic_list, "editor": items.editor_address(topic_list)}


def _both(
    topic_list: TopicList, meeting: ProposedMeeting, form: MeetingForm, kept: keeping.Kept | None
) -> list[items.Both]:
    """The saved meeting beside the typed one; nothing where what was typed cannot be read."""
    read = MeetingForm(topic_list, today(), _sent(kept)) if kept else form
    typed = read.draft(meeting.pk) if read.is_readable() else MeetingDraft()
    return both_meetings(topic_list, meeting.as_draft(), typed)


def _sent(kept: keeping.Kept) -> QueryDict:
    """What was kept, as the page would send it."""
    sent = QueryDict(mutable=True)
    for name, value in kept.words.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return sent
