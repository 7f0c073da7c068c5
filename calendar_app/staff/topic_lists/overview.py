"""The overview of a list that is being written: what stands in it, what is missing, where to go on."""

from __future__ import annotations

from collections.abc import Sequence, Set

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from base import written_once
from base.clock import now, today
from base.dates import at_almaty
from base.names import in_language
from base.written_once import attach
from calendar_app import terms
from calendar_app.labels.topic_lists import Sector
from calendar_app.models import Topic, TopicComment, TopicList
from calendar_app.models.topic_lists import TOPIC_WORDS
from calendar_app.queries import proposed_meetings
from calendar_app.staff.proposed_meetings.shown import shown
from calendar_app.staff.topic_lists import items, keeping, topic_rows
from calendar_app.staff.topic_lists.topic_rows import Row
from calendar_app.staff.topic_lists.ways import with_ways
from calendar_app.staff.topic_lists.writers import EITHER
from procedure.half_years import HalfYear
from procedure.problems import Problem
from procedure.reviews import problems_to_answer
from procedure.topic_lists import advice, languages_missing, problems_to_accept, problems_to_submit
from regions import workdays

SHORT = {"kk": pgettext_lazy("missing text", "Kazakh"), "ru": pgettext_lazy("missing text", "Russian")}


NAMES = tuple(f"{thing}__name_{code}" for thing in ("ministry", "district") for code in ("kk", "ru", "en"))
# Of what hangs on a topic only the names are shown: with all their columns they took longer than the topics.
COLUMNS = (
    "topic_list", "position", "changed_at", *TOPIC_WORDS, *NAMES, "changed_by__full_name", "changed_by__username",
)  # fmt: skip


@require_safe
@requires(*EITHER)
def edit(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """The parts of the list, each with the way to its page."""
    topic_list = _find(request, half_year, akimat)
    if not topic_list.is_editable:
        return redirect(topic_list)
    topics = list(topic_list.topics.all())
    comments = list(TopicComment.objects.filter(pk__in=topic_list.answers)) if topic_list.answers else []
    missing, hints = _missing(topic_list, comments)
    days, editor = workdays.current(), items.editor_address(topic_list)
    keys = {topic.pk for topic in topics}
    context = {
        "topic_list": topic_list,
        "editor": editor,
        "others": keeping.others(topic_list, request.user, now()),
        "kept_new": keeping.kept_new(request, topic_list),
        "term": terms.of_standing(topic_list, days),
        "now": now(),
        "today": today(),
        "proposed": shown(topic_list, days, editor),
        "rows": topic_rows.drawn(_rows(topic_list, topics, comments), editor),
        "first": topics[0].pk if topics else None,
        "missing": with_ways(topic_list, topics, comments, missing),
        "hints": with_ways(topic_list, topics, comments, hints),
        "stray": [(one, topic_list.answers[str(one.pk)]) for one in comments if one.topic_key not in keys],
        "remarked": [(one, topic_list.answers[str(one.pk)]) for one in comments if one.topic_key in keys],
        "answer_first": _first_to_answer(topic_list, comments, keys),
    }
    return render(request, f"{items.FOLDER}/overview.html", context)


def _find(request: StaffRequest, half_year: HalfYear, akimat: str) -> TopicList:
    """The list with its topics and its standing: two queries."""
    found = items.readable(request.user, _lists(half_year.code, akimat), akimat)
    attach(found, "topics", _topics(found.pk))
    return found


@written_once.rows
def _lists(half_year: str, akimat: str) -> QuerySet[TopicList]:
    lists = TopicList.objects.filter(half_year=half_year, akimat=akimat)
    return lists.select_related("akimat", "rule_set", "entry_letter").with_standing().with_round_comment()


@written_once.rows
def _topics(topic_list: int) -> QuerySet[Topic]:
    found = Topic.objects.filter(topic_list=topic_list).select_related("ministry", "district", "changed_by")
    return found.only(*COLUMNS)


def _missing(topic_list: TopicList, comments: Sequence[TopicComment]) -> tuple[list[Problem], list[Problem]]:
    """What keeps the list from being submitted; what it would lack to be accepted, and good advice."""
    draft = topic_list.as_draft()
    problems = problems_to_submit(draft) + proposed_meetings.problems_now(topic_list, today())
    problems += problems_to_answer(
        topic_list.round_comment or "", topic_list.answer, topic_list.remarks_on(comments)
    )
    known = {(one.code, one.field) for one in problems}
    later = [one for one in problems_to_accept(draft) if (one.code, one.field) not in known]
    return problems, later + advice(draft)


def _first_to_answer(topic_list: TopicList, comments: Sequence[TopicComment], keys: Set[int]) -> str:
    """Where below the editor the first comment without an answer is answered; "" when all are."""
    if topic_list.round_comment and not topic_list.answer:
        return "answer/"
    for one in comments:
        if not topic_list.answers[str(one.pk)]:
            return f"topics/{one.topic_key}/#id_answer" if one.topic_key in keys else "answer/"
    return ""


def _rows(topic_list: TopicList, topics: Sequence[Topic], comments: Sequence[TopicComment]) -> list[Row]:
    sectors = {code: str(label) for code, label in Sector.choices}
    short = {code: str(label) for code, label in SHORT.items()}
    remarks = {
        one.topic_key: _("Answered") if topic_list.answers[str(one.pk)] else _("To be answered")
        for one in comments
    }
    return [
        Row(
            str(topic.pk),
            str(number),
            str(number - 1),
            str(number + 1),
            in_language(topic, "title"),
            sectors.get(topic.sector, ""),
            in_language(topic.district) if topic.district else "",
            in_language(topic.ministry) if topic.ministry else "",
            ", ".join(short[code] for code in languages_missing(topic.as_draft())),
            remarks.get(topic.pk, ""),
            at_almaty(topic.changed_at, "short") if topic.changed_at else "",
            str(topic.changed_by or ""),
        )
        for number, topic in enumerate(topics, start=1)
    ]
