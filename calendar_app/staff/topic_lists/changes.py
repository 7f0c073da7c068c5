"""The latest submission of a list beside the one before it: what was added, removed, changed and moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.names import in_language
from calendar_app import snapshots
from calendar_app.labels.topic_lists import Sector, Urgency
from calendar_app.models import Review, Submission, TopicComment, TopicList
from calendar_app.staff.proposed_meetings.compared import compared
from calendar_app.staff.topic_lists.screens import facts, find
from procedure.half_years import HalfYear
from procedure.list_changes import (
    ADDED,
    CHANGED,
    MOVED,
    REMOVED,
    SAME,
    TOPIC_FIELDS,
    FieldChange,
    ListChanges,
    TopicChange,
    field_changes,
    list_changes,
    word_changes,
)
from procedure.topic_lists import TopicDraft
from regions.models import Body, Territory

NAMES: dict[str, str | Promise] = {
    "title_kk": _("Topic in Kazakh"),
    "title_ru": _("Topic in Russian"),
    "text_kk": _("Situation in Kazakh"),
    "text_ru": _("Situation in Russian"),
    "ministry": _("Responsible ministry"),
    "sector": _("Sector"),
    "district": _("District"),
    "urgency": _("Urgency"),
    "evidence": _("Evidence"),
    "analysis_kk": _("Analysis of the situation in Kazakh"),
    "analysis_ru": _("Analysis of the situation in Russian"),
    "no_topics_reason_kk": _("Reason in Kazakh"),
    "no_topics_reason_ru": _("Reason in Russian"),
    "no_meetings_reason_kk": _("why no meetings are proposed, in Kazakh"),
    "no_meetings_reason_ru": _("why no meetings are proposed, in Russian"),
}
COUNTS: dict[str, str | Promise] = {
    ADDED: _("Topics added: %(number)s"),
    REMOVED: _("Topics removed: %(number)s"),
    CHANGED: _("Topics changed: %(number)s"),
    MOVED: _("Topics moved: %(number)s"),
    SAME: _("Topics unchanged: %(number)s"),
}
Pieces = list[tuple[str, str]]


class Field(NamedTuple):
    """One field as it was and as it is, in pieces that are the same, removed or added."""

    name: str | Promise
    language: str
    before: Pieces
    after: Pieces


@dataclass(frozen=True)
class Shown:
    """A topic that is not as it was, or was commented on; with the comment and its answer, if there is one."""

    topic: TopicDraft
    change: TopicChange
    fields: list[Field]
    remark: tuple[TopicComment, str] | None


@require_safe
@requires(Permission.TOPIC_LIST_READ)
def changes(request: StaffRequest, half_year: HalfYear, akimat: str) -> HttpResponse:
    """Counts first, then whatever changed; a list that came once only says so."""
    topic_list = find(request, half_year, akimat)
    context = facts(topic_list)
    if topic_list.has_earlier_round:
        before, after = topic_list.standing_submissions[-2:]
        drafts = snapshots.draft_of(before), snapshots.draft_of(after)
        found = list_changes(*drafts)
        context |= {"before": before, "after": after, "changes": found} | _shown(topic_list, found)
        context |= compared(*drafts)
        context["whole"] = _about_the_whole(before, after)
    return render(request, "calendar_app/staff/topic_lists/changes.html", context)


def _about_the_whole(before: Submission, after: Submission) -> tuple[Review, str] | None:
    """The comment on the whole list that opened the round between the two, with its answer."""
    opened = [review for review in before.reviews.all() if review.opens_round and review.comment]
    return (opened[-1], after.answer) if opened else None


def _shown(topic_list: TopicList, found: ListChanges) -> dict[str, object]:
    names = _names(found)
    remarks = {one[0].topic_key: one for one in topic_list.remarks}
    topics = [
        Shown(topic, one, [_field(field, names) for field in _fields(one)], remarks.get(topic.key or 0))
        for one in found.topics
        if (topic := one.after or one.before) and (one.kind != SAME or topic.key in remarks)
    ]
    counts = [str(sentence) % {"number": found.counts[kind]} for kind, sentence in COUNTS.items()]
    return {"counts": counts, "fields": [_field(one, names) for one in found.fields], "topics": topics}


def _fields(one: TopicChange) -> Iterable[FieldChange]:
    """What changed; of an added or removed topic all that it says."""
    if one.before and one.after:
        return one.fields
    nothing = TopicDraft(urgency="")
    return field_changes(one.before or nothing, one.after or nothing, TOPIC_FIELDS)


def _field(one: FieldChange, names: Mapping[str, str]) -> Field:
    """Texts word by word, choices by their names."""
    language = one.name[-2:] if one.name[-3:] in ("_kk", "_ru") else ""
    if one.name in ("ministry", "sector", "district", "urgency"):
        old, new = names.get(one.before, one.before), names.get(one.after, one.after)
        pieces = [(REMOVED, old), (ADDED, new)]
    else:
        pieces = word_changes(one.before, one.after)
    pieces = [piece for piece in pieces if piece[1]]
    return Field(
        NAMES[one.name],
        language,
        [piece for piece in pieces if piece[0] != ADDED],
        [piece for piece in pieces if piece[0] != REMOVED],
    )


def _names(found: ListChanges) -> dict[str, str]:
    """Names of all codes in the two lists, in the reader's language; two queries."""
    drafts = [draft for one in found.topics for draft in (one.before, one.after) if draft]
    bodies = Body.objects.filter(pk__in={one.ministry for one in drafts})
    places = Territory.objects.filter(pk__in={one.district for one in drafts})
    names = {one.pk: in_language(one) for one in [*bodies, *places]}
    return names | {code: str(label) for code, label in [*Sector.choices, *Urgency.choices]}
