"""Screens of lists that came by letter: begin and stop an entry, object to it, answer the objection."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from base.forms import ActForm
from calendar_app.models import TopicList
from calendar_app.staff.acting import DONE, asked_again, carried_out
from calendar_app.staff.entries.forms import AnswerForm, EntryForm, ObjectionForm
from calendar_app.staff.topic_lists.screens import find
from calendar_app.transitions import entries as acts
from procedure.half_years import HalfYear
from regions.models import Body

FOLDER = "calendar_app/staff/entries"
METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
@requires(Permission.TOPIC_LIST_ENTER_BY_LETTER)
def begin(request: StaffRequest) -> HttpResponse:
    """Record the letter by which a list came; the editor of the list follows."""
    asked = {name: request.GET.get(name, "") for name in ("akimat", "half_year")}
    form = EntryForm(request.POST or None, files=request.FILES or None, on=today(), initial=asked)
    status, _done = 200, None
    if request.method == "POST":
        status, _done = carried_out(
            request,
            form,
            lambda moment: acts.begin(akimat=_akimat(form), **form.words(), by=request.user, now=moment),
        )
        if status == DONE:
            return redirect("staff:topic_list_edit", form.words()["half_year"], form.cleaned_data["akimat"])
    begun = TopicList.objects.exclude(entry_letter=None).select_related("akimat", "entry_letter")
    context = {"begun": begun.order_by("entry_letter__entered_at", "pk")}
    return asked_again(request, f"{FOLDER}/begin.html", form, context, status, 0)


@require_http_methods(METHODS)
@requires(Permission.TOPIC_LIST_ENTER_BY_LETTER)
def stop(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Give the list back to its akimat without submitting it."""
    topic_list = find(request, half_year, akimat)
    if topic_list.entry_letter is None:
        return redirect(topic_list)
    return _act(request, topic_list, "stop", ActForm, acts.stop, _("The list is with its akimat again."))


@require_http_methods(METHODS)
@requires(Permission.TOPIC_LIST_WRITE)
def object_(request: StaffRequest, half_year: HalfYear, akimat: str, number: int) -> HttpResponse:
    """The akimat says what is not as in its letter."""
    topic_list = _with_entry(request, half_year, akimat, number)
    told = _("The objection is registered. The authorised body was written to.")
    return _act(request, topic_list, "object", ObjectionForm, acts.object_, told)


@require_http_methods(METHODS)
@requires(Permission.TOPIC_LIST_ENTER_BY_LETTER)
def answer(request: StaffRequest, half_year: HalfYear, akimat: str, number: int) -> HttpResponse:
    """The authorised body answers the objection."""
    topic_list = _with_entry(request, half_year, akimat, number)
    if request.method != "POST" and not topic_list.latest_submission.open_objection:  # type: ignore[union-attr]
        return redirect(topic_list)
    told = _("The answer is registered. The akimat was written to.")
    return _act(request, topic_list, "answer", AnswerForm, acts.answer_objection, told)


def _act(
    request: StaffRequest,
    topic_list: TopicList,
    name: str,
    form_class: type[ActForm],
    act: Callable[..., object],
    told: str,
) -> HttpResponse:
    """A page with one form and its act on the list, after which the list is shown."""
    form: Any = form_class(request.POST or None, version=topic_list.version)
    status = 200
    if request.method == "POST":
        status, _done = carried_out(
            request,
            form,
            lambda moment: act(
                topic_list=topic_list,
                by=request.user,
                now=moment,
                version=form.cleaned_data["version"],
                **form.words(),
            ),
        )
        if status == DONE:
            messages.success(request, told)
            return redirect(topic_list)
    submission = topic_list.latest_submission
    context = {"topic_list": topic_list, "submission": submission}
    return asked_again(request, f"{FOLDER}/{name}.html", form, context, status, topic_list.version)


def _akimat(form: EntryForm) -> Body:
    return get_object_or_404(Body.objects.akimats(), pk=form.cleaned_data["akimat"])


def _with_entry(request: StaffRequest, half_year: HalfYear, akimat: str, number: int) -> TopicList:
    """The list whose standing submission has this number and came by letter; else 404."""
    topic_list = find(request, half_year, akimat)
    latest = topic_list.latest_submission
    if latest is None or latest.number != number or latest.came_at is None or topic_list.is_editable:
        raise Http404
    return topic_list
