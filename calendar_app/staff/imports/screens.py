"""Screens of imports: the ways in, the progress of reading, and what was read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from base.errors import Refused, Stale
from calendar_app.labels.imports import OF_LIST, ImportKind, ImportState
from calendar_app.models import Import, TopicList
from calendar_app.staff.imports import forms, reading
from calendar_app.staff.imports.owned import progress_of, progress_part
from calendar_app.staff.once import once
from calendar_app.staff.topic_lists.screens import find
from calendar_app.transitions import import_files, imports
from procedure.half_years import HalfYear

PAGES = "calendar_app/staff/imports"


def writable(request: StaffRequest, half_year: HalfYear, akimat: str) -> TopicList:
    """The list, if it is one's own; the acts ask again whether it may be changed now."""
    return find(request, half_year, akimat, whole=False)


def batch_of(topic_list: TopicList, pk: int) -> Import:
    found: Import = get_object_or_404(topic_list.imports.select_related("made_by"), pk=pk)
    found.topic_list = topic_list
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TOPIC_LIST_WRITE)
def hub(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """The three ways to bring topics in; a POST brings files."""
    topic_list = writable(request, half_year, akimat)
    if not topic_list.is_editable:
        messages.warning(request, _("The list lies with the authorised body and cannot be changed now."))
        return redirect(topic_list)
    form = forms.UploadForm(request.POST, files=request.FILES) if request.method == "POST" else None
    if form and form.is_valid():
        try:
            made = _upload(request, topic_list, form)
        except Refused as refusal:
            form.show(refusal.problems)
        else:
            return redirect(made or "staff:imports", *([] if made else [half_year, akimat]))
    uploads = {kind.value: forms.UploadForm.of(kind) for kind in OF_LIST}
    if form and form.data.get("kind") in uploads:
        uploads[form.data["kind"]] = form
    context = {
        "topic_list": topic_list,
        "uploads": uploads,
        "form": form,
        "open": topic_list.imports.unsettled().select_related("made_by"),
        "previous": reading.previous_list(topic_list),
        "half_translated": reading.half_translated(topic_list),
    }
    return render(request, f"{PAGES}/hub.html", context, status=422 if form else 200)


def _upload(request: StaffRequest, topic_list: TopicList, form: forms.UploadForm) -> Import | None:
    """The import, or None when the same form came again."""
    files, kind, moment = form.cleaned_data["workbooks"], form.cleaned_data["kind"], now()
    made = once(
        user=request.user,
        key=form.cleaned_data["idempotency_key"],
        words={"kind": kind, "files": [(one.name, one.size) for one in files]},
        now=moment,
        act=lambda: import_files.upload(
            topic_list=topic_list, kind=kind, files=files, by=request.user, now=moment
        ),
    )
    if made is None:
        return topic_list.imports.filter(made_by=request.user).first()
    assert isinstance(made, Import)
    return made


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.TOPIC_LIST_WRITE)
def detail(request: StaffRequest, half_year: HalfYear, akimat: str, pk: int) -> HttpResponse:
    """An import: its progress, then what was read with its errors; a POST takes it into the list."""
    batch = batch_of(writable(request, half_year, akimat), pk)
    if batch.is_under_way or batch.is_settled:
        if request.method == "POST":
            return render(request, f"{PAGES}/progress.html", _progress(batch), status=409)
        return render(request, f"{PAGES}/progress.html", _progress(batch))
    data = request.POST if request.method == "POST" else None
    preview = reading.preview_of(batch, data, today())
    status = 200
    if data is not None:
        status = _take(request, batch, preview.form)
        if status == 302:
            return redirect(f"{batch.own_list.get_absolute_url()}#topics")
        if status == 409:
            batch = batch_of(batch.own_list, pk)
            preview = reading.preview_of(batch, None, today())
    context = {"batch": batch, "topic_list": batch.own_list, "preview": preview, "stale": status == 409}
    context |= {"form": preview.form, "more": forms.FilesForm()}
    return render(request, f"{PAGES}/{batch.kind}.html", context, status=status)


def _take(request: StaffRequest, batch: Import, form: Any) -> int:
    """302 when it was taken in, 409 when it changed meanwhile, 422 when something is to be decided."""
    if batch.state != ImportState.READ or not form.is_valid():
        return 422
    act = imports.take if batch.kind == ImportKind.TOPICS else imports.take_translation
    moment = now()
    words = {**form.words(), "version": form.cleaned_data["version"]}
    try:
        once(
            user=request.user,
            key=form.cleaned_data["idempotency_key"],
            words=words,
            now=moment,
            act=lambda: act(batch=batch, by=request.user, now=moment, **words),
        )
    except Refused as refusal:
        form.show(refusal.problems)
        return 422
    except Stale:
        return 409
    messages.success(request, _("What was brought in is in the list now."))
    return 302


@require_safe
@requires(Permission.TOPIC_LIST_WRITE)
def progress(request: StaffRequest, half_year: HalfYear, akimat: str, pk: int) -> HttpResponse:
    """How far the reading is, for a page that asks each second; once it is done the page is loaded anew."""
    batch = batch_of(writable(request, half_year, akimat), pk)
    return progress_part(request, batch)


def _progress(batch: Import) -> Mapping[str, Any]:
    return {"batch": batch, "topic_list": batch.own_list, **progress_of(batch)}
