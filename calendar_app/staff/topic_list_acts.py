"""Screens that carry out one act on a topic list: submit, recall, return, accept, reopen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now
from base.errors import Refused, Stale
from calendar_app import terms
from calendar_app.models import TopicList
from calendar_app.staff import forms
from calendar_app.staff.once import once
from calendar_app.staff.topic_lists import facts, find
from calendar_app.transitions import reviews, topic_lists
from procedure.half_years import HalfYear
from procedure.topic_lists import problems_to_accept, problems_to_submit
from regions import workdays

View = Callable[..., HttpResponse]


def act_screen(
    name: str,
    permission: Permission,
    form_class: type[forms.ActForm],
    act: Callable[..., object],
    more: Callable[[TopicList], dict[str, Any]] = lambda topic_list: {},
    then: Callable[[TopicList], HttpResponse] = redirect,
) -> View:
    """A page that shows one confirming form and carries its act out once.

    A refusal (422) or a change by somebody else meanwhile (409) keeps what was typed. `more` adds
    facts to the page, `then` says where a carried-out act leads.
    """

    @require_http_methods(["GET", "HEAD", "POST"])
    @requires(permission)
    def view(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
        topic_list = find(request, half_year, akimat)
        context = facts(topic_list) | more(topic_list) | {"act": name}
        form = form_class(
            request.POST or None, topic_list=topic_list, term=context["term"], now=context["now"]
        )
        status = 200
        if request.method == "POST":
            status = _carry_out(request, form, act, topic_list)
            if status == 302:
                return then(topic_list)
            if status == 409:
                topic_list = find(request, half_year, akimat)
                context |= facts(topic_list) | more(topic_list)
                form.renew(topic_list.version)
        context |= {"form": form, "stale": status == 409}
        return render(request, f"calendar_app/staff/topic_lists/{name}.html", context, status=status)

    view.__name__, view.__doc__ = name, act.__doc__
    return view


def _carry_out(
    request: StaffRequest, form: forms.ActForm, act: Callable[..., object], topic_list: TopicList
) -> int:
    """Run the act once; the status of the answer: 302 done, 409 stale, 422 refused or invalid."""
    if not form.is_valid():
        return 422
    moment = now()
    try:
        once(
            user=request.user,
            key=form.cleaned_data["idempotency_key"],
            now=moment,
            act=lambda: act(
                topic_list=topic_list,
                by=request.user,
                now=moment,
                version=form.cleaned_data["version"],
                **form.words(),
            ),
        )
    except Refused as refusal:
        form.show(refusal.problems)
        return 422
    except Stale:
        return 409
    return 302


def _missing_to_submit(topic_list: TopicList) -> dict[str, Any]:
    return {"problems": problems_to_submit(topic_list.as_draft())}


def _missing_to_accept(topic_list: TopicList) -> dict[str, Any]:
    return {"problems": problems_to_accept(topic_list.as_draft())}


def _next_round(topic_list: TopicList) -> dict[str, Any]:
    return {"round_term": terms.of_new_round(topic_list, now(), workdays.current())}


def _to_receipt(topic_list: TopicList) -> HttpResponse:
    number = topic_list.submissions.order_by("-number").values_list("number", flat=True)[0]
    return redirect("staff:topic_list_receipt", topic_list.period, topic_list.akimat.code, number)


submit = act_screen(
    "submit",
    Permission.TOPIC_LIST_SUBMIT,
    forms.SubmitForm,
    topic_lists.submit,
    more=_missing_to_submit,
    then=_to_receipt,
)
recall = act_screen("recall", Permission.TOPIC_LIST_RECALL, forms.RecallForm, topic_lists.recall)
return_ = act_screen(
    "return", Permission.TOPIC_LIST_REVIEW, forms.ReturnForm, reviews.return_, more=_next_round
)
accept = act_screen(
    "accept", Permission.TOPIC_LIST_REVIEW, forms.AcceptForm, reviews.accept, more=_missing_to_accept
)
reopen = act_screen(
    "reopen", Permission.TOPIC_LIST_REVIEW, forms.ReopenForm, reviews.reopen, more=_next_round
)
