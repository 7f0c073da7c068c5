"""A set of changes in words: what becomes of each meeting, old text and new, and what conflicts come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from base.dates import short_date
from base.names import in_language
from calendar_app import change_words
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.queries import plan_edits as queries
from calendar_app.queries.plan_edits import Preview, values_of
from procedure.plan_edits import FIELDS, Edit

NAMES: Mapping[str, str | Promise] = {
    "bodies": _("Ministries"),
    "kind": _("Whose meeting"),
    "place": _("Town or village"),
    "hall": _("Hall"),
    "venue_kk": _("Venue in Kazakh"),
    "venue_ru": _("Venue in Russian"),
    "day": _("Day"),
    "starts": _("From"),
    "ends": _("Until"),
    "mode": _("Mode"),
    "languages": _("Languages"),
    "subject_kk": _("What is discussed, in Kazakh"),
    "subject_ru": _("What is discussed, in Russian"),
    "online_url": _("Address of the broadcast"),
    "contact_person": _("Contact person (not public)"),
    "contact_phone": _("Telephone for enquiries (public)"),
    "trip": pgettext_lazy("trip", "Journey"),
    "note_kk": _("Note for visitors in Kazakh"),
    "note_ru": _("Note for visitors in Russian"),
}


@dataclass(frozen=True)
class ChangedField:
    """A field with its text before and after; collides: the plan was changed there as well meanwhile."""

    name: str
    before: str
    after: str
    collides: bool


@dataclass(frozen=True)
class ChangedRow:
    """A meeting of the set: as it is now, as it is to be, and the fields in which the two differ."""

    now: PlannedMeeting
    then: PlannedMeeting
    fields: list[ChangedField]


def shown(version: CalendarVersion, edits: Sequence[Edit]) -> dict[str, Any]:
    """What the template of a set needs."""
    preview = queries.preview(version, edits)
    found, comparison = preview.resolved, preview.comparison
    new = comparison.new
    collided = {one.pk for one, _names in found.collisions}
    return {
        "preview": preview,
        "counters": change_words.counters(comparison),
        "changed": _changed(preview),
        "added": [one for key, one in new.items() if key < 0],
        "removed": [(one, reason, one.pk in collided) for one, reason in found.removed],
        "collisions": len(found.collisions) + len(found.gone),
        "gone": len(found.gone),
        "blocking": [one for one in preview.conflicts if not one.can_be_accepted],
        "warnings": [one for one in preview.conflicts if one.can_be_accepted],
    }


def _changed(preview: Preview) -> list[ChangedRow]:
    collided = {one.pk: names for one, names in preview.resolved.collisions}
    rows = []
    for one in preview.resolved.changed:
        now, then = one.planned, preview.comparison.new[one.planned.meeting_id]
        before, after = said(now), said(then)
        fields = [
            ChangedField(str(NAMES[name]), before[name], after[name], name in collided.get(now.pk, ()))
            for name in FIELDS
            if name in one.fields
        ]
        rows.append(ChangedRow(now, then, fields))
    return rows


def said(planned: PlannedMeeting) -> dict[str, str]:
    """Every field of a meeting as people read it, in the active language."""
    return values_of(planned) | {
        "bodies": "; ".join(in_language(one.body) for one in planned.attendance.all()),
        "kind": planned.get_kind_display(),
        "place": in_language(planned.place),
        "hall": in_language(planned.hall) if planned.hall else "",
        "day": short_date(planned.day),
        "mode": planned.get_mode_display(),
        "languages": planned.get_languages_display(),
    }
