"""Proposed meetings of two submissions side by side, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.names import in_language
from calendar_app.labels.proposed_meetings import Mode
from calendar_app.models import TopicList
from calendar_app.window_words import window_in_words
from procedure.list_changes import ADDED, CHANGED, REMOVED, SAME, field_changes
from procedure.meeting_changes import MEETING_FIELDS, MeetingChange, meeting_changes
from procedure.proposed_meetings import MeetingDraft
from procedure.topic_lists import ListDraft
from regions.models import Body, Hall, Territory

NAMES: dict[str, str | Promise] = {
    "ministries": _("Ministries"),
    "topics": _("Topics"),
    "mode": _("Form of the meeting"),
    "place": _("Town or village"),
    "hall": _("Hall"),
    "venue_kk": _("Venue in Kazakh"),
    "venue_ru": _("Venue in Russian"),
    "windows": _("Proposed times"),
    "attendance": _("Expected number of people"),
}
COUNTS: dict[str, str | Promise] = {
    ADDED: _("Proposed meetings added: %(number)s"),
    REMOVED: _("Proposed meetings removed: %(number)s"),
    CHANGED: _("Proposed meetings changed: %(number)s"),
}


class FieldPair(NamedTuple):
    """One fact as it was and as it is, each by lines."""

    name: str | Promise
    before: list[str]
    after: list[str]


class MeetingPair(NamedTuple):
    """A meeting that is not as it was."""

    change: MeetingChange
    fields: list[FieldPair]


def compared(before: ListDraft, after: ListDraft) -> dict[str, Any]:
    """`meetings` that were added, removed or changed, and `meeting_counts` in words; three queries."""
    found = [one for one in meeting_changes(before.meetings, after.meetings) if one.kind != SAME]
    if not found:
        return {"meetings": [], "meeting_counts": []}
    words = _words(found, before, after)
    kinds = [one.kind for one in found]
    counts = [str(said) % {"number": kinds.count(kind)} for kind, said in COUNTS.items() if kind in kinds]
    return {"meetings": [MeetingPair(one, _pairs(one, words)) for one in found], "meeting_counts": counts}


def both_meetings(
    topic_list: TopicList, saved: MeetingDraft, typed: MeetingDraft
) -> list[tuple[str | Promise, str, str]]:
    """(name of the fact, what is saved, what was typed) where the two differ, for who was overtaken."""
    topics = [topic.as_draft() for topic in topic_list.topics.all()]
    one = MeetingChange(before=saved, after=typed, fields=field_changes(saved, typed, MEETING_FIELDS))
    pairs = _pairs(one, _words([one], ListDraft(topics), ListDraft()))
    return [(pair.name, "\n".join(pair.before), "\n".join(pair.after)) for pair in pairs]


def _pairs(one: MeetingChange, words: Callable[[str, Any], list[str]]) -> list[FieldPair]:
    """What changed; of an added or removed meeting all that it says."""
    nothing = MeetingDraft(mode="")
    fields = one.fields or field_changes(one.before or nothing, one.after or nothing, MEETING_FIELDS)
    return [
        FieldPair(NAMES[field.name], words(field.name, field.before), words(field.name, field.after))
        for field in fields
    ]


def _words(
    found: Iterable[MeetingChange], before: ListDraft, after: ListDraft
) -> Callable[[str, Any], list[str]]:
    """The lines that say a fact in the reader's language."""
    drafts = [draft for one in found for draft in (one.before, one.after) if draft]
    bodies = Body.objects.filter(pk__in={code for one in drafts for code in one.ministries})
    places = Territory.objects.filter(pk__in={one.place for one in drafts if one.place})
    halls = Hall.objects.filter(pk__in={one.hall for one in drafts if one.hall})
    names: Mapping[Any, str] = {one.pk: in_language(one) for one in [*bodies, *places, *halls]}
    titles = {one.key: in_language(one, "title") for one in [*before.topics, *after.topics]}

    def said(name: str, value: Any) -> list[str]:
        if name == "windows":
            return [window_in_words(window) for window in value]
        if name == "topics":
            return [titles.get(key) or "—" for key in value]
        if name == "mode":
            return [str(Mode(value).label)] if value else []
        many = value if isinstance(value, tuple) else (value,)
        return [names.get(one, str(one)) for one in many if one]

    return said
