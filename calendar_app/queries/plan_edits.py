"""A set of changes beside the plan as it stands: what it would change, and what conflicts it would bring."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from calendar_app.models import Attendance, CalendarVersion, ImportFile, Meeting, PlannedMeeting, PlannedTopic
from calendar_app.queries import warnings
from calendar_app.queries.calendar_changes import Comparison, compared_rows, rows_of
from calendar_app.queries.warnings import Told
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from procedure.plan_edits import BETWEEN, PLAIN, UNASKED, Edit, merged, overtaken, plan_draft
from regions.models import Hall, Post, Territory

POST_KINDS = {"head": Post.Kind.HEAD, "deputy": Post.Kind.DEPUTY}


@dataclass(frozen=True)
class Changed:
    """A meeting of the plan, how it is to be, and by which fields it differs."""

    planned: PlannedMeeting
    draft: MeetingDraft
    fields: frozenset[str]

    @property
    def asks_again(self) -> bool:
        """Whether ministries are asked about it again."""
        return bool(self.fields - UNASKED)


@dataclass
class Resolved:
    """A set as far as it still says something about the plan.

    collisions: meetings and the fields that were changed in the plan as well since the set was begun;
    gone: edits of meetings that are no longer in the plan, which change nothing.
    """

    changed: list[Changed] = field(default_factory=list)
    added: list[MeetingDraft] = field(default_factory=list)
    removed: list[tuple[PlannedMeeting, str]] = field(default_factory=list)
    collisions: list[tuple[PlannedMeeting, tuple[str, ...]]] = field(default_factory=list)
    gone: list[Edit] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.changed or self.added or self.removed)

    @property
    def drafts(self) -> list[MeetingDraft]:
        """How every meeting is to be about which the set speaks."""
        return [*(one.draft for one in self.changed), *self.added]


@dataclass(frozen=True)
class Preview:
    """What the page of a set shows.

    conflicts: those that the set would bring; mended: how many it would end; before, after: how many there
    are of each severity now and afterwards; unnamed: meetings of which the set says nothing.
    """

    resolved: Resolved
    comparison: Comparison
    conflicts: list[Told]
    mended: int
    before: dict[str, int]
    after: dict[str, int]
    unnamed: list[PlannedMeeting]


def edits_of(files: Iterable[ImportFile]) -> list[Edit]:
    """The set that the files of an import hold."""
    return [edit_from(row) for file in files for row in file.rows]


def edit_from(kept: Mapping[str, Any]) -> Edit:
    """An edit as JSON keeps it."""
    return Edit(
        kept["meeting"], kept["values"], kept["marks"], kept.get("removal", ""), int(kept.get("row", 0))
    )


def kept_edit(edit: Edit) -> dict[str, Any]:
    """As JSON keeps it."""
    return {
        "meeting": edit.meeting,
        "values": dict(edit.values),
        "marks": dict(edit.marks),
        "removal": edit.removal,
        "row": edit.row,
    }


def values_of(planned: PlannedMeeting) -> dict[str, str]:
    """A planned meeting, read with its attendance, as the texts that a set speaks about."""
    starts, ends = planned.starts.astimezone(ALMATY), planned.ends.astimezone(ALMATY)
    return {
        "bodies": BETWEEN.join(one.body_id for one in planned.attendance.all()),
        "place": planned.place_id,
        "hall": str(planned.hall_id or ""),
        "day": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        **{name: getattr(planned, name) for name in PLAIN},
    }


def resolved(rows: Iterable[PlannedMeeting], edits: Iterable[Edit]) -> Resolved:
    """What the set changes in the rows of a plan, which were read with attendance and topics."""
    by_meeting = {one.meeting_id: one for one in rows if not one.cancelled}
    found = Resolved()
    for edit in edits:
        planned = by_meeting.get(edit.meeting)
        if not edit.meeting:
            found.added.append(plan_draft(edit.values))
        elif planned is None:
            found.gone += [edit] if not edit.is_empty else []
        elif edit.removal:
            found.removed.append((planned, edit.removal))
            if names := overtaken(edit, values_of(planned)):
                found.collisions.append((planned, names))
        else:
            _merge(found, planned, edit)
    return found


def _merge(found: Resolved, planned: PlannedMeeting, edit: Edit) -> None:
    now = values_of(planned)
    both = merged(edit, now)
    if not both.values:
        return
    if both.collisions:
        found.collisions.append((planned, both.collisions))
    draft = plan_draft({**now, **both.values})
    found.changed.append(Changed(planned, draft, frozenset(both.values)))


def preview(version: CalendarVersion, edits: Sequence[Edit]) -> Preview:
    """The set beside the plan: differences, and conflicts before and after; a fixed number of queries."""
    rows = [one for one in rows_of(version) if not one.cancelled]
    found = resolved(rows, edits)
    after = _as_it_would_be(version, rows, found)
    told, then = warnings.told_among(version, rows), warnings.told_among(version, after)
    known, names = {one.name for one in told}, {one.name for one in then}
    named = {one.meeting for one in edits}
    return Preview(
        resolved=found,
        comparison=compared_rows(version, version, rows, after),
        conflicts=[one for one in then if one.name not in known],
        mended=len(known - names),
        before=_counted(told),
        after=_counted(then),
        unnamed=[one for one in rows if one.meeting_id not in named],
    )


def _counted(told: Iterable[Told]) -> dict[str, int]:
    counts = {"blocking": 0, "warning": 0}
    for one in told:
        counts[one.conflict.severity] += 1
    return counts


def _as_it_would_be(
    version: CalendarVersion, rows: Sequence[PlannedMeeting], found: Resolved
) -> list[PlannedMeeting]:
    """The plan with the set in it, in memory only: nothing of it is ever saved."""
    drafts = found.drafts
    posts = _posts({code for draft in drafts for code in draft.bodies})
    places = Territory.objects.select_related("region", "parent").in_bulk({one.place for one in drafts})
    halls = Hall.objects.in_bulk({one.hall for one in drafts if one.hall})
    changed = {one.planned.pk: one for one in found.changed}
    gone = {one.pk for one, _reason in found.removed}
    after = []
    for one in rows:
        if one.pk in changed:
            after.append(_written(copy.copy(one), changed[one.pk].draft, posts, places, halls))
        elif one.pk not in gone:
            after.append(one)
    for number, draft in enumerate(found.added, start=1):
        # Negative keys are nobody's: what is not planned yet cannot be taken for what is.
        fresh = PlannedMeeting(pk=-number, version=version, meeting=Meeting(pk=-number))
        after.append(_written(fresh, draft, posts, places, halls))
    return sorted(after, key=lambda one: (one.starts, one.number, one.pk))


def _posts(bodies: Iterable[str]) -> dict[tuple[str, str], Post]:
    rows = Post.objects.filter(body__in=set(bodies), valid_to=None).select_related("body")
    return {(one.body_id, one.kind): one for one in rows.prefetch_related("terms__person").order_by("-code")}


def _written(
    one: PlannedMeeting,
    draft: MeetingDraft,
    posts: Mapping[tuple[str, str], Post],
    places: Mapping[str, Territory],
    halls: Mapping[int, Hall],
) -> PlannedMeeting:
    for name in (*PLAIN, "starts", "ends"):
        setattr(one, name, getattr(draft, name))
    one.place, one.hall = places[draft.place], halls.get(draft.hall) if draft.hall else None
    post_kind = POST_KINDS[draft.kind]
    coming = [
        Attendance(planned=one, body=posts[code, post_kind].body, post=posts[code, post_kind],
                   starts=one.starts, ends=one.ends)
        for code in draft.bodies
        if (code, post_kind) in posts
    ]  # fmt: skip
    topics = list(one.topics.all()) if one.pk > 0 else []
    one._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "attendance": _held(Attendance, coming),
        "topics": _held(PlannedTopic, topics),
    }
    return one


def _held(model: Any, rows: list[Any]) -> Any:
    """Rows as `prefetch_related` would have left them."""
    held = model.objects.none()
    held._result_cache = rows
    held._prefetch_done = True
    return held
