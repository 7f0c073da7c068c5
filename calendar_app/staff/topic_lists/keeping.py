"""Autosave and presence: what a page of the editor says every few seconds, and what it is told."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StaffRequest, person, requires
from accounts.models import User
from base import written_once
from base.clock import now
from base.dates import at_almaty
from calendar_app.models import Presence, TopicList, UnsavedWords
from calendar_app.staff.topic_lists import items
from calendar_app.staff.topic_lists.writers import EITHER
from calendar_app.transitions import unsaved_words as acts
from procedure.half_years import HalfYear

# Characters of all boxes together: the longest part, an analysis with its reasons, has 48 thousand.
LIMIT = 150_000
BYTES = 1_000_000
BOXES = 200
NAME = re.compile(r"[a-z][a-z0-9_-]{0,39}")
NOT_WORDS = frozenset({"csrfmiddlewaretoken", "idempotency_key", "version", "stroke", "act", "slot"})
# A new part has a name of its own from the start, so that two tabs do not overwrite each other.
NEW, NEW_MEETING = "new-", "propose-"
SLOT = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Kept:
    """What a page offers: the words, when they were typed, and whether the part was saved since.

    words   texts by the name of their box; of boxes to tick the list of those that were ticked
    """

    words: dict[str, Any]
    at: datetime
    item: str
    overtaken: bool = False


@require_POST
@requires(*EITHER)
def words(request: StaffRequest, half_year: HalfYear, akimat: str, item: str) -> HttpResponse:
    """Keep the words of a page (`act` keep), note that it is open (here) or closed (leave), or discard them."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > BYTES:
        return _too_long()
    topic_list = items.find(request, half_year, akimat)
    act, moment = request.POST.get("act", "here"), now()
    if act == "discard":
        form = uuid.uuid4()
        acts.forget(topic_list=topic_list, item=item, form=form, by=request.user, now=moment)
        return redirect(address(topic_list, item))
    if act == "leave":
        acts.leave(topic_list=topic_list, item=item, by=request.user)
        return JsonResponse({"status": "left"})
    acts.here(topic_list=topic_list, item=item, by=request.user, now=moment)
    told: dict[str, Any] = {"status": "here"}
    if act == "keep":
        typed = _typed(request)
        if len(typed) > BOXES or sum(_length(value) for value in typed.values()) > LIMIT:
            return _too_long()
        if not _keep(request, topic_list, item, typed, moment):
            return JsonResponse({"status": "unreadable"}, status=400)
        told = {"status": "kept", "text": _said(topic_list, moment)}
    return JsonResponse(told | {"others": others(topic_list, request.user, moment, item)})


