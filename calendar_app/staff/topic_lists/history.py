"""The history of a list in words: what each journal entry changed, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Entry
from base.dates import at_almaty, long_date
from calendar_app.labels.topic_lists import TopicListState
from calendar_app.models import Topic, TopicList
from calendar_app.staff.proposed_meetings.compared import NAMES as MEETING_FIELDS

# Counts that an entry may carry as [0, number], in the order in which they are told.
COUNTS: dict[str, str | Promise] = {
    "added": gettext_lazy("Topics added: %(number)s"),
    "removed": gettext_lazy("Topics removed: %(number)s"),
    "changed": gettext_lazy("Topics changed: %(number)s"),
    "moved": gettext_lazy("Topics moved: %(number)s"),
    "comments": gettext_lazy("Comments on topics: %(number)s"),
    "left_out": gettext_lazy("Topics left out: %(number)s"),
    "files": gettext_lazy("Files: %(number)s"),
    "texts": gettext_lazy("Texts: %(number)s"),
    "answers": gettext_lazy("Answers to comments on topics: %(number)s"),
}


def told(entries: Iterable[Entry]) -> list[tuple[Entry, list[str]]]:
    """Each entry with the facts it changed; one that changed nothing that people see says so."""
    return [(entry, list(facts(entry.changes)) or _nothing(entry)) for entry in entries]


def facts(changes: Mapping[str, Any]) -> Iterator[str]:
    """Sentences for the changes that an act on a list writes into the journal; others are left out."""
    if "state" in changes:
        yield _step(_("State"), *(_state(code) for code in changes["state"]))
    if "round" in changes:
        yield _step(_("Round"), *changes["round"])
    if last_day := _new(changes, "last_day"):
        yield f"{_('Last day')}: {long_date(date.fromisoformat(last_day))}"
    yield from _submission_facts(changes)
    yield from _topic_facts(changes)
    yield from _meeting_facts(changes)
    for model, key in ((TopicList, "fields"), (Topic, "topic_fields")):
        for name in changes.get(key, ()):
            yield _("Changed: %(what)s") % {"what": model._meta.get_field(name).verbose_name}  # type: ignore[union-attr]


def _submission_facts(changes: Mapping[str, Any]) -> Iterator[str]:
    if number := _new(changes, "receipt_number"):
        yield _("Receipt %(number)s") % {"number": number}
    if _new(changes, "late"):
        yield _("Came late")
    if _new(changes, "acts"):
        yield _("By a letter of the akimat, typed by the authorised body")
    elif _new(changes, "letter"):
        yield _("With a covering letter that carries the signature")
    if came_at := _new(changes, "came_at"):
        yield _("The letter came %(at)s") % {"at": at_almaty(datetime.fromisoformat(came_at))}


def _topic_facts(changes: Mapping[str, Any]) -> Iterator[str]:
    if "topic" in changes:
        yield _which_topic(*changes["topic"])
    before, after = changes.get("topics", (0, 0))
    if before != after:
        yield _step(_("Topics"), before, after)
    for name, sentence in COUNTS.items():
        if count := _new(changes, name):
            yield str(sentence) % {"number": count}


def _meeting_facts(changes: Mapping[str, Any]) -> Iterator[str]:
    """The place of the one proposed meeting that an act was about, and how many there are since."""
    if "meeting" in changes:
        before, after = changes["meeting"]
        if before and after and before != after:
            yield _("Moved: place %(before)s → %(after)s") % {"before": before, "after": after}
        else:
            yield _("Proposed meeting %(number)s") % {"number": after or before}
    if "meetings" in changes:
        yield _step(_("Proposed meetings"), *changes["meetings"])
    for name in changes.get("meeting_fields", ()):
        yield _("Changed: %(what)s") % {"what": MEETING_FIELDS[name]}


def _which_topic(before: int | None, after: int | None) -> str:
    """The place of the one topic that an act was about, as it was then."""
    if before and after and before != after:
        return _("Moved: place %(before)s → %(after)s") % {"before": before, "after": after}
    return _("Topic %(number)s") % {"number": after or before}


def _nothing(entry: Entry) -> list[str]:
    return [_("Nothing changed")] if entry.act == "topic_list.save" else []


def _new(changes: Mapping[str, Any], name: str) -> Any:
    return changes.get(name, (None, None))[1]


def _state(code: str | None) -> str:
    return str(TopicListState(code).label) if code else ""


def _step(name: str, before: object, after: object) -> str:
    """“State: Draft → Submitted”; without the arrow where there was nothing before."""
    return f"{capfirst(name)}: {before} → {after}" if before else f"{capfirst(name)}: {after}"
