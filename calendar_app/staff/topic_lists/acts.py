"""Screens that carry out one act on a topic list: submit, recall, return, accept, reopen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.access import StaffRequest, requires
from accounts.models import User
from accounts.permissions import Permission
from base.clock import now, today
from base.errors import Refused, Stale
from calendar_app import terms
from calendar_app.models import Submission, TopicList
from calendar_app.queries import proposed_meetings
from calendar_app.staff.once import once
from calendar_app.staff.topic_lists import forms, items, keeping, review_forms
from calendar_app.staff.topic_lists.letter_forms import SubmitWithLetterForm
from calendar_app.staff.topic_lists.screens import facts, find
from calendar_app.staff.topic_lists.ways import with_ways
from calendar_app.staff.topic_lists.writers import refuse_others
from calendar_app.transitions import reviews, topic_lists
from procedure.half_years import HalfYear
from procedure.problems import Problem
from procedure.reviews import problems_to_answer
from procedure.topic_lists import advice, problems_to_accept, problems_to_submit
from regions import workdays

View = Callable[..., HttpResponse]


FormChoice = Callable[[StaffRequest, TopicList], type[forms.ActForm]]


@dataclass(frozen=True)
class Page:
    """A page that shows one confirming form and its act, which a form carries out once.

    permissions   any of them opens the page; then `form_class` may choose by the person
    more          adds facts to the page
    then          where a carried-out act leads
    only_while    where the list is not so, the page leads to the list
    guard         raises for whom the permissions do not tell apart
    told          what is said when it is done
    of_person     adds facts that depend on who looks
    """

    name: str
    permissions: tuple[Permission, ...]
    form_class: type[forms.ActForm] | FormChoice
    act: Callable[..., object]
    more: Callable[[TopicList], dict[str, Any]] = lambda topic_list: {}
    then: Callable[[TopicList, object], HttpResponse] = lambda topic_list, done: redirect(topic_list)
    only_while: Callable[[TopicList], bool] = lambda topic_list: True
    guard: Callable[[User, TopicList], None] = lambda user, topic_list: None
    told: str | Promise = ""
    of_person: Callable[[StaffRequest, TopicList], dict[str, Any]] = lambda request, topic_list: {}

    def form(self, request: StaffRequest, topic_list: TopicList, **options: Any) -> forms.ActForm:
        """The form of the person for the list, empty or as it was sent."""
        chosen = self.form_class
        form_class = chosen if isinstance(chosen, type) else chosen(request, topic_list)
        sent = (request.POST,) if options.pop("sent", False) else ()
        return form_class(*sent, version=topic_list.version, **options)


def act_screen(page: Page) -> View:
    """The view of a page."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @requires(*page.permissions)
    def view(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
        return _answer(page, request, half_year, akimat)

    view.__name__, view.__doc__ = page.name, page.act.__doc__
    return view


def _answer(page: Page, request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """The page; a refusal (422) or a change by somebody else meanwhile (409) keeps what was typed."""
    form, status = None, 200
    if request.method == "POST":
        target = find(request, half_year, akimat, whole=False)
        page.guard(request.user, target)
        form = page.form(request, target, sent=True, files=request.FILES)
        status, done = _carry_out(request, form, page.act, target)
        if status == 302:
            messages.success(request, str(page.told))
            return page.then(target, done)
    topic_list = find(request, half_year, akimat)
    page.guard(request.user, topic_list)
    if request.method != "POST" and not page.only_while(topic_list):
        return redirect(topic_list)
    context = facts(topic_list) | page.more(topic_list) | {"act": page.name, "stale": status == 409}
    context |= page.of_person(request, topic_list)
    form = form or page.form(request, topic_list)
    if status == 409:
        form.renew(topic_list.version)
    form.fit(topic_list, late=context["term"].is_late(_counts_at(topic_list, context["now"])))
    context["form"] = form
    return render(request, f"calendar_app/staff/topic_lists/{page.name}.html", context, status=status)


def _counts_at(topic_list: TopicList, moment: datetime) -> datetime:
    """The instant by which the list would be in time or late: that of the letter it is entered from, or now."""
    letter = topic_list.entry_letter
    return letter.received_at if letter and letter.received_at else moment


def _carry_out(
    request: StaffRequest, form: forms.ActForm, act: Callable[..., object], topic_list: TopicList
) -> tuple[int, object]:
    """Run the act once; (302, what it made or None the second time), 409 when stale, 422 when refused."""
    if not form.is_valid():
        return 422, None
    moment = now()
    try:
        done = once(
            user=request.user,
            key=form.cleaned_data["idempotency_key"],
            words=form.words(),
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
        return 422, None
    except Stale:
        return 409, None
    return 302, done


def _form_to_submit(request: StaffRequest, topic_list: TopicList) -> type[forms.ActForm]:
    """Whoever may not sign is asked for the letter that carries the signature, unless the list came by one."""
    if topic_list.entry_letter_id:
        return forms.SubmitForm
    signs = request.user.may(Permission.TOPIC_LIST_SUBMIT, topic_list.akimat, on=today())
    return forms.SubmitForm if signs else SubmitWithLetterForm


def _missing_to_submit(topic_list: TopicList) -> dict[str, Any]:
    draft, opened = topic_list.as_draft(), topic_list.last_return
    topics = list(topic_list.topics.all())
    comments = list(opened.topic_comments.all()) if opened else []
    problems = problems_to_submit(draft) + proposed_meetings.problems_now(topic_list, today())
    if opened:
        remarks = topic_list.remarks_on(comments)
        problems += problems_to_answer(opened.comment, topic_list.answer, remarks)
    known = {(one.code, one.field) for one in problems}
    later = [one for one in problems_to_accept(draft) if (one.code, one.field) not in known]
    return {
        "problems": with_ways(topic_list, topics, comments, problems),
        "later": with_ways(topic_list, topics, comments, later),
        "advice": with_ways(topic_list, topics, comments, advice(draft)),
    }


def _not_in_the_list(request: StaffRequest, topic_list: TopicList) -> dict[str, Any]:
    """What somebody may think is in the list and is not: imports not taken in, own words not saved."""
    return {
        "editor": items.editor_address(topic_list),
        "imports": [] if topic_list.entry_letter_id else list(topic_list.imports.unsettled()),
        "unsaved": keeping.kept_all(request, topic_list),
    }


def _missing_to_accept(topic_list: TopicList) -> dict[str, Any]:
    """What the page says is missing; `blocked` if leaving out topics would not help either."""
    draft = topic_list.as_draft()
    problems = problems_to_accept(draft)
    unfit = {int(str(one.params["number"])) for one in problems if one.field.startswith("topics.")}
    helpless = bool(draft.topics) and len(unfit) == len(draft.topics)
    latest = topic_list.latest_submission
    objected = bool(latest and latest.open_objection)
    if objected:
        problems.append(Problem("objection_unanswered"))
    return {
        "problems": problems,
        "objected": objected,
        "blocked": objected or helpless or bool(problems_to_accept(draft, unfit)),
    }


def _next_round(topic_list: TopicList) -> dict[str, Any]:
    return {"round_term": terms.of_new_round(topic_list, now(), workdays.current())}


def _to_receipt(topic_list: TopicList, done: object) -> HttpResponse:
    """The receipt of the submission just made; of the latest one when the form came a second time."""
    latest = done if isinstance(done, Submission) else topic_list.submissions.order_by("-number")[:1].get()
    return redirect("staff:topic_list_receipt", topic_list.period, topic_list.akimat_id, latest.number)


submit = act_screen(
    Page(
        "submit",
        (
            Permission.TOPIC_LIST_SUBMIT,
            Permission.TOPIC_LIST_SUBMIT_LETTER,
            Permission.TOPIC_LIST_ENTER_BY_LETTER,
        ),
        _form_to_submit,
        topic_lists.submit,
        more=_missing_to_submit,
        then=_to_receipt,
        only_while=lambda topic_list: topic_list.is_editable,
        guard=refuse_others,
        of_person=_not_in_the_list,
        told=_("The list was submitted to the authorised body."),
    )
)
recall = act_screen(
    Page(
        "recall",
        (Permission.TOPIC_LIST_RECALL,),
        forms.RecallForm,
        topic_lists.recall,
        told=_("The list was recalled. It can be changed again."),
    )
)
_REVIEWS = (Permission.TOPIC_LIST_REVIEW,)
return_ = act_screen(
    Page(
        "return",
        _REVIEWS,
        review_forms.ReturnForm,
        reviews.return_,
        more=_next_round,
        told=_("The list was returned to the akimat."),
    )
)
accept = act_screen(
    Page(
        "accept",
        _REVIEWS,
        review_forms.AcceptForm,
        reviews.accept,
        more=_missing_to_accept,
        told=_("The list was accepted."),
    )
)
reopen = act_screen(
    Page(
        "reopen",
        _REVIEWS,
        review_forms.ReopenForm,
        reviews.reopen,
        more=_next_round,
        told=_("The list was reopened."),
    )
)
