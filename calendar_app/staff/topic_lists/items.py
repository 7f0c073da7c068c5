"""What the small pages of the editor share: find the list, save once, keep what was typed, go on.

A part of a list (a topic, the analysis, the answers; later a proposed meeting) is one page: a form that
carries the version of its part, and one act of `transitions`. The page of a new kind of part is written like
`texts.analysis`: find, form, `saved`, `shown`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise

from accounts.access import StaffRequest
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from base import written_once
from base.clock import now, today
from base.errors import Refused, Stale
from base.forms import ActForm
from calendar_app.models import TopicList
from calendar_app.staff.once import once
from calendar_app.staff.topic_lists.writers import refuse_others
from calendar_app.transitions import unsaved_words
from procedure.half_years import HalfYear
from procedure.problems import Problem

# Label of a field, what is saved, what was typed.
Both = tuple[str | Promise, str, str]
FOLDER = "calendar_app/staff/topic_lists/editor"


class Sent(Protocol):
    """The form of a part, as it was sent."""

    @property
    def cleaned_data(self) -> Mapping[str, Any]: ...
    def is_valid(self) -> bool: ...
    def words(self) -> dict[str, Any]: ...
    def show(self, problems: Iterable[Problem]) -> None: ...


def find(request: StaffRequest, half_year: HalfYear, akimat: str) -> TopicList:
    """The list as one row with what the pages of its parts say about it; somebody else's is 404."""
    return readable(request.user, _rows(half_year.code, akimat), akimat)


def readable(user: User, found: Sequence[TopicList], akimat: str) -> TopicList:
    """The list that was found at an address of the editor, for those who may have its pages; somebody else's is 404."""
    if not found or not user.may_at(Permission.TOPIC_LIST_READ, akimat, on=today()):
        raise Http404
    refuse_others(user, found[0])
    return found[0]


@written_once.rows
def _rows(half_year: str, akimat: str) -> QuerySet[TopicList]:
    lists = TopicList.objects.filter(half_year=half_year, akimat=akimat)
    return lists.select_related("akimat").defer("akimat__search").with_round_comment()


def saved(
    request: StaffRequest,
    topic_list: TopicList,
    item: str,
    form: Sent,
    act: Callable[[datetime], object],
) -> int:
    """Run the act once with the words of a form: 302 when it is done, 422 when refused, 409 when overtaken.

    What autosave kept of the page is emptied in the same transaction.
    """
    if not form.is_valid():
        return 422
    moment, key = now(), form.cleaned_data["idempotency_key"]

    def carry_out() -> None:
        act(moment)
        unsaved_words.forget(topic_list=topic_list, item=item, form=key, by=request.user, now=moment)

    try:
        once(
            user=request.user,
            key=key,
            words=form.words(),
            now=moment,
            act=carry_out,
        )
    except Refused as refusal:
        form.show(refusal.problems)
        return 422
    except Stale:
        return 409
    return 302


def to_list(
    request: StaffRequest, topic_list: TopicList, item: str, told: str, anchor: str = ""
) -> HttpResponse:
    """Back to the list after something was done, at the row it was done to."""
    tell(request, topic_list, item, told)
    return redirect(editor_address(topic_list) + anchor)


def tell(request: StaffRequest, topic_list: TopicList, item: str, told: str) -> None:
    """Say that a part was saved, to the person and to the script that has a copy of it."""
    messages.success(request, told, extra_tags=f"{request.user.pk}:{topic_list.pk}:{item}")


def editor_address(topic_list: TopicList) -> str:
    return reverse("staff:topic_list_edit", args=[topic_list.period, topic_list.akimat_id])


def shown(
    request: StaffRequest,
    name: str,
    topic_list: TopicList,
    form: ActForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of a part; one that was overtaken says by whom, and shows both texts."""
    context = {
        "topic_list": topic_list,
        "editor": editor_address(topic_list),
        "form": form,
        "stale": status == 409,
    } | more
    if status == 409:
        context["saved_by"] = journal.history("topic_list", topic_list.pk).last()
    return render(request, f"{FOLDER}/{name}.html", context, status=status)


def both_texts(form: ActForm, stored: Mapping[str, object], names: Sequence[str]) -> list[Both]:
    """(label, what is saved, what was typed) of each field in which the two differ; choices by their names."""
    found: list[Both] = []
    for name in names:
        box = form[name]
        before, after = str(stored.get(name) or ""), str(box.value() or "").replace("\r\n", "\n")
        if before.strip() != after.strip():
            named = dict(getattr(box.field, "choices", ()))
            found.append((box.label, str(named.get(before, before)), str(named.get(after, after))))
    return found