@require_safe
@requires(*EITHER)
def presence(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Who has which page of the list open, for the overview that asks again every half minute."""
    topic_list = items.find(request, half_year, akimat)
    context = {"topic_list": topic_list, "editor": items.editor_address(topic_list)}
    context["others"] = others(topic_list, request.user, now())
    return render(request, f"{items.FOLDER}/_presence.html", context)


def others(topic_list: TopicList, user: User, moment: datetime, item: str = "") -> list[str]:
    """Sentences about colleagues: at this page, or at any page of the list, named."""
    kind = next((one for one in (NEW, NEW_MEETING) if item.startswith(one)), "")
    found = [
        one
        for one in _present(topic_list.pk, user.pk, moment)
        if (one.item.startswith(kind) if kind else one.item == item or not item)
    ]
    names = {} if item else _names(topic_list, found)
    return [_sentence(one, names, named=not item) for one in found]


def kept(request: HttpRequest, topic_list: TopicList, item: str, version: int) -> Kept | None:
    """What the person typed on this page and did not save."""
    row = next((one for one in _open(request, topic_list) if one.item == item), None)
    return Kept(row.words or {}, row.kept_at, item, row.version != version) if row else None


def page(request: StaffRequest, topic_list: TopicList, item: str, version: int = 0) -> dict[str, Any]:
    """What a page of a part shows around its form; that it is open is noted when it is opened, not when it is sent."""
    moment, is_opened = now(), request.method != "POST"
    if is_opened:
        acts.here(topic_list=topic_list, item=item, by=request.user, now=moment, lasting=acts.PAGE)
    return {
        "keep": f"{items.editor_address(topic_list)}words/{item}/",
        "keep_key": key(request.user, topic_list, item),
        "keep_page": address(topic_list, item),
        "others": others(topic_list, request.user, moment, item) if is_opened else [],
        "kept": kept(request, topic_list, item, version) if is_opened else None,
    }


def key(user: User, topic_list: TopicList, item: str) -> str:
    """Under which name the browser keeps its copy."""
    return f"{user.pk}:{topic_list.pk}:{item}"


def slot(request: HttpRequest) -> str:
    """Which new part it is: the one the form was opened for, one whose words were kept, or another one."""
    asked = request.POST.get("slot") or request.GET.get("kept") or ""
    return asked if SLOT.fullmatch(asked) else uuid.uuid4().hex


def kept_new(
    request: HttpRequest, topic_list: TopicList, but: str = "", kinds: Sequence[str] = (NEW, NEW_MEETING)
) -> list[tuple[str, str, str]]:
    """(address, what it is, instant in words) of new parts that the person began and did not save, `but` one."""
    rows = [one for one in _open(request, topic_list) if one.item != but]
    found = [one for one in rows if one.item.startswith(tuple(kinds))]
    names = _names(topic_list, found)
    return [
        (address(topic_list, row.item), _page_name(row.item, names), at_almaty(row.kept_at)) for row in found
    ]


def kept_all(request: HttpRequest, topic_list: TopicList) -> list[tuple[str, str, str]]:
    """As `kept_new`, of every part: what would be missing if the list were submitted now."""
    return kept_new(request, topic_list, kinds=("",))


def address(topic_list: TopicList, item: str) -> str:
    """The page of a part; of a new topic the page that brings its words back."""
    editor = items.editor_address(topic_list)
    kind, _dash, key = item.partition("-")
    folder = {"new": "topics", "topic": "topics"}.get(kind, "meetings")
    if kind in ("new", "propose"):
        return f"{editor}{folder}/new/?kept={key}"
    if kind in ("topic", "meeting") and key:
        return f"{editor}{folder}/{key}/"
    return f"{editor}meetings/none/" if kind == "none" else f"{editor}{kind}/"


def _open(request: HttpRequest, topic_list: TopicList) -> list[UnsavedWords]:
    """What the person typed in the list and did not save, the latest first: a page or two."""
    return _typed_by(person(request).pk, topic_list.pk)


@written_once.rows
def _typed_by(user: int, topic_list: int) -> QuerySet[UnsavedWords]:
    rows = UnsavedWords.objects.filter(user=user, topic_list=topic_list, words__isnull=False)
    return rows.order_by("-kept_at", "-pk")


@written_once.rows
def _present(topic_list: int, but: int, moment: datetime) -> QuerySet[Presence]:
    rows = Presence.objects.filter(topic_list=topic_list, until__gt=moment).exclude(user=but)
    return rows.select_related("user").order_by("since", "pk")


def _typed(request: HttpRequest) -> dict[str, str | list[str]]:
    """The boxes of the page; a character that cannot be stored is left out, since nothing is saved yet."""
    found: dict[str, str | list[str]] = {}
    for name in request.POST:
        values = [str(value).replace("\x00", "") for value in request.POST.getlist(name)]
        if name not in NOT_WORDS and NAME.fullmatch(name):
            found[name] = values[0] if len(values) == 1 else values
    return found


def _length(value: str | list[str]) -> int:
    return len(value) if isinstance(value, str) else sum(map(len, value))


def _keep(
    request: StaffRequest, topic_list: TopicList, item: str, typed: Mapping[str, Any], moment: datetime
) -> bool:
    numbers = [(request.POST.get(name, ""), digits) for name, digits in (("version", 9), ("stroke", 15))]
    try:
        form = uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return False
    if not all(one.isascii() and one.isdigit() and len(one) <= digits for one, digits in numbers):
        return False
    version, stroke = (int(one) for one, _digits in numbers)
    acts.keep(
        topic_list=topic_list,
        item=item,
        form=form,
        stroke=stroke,
        version=version,
        words=typed,
        by=request.user,
        now=moment,
    )
    return True


def _said(topic_list: TopicList, moment: datetime) -> str:
    time = at_almaty(moment, "time")
    if not topic_list.is_editable:
        return _("Kept for you at %(time)s. The list was submitted meanwhile.") % {"time": time}
    return _("Kept for you at %(time)s, not saved in the list yet.") % {"time": time}


def _sentence(one: Presence, names: Mapping[str, str], *, named: bool) -> str:
    params = {"who": str(one.user), "time": at_almaty(one.since, "time")}
    if not named:
        return _("%(who)s has this page open too, since %(time)s.") % params
    return _("%(who)s, since %(time)s: %(what)s") % (params | {"what": _page_name(one.item, names)})


def _names(topic_list: TopicList, found: Sequence[Presence | UnsavedWords]) -> dict[str, str]:
    """Names of the topics and meetings that somebody has open, by item: their numbers in the list."""
    names: dict[str, str] = {}
    for kind, parts, text in (
        ("topic", topic_list.topics, _("Topic %(number)s")),
        ("meeting", topic_list.meetings, _("Proposed meeting %(number)s")),
    ):
        if any(one.item.startswith(f"{kind}-") for one in found):
            keys = parts.values_list("pk", flat=True)
            names |= {f"{kind}-{key}": text % {"number": number} for number, key in enumerate(keys, start=1)}
    return names


def _page_name(item: str, names: Mapping[str, str]) -> str:
    kind = item.partition("-")[0]
    others = {
        "new": _("A new topic"),
        "propose": _("A new proposed meeting"),
        "analysis": _("Analysis of the situation in the region"),
        "answer": _("Answers to the comments"),
        "none": _("No meetings are proposed"),
    }
    return names.get(item) or others.get(kind) or _("Topic list")


def _too_long() -> JsonResponse:
    text = _("The text is too long to be kept. Please shorten it.")
    return JsonResponse({"status": "too_long", "text": text}, status=413)
