"""A set of changes to a plan, proposed apart from it and seen before it is taken (procedure, section 5; ADR 25).

A table that comes back, or a scratch variant, says per field what a meeting is to be, and by a mark what the
field was when the set was begun. So two people who change different fields do not meet, and nothing that was
changed meanwhile is overwritten unseen.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY

# Everything that a set can change, as texts: bodies and kind as codes, the place by КАТО, the hall by its key,
# the day as ISO 8601, clock times as 18:00. The order is that of the marks in a key: it never changes.
FIELDS = (
    "bodies", "kind", "place", "hall", "venue_kk", "venue_ru", "day", "starts", "ends", "mode", "languages",
    "subject_kk", "subject_ru", "online_url", "contact_person", "contact_phone", "trip", "note_kk", "note_ru",
)  # fmt: skip
# Those that a meeting holds as they stand.
PLAIN = (
    "kind", "mode", "languages", "online_url", "subject_kk", "subject_ru", "venue_kk", "venue_ru", "note_kk",
    "note_ru", "contact_person", "contact_phone", "trip",
)  # fmt: skip
# What no ministry agrees to: a change of it asks nobody again.
UNASKED = frozenset({"contact_person", "contact_phone", "trip"})
BETWEEN = ";"
MARK = 8
_KEY = re.compile(rf"P(\d{{1,18}})\.M(\d{{1,18}})\.((?:[0-9a-f]{{{MARK}}}){{{len(FIELDS)}}})")


@dataclass(frozen=True)
class Edit:
    """What is to become of one meeting.

    meeting  its identity; 0 for one that is to be added
    values   fields that were changed, as they are to be; of an added meeting all of them
    marks    of the same fields as they were when the set was begun; of all fields where it is taken out
    removal  the reason for which it is to be taken out; "" if it stays
    row      its row in the table; 0 if it comes from no table
    """

    meeting: int
    values: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    removal: str = ""
    row: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether it leaves the meeting as it is."""
        return not (self.values or self.removal)


@dataclass(frozen=True)
class Merged:
    """An edit beside the plan as it stands: what it still changes, and where the plan was changed as well."""

    values: Mapping[str, str]
    collisions: tuple[str, ...] = ()


def mark_of(text: str) -> str:
    """A short mark by which the text of a field is known again."""
    return hashlib.sha256(text.encode()).hexdigest()[:MARK]


def plan_key(plan: int, meeting: int, values: Mapping[str, str]) -> str:
    """What identifies a row of the table: plan, meeting, and marks of all fields as they leave."""
    return f"P{plan}.M{meeting}.{''.join(mark_of(values[name]) for name in FIELDS)}"


def read_plan_key(key: str) -> tuple[int, int, dict[str, str]] | None:
    """(plan, meeting, marks by field); None for a key that was damaged."""
    found = _KEY.fullmatch(key)
    if found is None:
        return None
    marks = [found[3][at : at + MARK] for at in range(0, len(found[3]), MARK)]
    return int(found[1]), int(found[2]), dict(zip(FIELDS, marks, strict=True))


def edit_of(
    meeting: int, values: Mapping[str, str], marks: Mapping[str, str], *, removal: str = "", row: int = 0
) -> Edit:
    """The edit that a row asks for: the fields whose text is not the one that left."""
    changed = {name: text for name, text in values.items() if mark_of(text) != marks[name]}
    kept = marks if removal else {name: marks[name] for name in changed}
    return Edit(meeting, changed, dict(kept), removal, row)


def merged(edit: Edit, current: Mapping[str, str]) -> Merged:
    """The edit beside what the meeting is now. What says the same by now is no change and no collision."""
    values = {name: text for name, text in edit.values.items() if current[name] != text}
    collisions = tuple(name for name in values if mark_of(current[name]) != edit.marks[name])
    return Merged(values, collisions)


def overtaken(edit: Edit, current: Mapping[str, str]) -> tuple[str, ...]:
    """Fields of a meeting that is to be taken out which were changed in the plan since the set was begun."""
    return tuple(name for name, mark in edit.marks.items() if mark_of(current[name]) != mark)


def together(earlier: Edit, later: Edit) -> Edit:
    """Two edits of one meeting as one: the later text counts, the earlier mark does."""
    return Edit(
        earlier.meeting,
        {**earlier.values, **later.values},
        {**later.marks, **earlier.marks},
        later.removal or earlier.removal,
        earlier.row,
    )


def moved(
    values: Mapping[str, str],
    *,
    days: int = 0,
    starts: time | None = None,
    hall: tuple[int, str] | None = None,
) -> dict[str, str]:
    """The fields that a move changes: by days, to another time of day (as long as it was), into a hall.

    hall: its key and the place it is in. Raises ValueError when the meeting would go on after midnight.
    """
    found: dict[str, str] = {}
    if days:
        found["day"] = (date.fromisoformat(values["day"]) + timedelta(days=days)).isoformat()
    if starts is not None:
        begin, end = (time.fromisoformat(values[name]) for name in ("starts", "ends"))
        until = _minutes(starts) + _minutes(end) - _minutes(begin)
        if until >= 24 * 60:
            raise ValueError("the meeting would go on after midnight")
        found |= {"starts": f"{starts:%H:%M}", "ends": f"{until // 60:02}:{until % 60:02}"}
    if hall is not None:
        found |= {"hall": str(hall[0]), "place": hall[1], "venue_kk": "", "venue_ru": ""}
    return {name: text for name, text in found.items() if text != values[name]}


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def plan_draft(values: Mapping[str, str]) -> MeetingDraft:
    """The meeting that the texts of all fields describe, without what it answers: no set changes that.

    Raises ValueError for a day or a clock time that is none.
    """
    day = date.fromisoformat(values["day"])
    plain = {name: values[name] for name in PLAIN}
    return MeetingDraft(
        place=values["place"],
        starts=datetime.combine(day, time.fromisoformat(values["starts"]), tzinfo=ALMATY),
        ends=datetime.combine(day, time.fromisoformat(values["ends"]), tzinfo=ALMATY),
        bodies=tuple(code for code in values["bodies"].split(BETWEEN) if code),
        hall=int(values["hall"]) if values["hall"] else None,
        **plain,  # type: ignore[arg-type]
    )
