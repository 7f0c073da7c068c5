"""Screens that carry out an act: the last list brought over, files added and removed, an import dropped."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now
from base.errors import Refused
from calendar_app.models import Import, TopicList
from calendar_app.staff.imports import forms, reading
from calendar_app.staff.imports.owned import version_sent
from calendar_app.staff.imports.screens import PAGES, batch_of, writable
from calendar_app.staff.once import once
from calendar_app.transitions import import_files, imports
from procedure.half_years import HalfYear


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TOPIC_LIST_WRITE)
def last_list(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Topics of the last list with what became of them; a POST brings over the chosen ones or all."""
    topic_list = writable(request, half_year, akimat)
    if not topic_list.is_editable:
        return redirect(topic_list)
    previous = reading.previous_list(topic_list)
    topics = list(previous.topics.all()) if previous else []
    data = request.POST if request.method == "POST" else None
    form, status = forms.LastListForm(data, topics=topics), 200
    if previous and data is not None:
        status = _bring_over(request, topic_list, previous, form)
        if status == 302:
            return redirect(f"{topic_list.get_absolute_url()}#topics")
    there = reading.already_there(topic_list, previous) if previous else set()
    ticked = set(request.POST.getlist("topics")) if data is not None else None
    rows = [
        (
            topic,
            reading.fate(topic, previous),
            topic.pk in there,
            ticked is not None and str(topic.pk) in ticked,
        )
        for topic in topics
        if previous
    ]
    context = {"topic_list": topic_list, "previous": previous, "rows": rows, "form": form}
    return render(request, f"{PAGES}/last_list.html", context, status=status)


def _bring_over(
    request: StaffRequest, topic_list: TopicList, previous: TopicList, form: forms.LastListForm
) -> int:
    if not form.is_valid():
        return 422
    everything = "everything" in request.POST
    keys = _not_there_yet(topic_list, previous) if everything else form.keys
    moment = now()
    try:
        added = once(
            user=request.user,
            key=form.cleaned_data["idempotency_key"],
            words={"keys": "everything" if everything else sorted(keys)},
            now=moment,
            act=lambda: imports.bring_over(
                topic_list=topic_list, previous=previous, keys=keys, by=request.user, now=moment
            ),
        )
    except Refused as refusal:
        form.show(refusal.problems)
        return 422
    if isinstance(added, int):
        said = ngettext("%(count)s topic was brought over.", "%(count)s topics were brought over.", added)
        messages.success(request, said % {"count": added})
    return 302


def _not_there_yet(topic_list: TopicList, previous: TopicList) -> list[int]:
    """All topics of the last list but those that the present one has already: they would come in twice."""
    there = reading.already_there(topic_list, previous)
    return [topic.pk for topic in previous.topics.all() if topic.pk not in there]


@require_POST
@requires(Permission.TOPIC_LIST_WRITE)
def add_files(request: StaffRequest, half_year: HalfYear, akimat: str, pk: int) -> HttpResponse:
    """Further or corrected files for an import."""
    batch = batch_of(writable(request, half_year, akimat), pk)
    form = forms.FilesForm(request.POST, files=request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose at least one file."))
        return redirect(batch)
    files = form.cleaned_data["workbooks"]
    present = set(batch.files.values_list("name", flat=True))
    import_files.add_files(
        batch=batch,
        files=files,
        by=request.user,
        now=now(),
        version=version_sent(request),
    )
    if again := sorted(present & {one.name for one in files}):
        said = _("A file of the same name was replaced by the new one: %(files)s.")
        messages.success(request, said % {"files": ", ".join(again)})
    return redirect(batch)


@require_POST
@requires(Permission.TOPIC_LIST_WRITE)
def remove_file(request: StaffRequest, half_year: HalfYear, akimat: str, pk: int, file: int) -> HttpResponse:
    """Take one file out of an import."""
    batch = batch_of(writable(request, half_year, akimat), pk)
    chosen = get_object_or_404(batch.files.defer("content"), pk=file)
    import_files.remove_file(
        batch=batch, file=chosen, by=request.user, now=now(), version=version_sent(request)
    )
    return redirect(batch)


@require_POST
@requires(Permission.TOPIC_LIST_WRITE)
def drop(request: StaffRequest, half_year: HalfYear, akimat: str, pk: int) -> HttpResponse:
    """Forget an import."""
    batch: Any = batch_of(writable(request, half_year, akimat), pk)
    assert isinstance(batch, Import)
    import_files.drop(batch=batch, by=request.user, now=now(), version=version_sent(request))
    messages.success(request, _("The import was dropped. Nothing of it is in the list."))
    return redirect("staff:imports", half_year, akimat)
