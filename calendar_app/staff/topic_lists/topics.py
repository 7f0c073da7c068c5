"""The page of one topic: write it, remove it, move it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, requires
from base import written_once
from base.clock import now, today
from base.errors import Stale
from base.forms import ActForm
from calendar_app.models import Topic, TopicComment, TopicList
from calendar_app.staff.topic_lists import items, keeping
from calendar_app.staff.topic_lists.item_forms import TopicForm, topic_choices, values_of
from calendar_app.staff.topic_lists.writers import EITHER
from calendar_app.transitions import topics as acts
from procedure.half_years import HalfYear
from procedure.list_changes import TOPIC_FIELDS

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@requires(*EITHER)
def new(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Write a topic that is not in the list yet."""
    topic_list = items.find(request, half_year, akimat)
    if request.method != "POST" and not topic_list.is_editable:
        return redirect(topic_list)
    slot = keeping.slot(request)
    item = f"{keeping.NEW}{slot}"
    around = keeping.page(request, topic_list, item)
    form = _form(request, topic_list, None, None, around["kept"])
    status = 200
    if request.method == "POST":
        status = _save(request, topic_list, form, None, item)
        if status == 302:
            return _after_save(request, topic_list, None, item)
    else:
        around["kept_new"] = keeping.kept_new(request, topic_list, item, kinds=(keeping.NEW,))
    return items.shown(request, "topic", topic_list, form, status, topic=None, slot=slot, **around)


@require_http_methods(METHODS)
@requires(*EITHER)
def edit(request: StaffRequest, half_year: HalfYear, akimat: str, key: int) -> HttpResponse:
    """Write a topic of the list, and answer the comment on it."""
    topic_list = items.find(request, half_year, akimat)
    if request.method != "POST" and not topic_list.is_editable:
        return redirect(topic_list)
    topic = next(iter(_topics(topic_list.pk, key)), None)
    if topic is None:
        return _without_topic(request, topic_list, key)
    comment, item = _comment(topic_list, key), f"topic-{key}"
    around = keeping.page(request, topic_list, item, topic.version)
    form = _form(request, topic_list, topic, comment, around["kept"])
    status, both = 200, items.both_texts(form, values_of(topic), TOPIC_FIELDS) if around["kept"] else []
    if request.method == "POST":
        status = _save(request, topic_list, form, key, item)
        if status == 302:
            return _after_save(request, topic_list, topic, item)
    if status == 409:
        topic = topic_list.topics.filter(pk=key).first()
        if topic is None:
            return _without_topic(request, topic_list, key)
        form.renew(topic.version)
        both = items.both_texts(form, values_of(topic), TOPIC_FIELDS)
    around |= {"comment": comment, "both": both} | _around(topic_list, topic)
    return items.shown(request, "topic", topic_list, form, status, topic=topic, **around)


@require_http_methods(METHODS)
@requires(*EITHER)
def remove(request: StaffRequest, half_year: HalfYear, akimat: str, key: int) -> HttpResponse:
    """Ask whether the topic shall leave the list, and take it out."""
    topic_list = items.find(request, half_year, akimat)
    topic = topic_list.topics.filter(pk=key).select_related("ministry", "district").first()
    if topic is None or not topic_list.is_editable:
        return redirect(items.editor_address(topic_list))
    form, status = ActForm(request.POST or None, version=topic.version), 200
    if request.method == "POST":
        status = items.saved(
            request,
            topic_list,
            f"topic-{key}",
            form,
            lambda moment: acts.remove_topic(
                topic_list=topic_list,
                key=key,
                by=request.user,
                now=moment,
                version=form.cleaned_data["version"],
            ),
        )
        if status == 302:
            return items.to_list(request, topic_list, f"topic-{key}", _("The topic is removed."))
    if status == 409:
        form.renew(topic.version)
    comment = _comment(topic_list, key)
    return items.shown(request, "remove_topic", topic_list, form, status, topic=topic, comment=comment)


