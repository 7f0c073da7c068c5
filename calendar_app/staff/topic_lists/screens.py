"""Screens of one topic list: start it, read it, and its receipts."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from audit import journal
from base import written_once
from base.clock import now, today
from base.errors import Refused
from base.written_once import attach
from calendar_app import terms
from calendar_app.models import Topic, TopicList
from calendar_app.staff.proposed_meetings.shown import shown
from calendar_app.staff.topic_lists import forms, history
from calendar_app.transitions import topic_lists
from procedure.half_years import HalfYear
from procedure.problems import Problem
from regions import workdays
from regions.models import Body
from regions.workdays import Workdays


@require_POST
@requires(Permission.TOPIC_LIST_WRITE)
def start(request: StaffRequest) -> HttpResponse:
    """Open the list of one's own akimat for a half-year, or go on with the one that is there."""
    form = forms.StartForm(request.POST)
    if not form.is_valid():
        raise Refused([Problem("half_year_not_open", {"half_year": request.POST.get("half_year", "")[:10]})])
    akimats = request.user.bodies_with(Permission.TOPIC_LIST_WRITE, on=today())
    akimat = get_object_or_404(akimats, code=form.cleaned_data["akimat"], kind=Body.Kind.AKIMAT)
    topic_list = topic_lists.start(
        akimat=akimat, half_year=form.cleaned_data["half_year"], by=request.user, now=now()
    )
    return redirect("staff:topic_list_edit", topic_list.period, akimat.code)


@require_safe
@requires(Permission.TOPIC_LIST_READ)
def detail(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """The list with its term, rounds, receipts and history."""
    topic_list = find(request, half_year, akimat)
    context = facts(topic_list)
    context["is_list_page"] = True
    context["overdue"] = topic_list.is_editable and context["term"].is_late(context["now"])
    context["history"] = history.told(journal.history("topic_list", str(topic_list.pk)))
    return render(request, "calendar_app/staff/topic_lists/detail.html", context)


@require_safe
@requires(Permission.TOPIC_LIST_READ)
def receipt(request: StaffRequest, half_year: HalfYear, akimat: str, number: int) -> HttpResponse:
    """The receipt of one submission: number, instant, hash, rule set."""
    topic_list = find(request, half_year, akimat)
    submission = get_object_or_404(
        topic_list.submissions.select_related("rule_set", "submitted_by", "letter"), number=number
    )
    context = {"topic_list": topic_list, "submission": submission}
    return render(request, "calendar_app/staff/topic_lists/receipt.html", context)


@require_safe
@requires(Permission.TOPIC_LIST_READ)
def snapshot(request: StaffRequest, half_year: HalfYear, akimat: str, number: int) -> HttpResponse:
    """The very bytes that were hashed, as a file."""
    topic_list = find(request, half_year, akimat)
    submission = get_object_or_404(topic_list.submissions, number=number)
    response = HttpResponse(submission.snapshot.encode(), content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{submission.receipt_number}.json"'
    return response


def find(request: StaffRequest, half_year: HalfYear, akimat: str, *, whole: bool = True) -> TopicList:
    """The list if the person may see it (somebody else's is 404), with all it holds or as one row."""
    may_read = request.user.may_at(Permission.TOPIC_LIST_READ, akimat, on=today())
    read = _whole if whole else _one_row
    found = next(iter(read(half_year.code, akimat) if may_read else []), None)
    if found is None:
        raise Http404
    if whole:
        attach(found, "topics", _topics(found.pk))
    return found


@written_once.rows
def _one_row(half_year: str, akimat: str) -> QuerySet[TopicList]:
    return TopicList.objects.filter(half_year=half_year, akimat=akimat).select_related("akimat")


@written_once.rows
def _whole(half_year: str, akimat: str) -> QuerySet[TopicList]:
    lists = TopicList.objects.filter(half_year=half_year, akimat=akimat)
    return lists.select_related("akimat", "rule_set", "entry_letter").with_submissions()


@written_once.rows
def _topics(topic_list: int) -> QuerySet[Topic]:
    found = Topic.objects.filter(topic_list=topic_list).select_related("ministry", "district")
    return found.defer("ministry__search", "district__search").order_by("position", "pk")


def _review_day(topic_list: TopicList, days: Workdays) -> date | None:
    """By when a list that lies with the authorised body is to be decided about."""
    latest = topic_list.latest_submission if topic_list.state == "submitted" else None
    return terms.of_review(topic_list, latest.counts_at, days).last_day if latest else None


def facts(topic_list: TopicList) -> dict[str, Any]:
    """What every page of a list shows: whose it is, its term, comments, and the instant of looking."""
    by_topic = {comment.topic_key: (comment, answer) for comment, answer in topic_list.remarks}
    left_out, extension = topic_list.left_out, terms.extension_of(topic_list)
    days = workdays.current()
    for topic in topic_list.topics.all():
        topic.remark = by_topic.pop(topic.pk, None)
        topic.left_out = left_out.get(topic.pk)
    return {
        "stray_remarks": list(by_topic.values()),
        "topic_list": topic_list,
        "proposed": cache(partial(shown, topic_list)),
        "akimat": topic_list.akimat,
        "term": terms.of_list(topic_list, days, extension),
        "review_day": _review_day(topic_list, days),
        "extension": extension,
        "now": now(),
        "today": today(),
    }
