"""What changed in a calendar, in sentences of the active language: for pages and for papers alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from base.dates import at_almaty, short_date, weekday
from base.names import in_language
from calendar_app.models import PlannedMeeting
from calendar_app.queries.calendar_changes import Comparison
from procedure.calendar_changes import ADDED, CANCELLED, KINDS, MOVED, PERSON, PLACE, TOPIC, MeetingChange

COUNTERS: dict[str, str | Promise] = {
    ADDED: pgettext_lazy("meetings of a calendar", "Added"),
    MOVED: pgettext_lazy("meetings of a calendar", "Moved"),
    CANCELLED: pgettext_lazy("meetings of a calendar", "Cancelled"),
    PLACE: pgettext_lazy("meetings of a calendar", "Another place"),
    TOPIC: pgettext_lazy("meetings of a calendar", "Another topic"),
    PERSON: pgettext_lazy("meetings of a calendar", "Another person"),
}
TRIFLES: dict[str, str | Promise] = {
    "ends": gettext_lazy("time of the end"),
    "kind": gettext_lazy("whose meeting it is"),
    "languages": gettext_lazy("languages"),
    "online_url": gettext_lazy("address of the broadcast"),
    "note_kk": gettext_lazy("note for visitors in Kazakh"),
    "note_ru": gettext_lazy("note for visitors in Russian"),
    "contact_person": gettext_lazy("contact person"),
    "contact_phone": gettext_lazy("contact telephone"),
    "trip": gettext_lazy("journey"),
}


@dataclass(frozen=True)
class ChangedMeeting:
    """A meeting with what became of it. head: number, who comes and where; labels: kinds in words."""

    key: int
    number: str
    head: str
    kinds: tuple[str, ...]
    labels: tuple[str, ...]
    said: tuple[str, ...]


def counters(comparison: Comparison) -> list[tuple[str, str, int]]:
    """(kind, its name, how many), every kind in its order; none is left out, so that a zero is seen."""
    counts = comparison.changes.counts
    return [(kind, str(COUNTERS[kind]), counts.get(kind, 0)) for kind in KINDS]


def meetings(comparison: Comparison, kinds: Iterable[str] = KINDS) -> list[ChangedMeeting]:
    """Meetings with a change of one of the kinds, in sentences."""
    wanted = set(kinds)
    found = [one for one in comparison.changes.meetings if wanted & set(one.kinds)]
    return [_changed(comparison, one) for one in found]


def trifles(comparison: Comparison) -> list[ChangedMeeting]:
    """Meetings of which only details changed."""
    return [_changed(comparison, one) for one in comparison.changes.trifles]


def when(row: PlannedMeeting) -> str:
    """“27.02.2027, Saturday, 11:00–13:00”."""
    hours = f"{at_almaty(row.starts, 'time')}–{at_almaty(row.ends, 'time')}"
    return f"{short_date(row.day)}, {weekday(row.day)}, {hours}"


def where(row: PlannedMeeting) -> str:
    """Region, place and hall; an online meeting says so."""
    region = row.place.region
    names = [in_language(row.place)]
    if region and region.pk != row.place_id:
        names.insert(0, in_language(region))
    venue = in_language(row.hall) if row.hall else in_language(row, "venue")
    return ", ".join(filter(None, [*names, venue or (_("online") if row.mode == "online" else "")]))


def who(row: PlannedMeeting) -> str:
    """Bodies that come, with the name of whoever holds the post on that day."""
    return "; ".join(_person(one.body, one.term) for one in row.attendance.all())


def _person(body: object, term: object) -> str:
    name = in_language(term.person) if term else ""  # type: ignore[attr-defined]
    return f"{in_language(body)} ({name})" if name else in_language(body)


def _changed(comparison: Comparison, change: MeetingChange) -> ChangedMeeting:
    key = change.shown.key
    old, new = comparison.old.get(key), comparison.new.get(key)
    row = new or old
    assert row
    return ChangedMeeting(
        key=key,
        number=row.number,
        head=f"{who(row)}, {in_language(row.place)}",
        kinds=change.kinds,
        labels=tuple(str(COUNTERS[kind]) for kind in change.kinds),
        said=tuple(_said(change, old, new, row)),
    )


def _said(
    change: MeetingChange, old: PlannedMeeting | None, new: PlannedMeeting | None, row: PlannedMeeting
) -> list[str]:
    if ADDED in change.kinds:
        return [f"{when(row)}. {where(row)}. {in_language(row, 'subject')}"]
    if CANCELLED in change.kinds:
        reason = new.cancel_reason if new else ""
        return [_("It was planned for: %(when)s.") % {"when": when(old or row)}, *filter(None, [reason])]
    assert old
    assert new
    said = [_sentence(kind, old, new) for kind in change.kinds]
    if change.trifles:
        names = ", ".join(str(TRIFLES.get(name, name)) for name in change.trifles)
        said.append(_("Details: %(names)s.") % {"names": names})
    return said


def _sentence(kind: str, old: PlannedMeeting, new: PlannedMeeting) -> str:
    """“Time: before → after”: no ending hangs on a value, so it reads right in every language."""
    names = {MOVED: _("Time"), PLACE: _("Place"), TOPIC: _("Topic"), PERSON: _("Who comes")}
    say = {MOVED: when, PLACE: where, TOPIC: _topic, PERSON: who}[kind]
    return f"{names[kind]}: {say(old)} → {say(new)}"


def _topic(row: PlannedMeeting) -> str:
    return in_language(row, "subject")
