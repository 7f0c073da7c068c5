"""The page of a part that belongs to the whole list: find, form, save once, keep what was typed, both texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise

from accounts.access import StaffRequest
from base.forms import ActForm
from calendar_app.models import TopicList
from calendar_app.staff.topic_lists import items, keeping
from procedure.half_years import HalfYear


@dataclass(frozen=True)
class Part:
    """One part of a list and its page.

    item      its name for autosave and presence
    template  of the page, in the folder of the editor
    version   of the part, of a list as read
    form      made of what was sent or None, the list, and what was typed before and kept
    stored    what is saved, by the names of the boxes
    act       saves: takes the list, by, now, version, and the words of the form by name
    told      what is said when it is done
    anchor    where on the overview to go back to
    """

    item: str
    template: str
    version: Callable[[TopicList], int]
    form: Callable[[Any, TopicList, Mapping[str, Any]], ActForm]
    stored: Callable[[TopicList], Mapping[str, object]]
    act: Callable[..., object]
    told: str | Promise
    anchor: str = ""


def written(part: Part, request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Show the page of the part, or save it."""
    topic_list = items.find(request, half_year, akimat)
    is_sent = request.method == "POST"
    if not is_sent and not topic_list.is_editable:
        return redirect(topic_list)
    around = keeping.page(request, topic_list, part.item, part.version(topic_list))
    kept: keeping.Kept | None = around["kept"]
    form = part.form(request.POST if is_sent else None, topic_list, kept.words if kept else {})
    status = _saved(part, request, topic_list, form) if is_sent else 200
    if status == 302:
        return items.to_list(request, topic_list, part.item, str(part.told), part.anchor)
    if status == 409:
        topic_list = items.find(request, half_year, akimat)
        form.renew(part.version(topic_list))
    stored = part.stored(topic_list)
    both = items.both_texts(form, stored, list(stored)) if kept or status == 409 else []
    return items.shown(request, part.template, topic_list, form, status, both=both, **around)


def _saved(part: Part, request: StaffRequest, topic_list: TopicList, form: ActForm) -> int:
    return items.saved(
        request,
        topic_list,
        part.item,
        form,
        lambda moment: part.act(
            topic_list=topic_list,
            **form.words(),
            by=request.user,
            now=moment,
            version=form.cleaned_data["version"],
        ),
    )