@require_POST
@requires(*EITHER)
def move(request: StaffRequest, half_year: HalfYear, akimat: str, key: int) -> HttpResponse:
    """Put the topic at another place; an unreadable place changes nothing."""
    topic_list = items.find(request, half_year, akimat)
    to = request.POST.get("to", "")
    if to.isascii() and to.isdigit() and len(to) < 5:
        try:
            acts.move_topic(topic_list=topic_list, key=key, to=int(to), by=request.user, now=now())
        except Stale:
            messages.warning(request, _("This topic is not in the list any more."))
    return redirect(f"{items.editor_address(topic_list)}#topic-{key}")


def _form(
    request: StaffRequest,
    topic_list: TopicList,
    topic: Topic | None,
    comment: TopicComment | None,
    kept: keeping.Kept | None = None,
) -> TopicForm:
    said = {"answer": topic_list.answers.get(str(comment.pk), "")} if comment else {}
    said |= kept.words if kept else {}
    return TopicForm(
        request.POST if request.method == "POST" else None,
        choices=topic_choices(topic_list, today()),
        remarked=comment is not None,
        version=topic.version if topic else 0,
        initial=(values_of(topic) if topic else {}) | said,
    )


def _save(request: StaffRequest, topic_list: TopicList, form: TopicForm, key: int | None, item: str) -> int:
    return items.saved(
        request,
        topic_list,
        item,
        form,
        lambda moment: acts.save_topic(
            topic_list=topic_list,
            draft=form.draft(key),
            by=request.user,
            now=moment,
            version=form.cleaned_data["version"],
            answer=form.cleaned_data.get("answer"),
        ),
    )


def _after_save(request: StaffRequest, topic_list: TopicList, topic: Topic | None, item: str) -> HttpResponse:
    """Where the button that was pressed leads: to another new topic, to the next one, or to the list."""
    args: list[Any] = [topic_list.period, topic_list.akimat_id]
    told = _("The topic is saved.")
    if "add" in request.POST:
        items.tell(request, topic_list, item, told)
        return redirect("staff:topic_new", *args)
    following = topic and topic_list.topics.filter(position__gt=topic.position).first()
    if "next" in request.POST and following:
        items.tell(request, topic_list, item, told)
        return redirect("staff:topic_edit", *args, following.pk)
    shown = topic or topic_list.topics.order_by("-position").first()
    return items.to_list(request, topic_list, item, told, f"#topic-{shown.pk}" if shown else "")


def _without_topic(request: StaffRequest, topic_list: TopicList, key: int) -> HttpResponse:
    """Somebody removed the topic: what was typed becomes a new one if the person wants it."""
    kept = keeping.kept(request, topic_list, f"topic-{key}", 0) if request.method != "POST" else None
    if request.method != "POST" and kept is None:
        messages.warning(request, _("This topic is not in the list any more."))
        return redirect(items.editor_address(topic_list))
    form = _form(request, topic_list, None, None, kept)
    if request.method == "POST":
        form.renew(0)
    action = f"{items.editor_address(topic_list)}topics/new/"
    return items.shown(request, "topic", topic_list, form, 409, topic=None, removed=True, action=action)


def _comment(topic_list: TopicList, key: int) -> TopicComment | None:
    """What the authorised body said about the topic in this round."""
    if not topic_list.answers:
        return None
    return TopicComment.objects.filter(pk__in=topic_list.answers, topic_key=key).first()


@written_once.rows
def _topics(topic_list: int, key: int) -> QuerySet[Topic]:
    return Topic.objects.filter(topic_list=topic_list, pk=key)


@written_once.tuples
def _keys(topic_list: int) -> QuerySet[Topic, tuple[int]]:
    return Topic.objects.filter(topic_list=topic_list).order_by("position", "pk").values_list("pk")


def _around(topic_list: TopicList, topic: Topic) -> dict[str, Any]:
    """The place of the topic from 1, how many there are, and the keys of its neighbours."""
    keys = [one for (one,) in _keys(topic_list.pk)]
    place = keys.index(topic.pk)
    return {
        "number": place + 1,
        "count": len(keys),
        "previous": keys[place - 1] if place else None,
        "following": keys[place + 1] if place + 1 < len(keys) else None,
    }
