"""Taking a set of changes into the working copy: all of it in one act, or nothing (procedure, section 5; ADR 25)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission
from audit.actors import Actor
from base.errors import Refused
from calendar_app.labels.imports import ImportKind, ImportState
from calendar_app.models import Attendance, CalendarVersion, Import, Meeting, PlannedMeeting
from calendar_app.queries import plan_edits as queries
from calendar_app.queries.calendar_changes import rows_of
from calendar_app.queries.plan_edits import Changed, Resolved
from calendar_app.transitions import calendar_steps as steps
from calendar_app.transitions import import_files
from calendar_app.transitions.import_files import Upload
from calendar_app.transitions.meetings import PLAIN, Known, attendance_of, fill, planned_anew
from procedure.plan_edits import Edit
from procedure.problems import Problem

SAVED = (*PLAIN, "place", "hall", "edition")


@dataclass(frozen=True)
class Taken:
    """How many meetings were changed, added and taken out."""

    changed: int
    added: int
    removed: int


@transaction.atomic
def upload(*, version: CalendarVersion, files: Sequence[Upload], by: User, now: datetime) -> Import:
    """Keep a table of the plan until a worker has read it. Raises NotPermitted, and Refused for a frozen plan."""
    locked, actor = steps.lock_to_read(version, Permission.CALENDAR_COMPILE, by, now)
    steps.refuse_unless_open(locked)
    import_files.refuse_too_many(files)
    one = Import.objects.create(plan=locked, kind=ImportKind.PLAN, made_by=by, made_at=now)
    import_files.keep(one, files)
    steps.record("upload_table", locked, actor, now, {"files": [0, len(files)]})
    transaction.on_commit(import_files.nudge, robust=True)
    return one


@transaction.atomic
def drop(*, batch: Import, by: User, now: datetime, version: int) -> Import:
    """Forget a table: nothing of it comes into the plan. Raises NotPermitted, and Stale when it was decided."""
    locked, actor = steps.lock_to_read(batch.own_plan, Permission.CALENDAR_COMPILE, by, now)
    one = import_files.lock_import(batch, "drop", version)
    count = one.files.count()
    import_files.settle(one, ImportState.DROPPED, now)
    steps.record("drop_table", locked, actor, now, {"files": [count, 0]})
    return one


@transaction.atomic
def take_table(
    *, batch: Import, by: User, now: datetime, revision: int, version: int, despite: bool = False
) -> Taken:
    """Take what a table changes into the working copy. Raises what `take` raises; Stale if it was decided."""
    locked, actor = steps.lock(batch.own_plan, Permission.CALENDAR_COMPILE, by, now, revision)
    one = import_files.lock_import(batch, "take", version)
    edits = queries.edits_of(one.files.all())
    done = take(locked=locked, edits=edits, actor=actor, by=by, now=now, despite=despite)
    import_files.settle(one, ImportState.TAKEN, now)
    return done


def take(
    *,
    locked: CalendarVersion,
    edits: Sequence[Edit],
    actor: Actor,
    by: User,
    now: datetime,
    despite: bool,
) -> Taken:
    """Carry a set out on a version that the calling act has locked.

    despite  also where the plan was changed meanwhile: the texts of the set replace the later ones
    Raises Refused for a frozen plan, a set that changes nothing or collides, and for what is wrong in a meeting.
    """
    steps.refuse_unless_open(locked)
    found = queries.resolved(rows_of(locked), edits)
    known = Known(locked, found.drafts)
    problems = _problems(found, known, despite)
    if problems:
        raise Refused(problems)
    _change(found.changed, known)
    planned_anew(locked, found.added, known)
    _remove(found.removed)
    done = Taken(len(found.changed), len(found.added), len(found.removed))
    steps.remember_hand(locked, by)
    steps.save(locked)
    changes = {"changed": [0, done.changed], "added": [0, done.added], "removed": [0, done.removed]}
    steps.record("take_changes", locked, actor, now, changes)
    return done


def _problems(found: Resolved, known: Known, despite: bool) -> list[Problem]:
    problems = []
    if found.is_nothing:
        problems.append(Problem("set_changes_nothing"))
    if (found.collisions or found.gone) and not despite:
        count = len(found.collisions) + len(found.gone)
        problems.append(Problem("set_collides", {"count": count}, "despite"))
    wrong = [
        *(one for row in found.changed for one in known.problems_of(row.draft, row.planned.pk)),
        *(one for draft in found.added for one in known.problems_of(draft)),
    ]
    # Named by themselves: the page of a set has no fields of a meeting.
    return problems + [
        Problem(code, params) for code, params in {one.code: one.params for one in wrong}.items()
    ]


def _change(changed: Sequence[Changed], known: Known) -> None:
    rows = []
    for one in changed:
        fill(one.planned, one.draft)
        one.planned.edition += one.asks_again
        rows.append(one.planned)
    PlannedMeeting.objects.bulk_update(rows, SAVED, batch_size=500)
    others = [one for one in changed if one.fields & {"bodies", "kind"}]
    Attendance.objects.filter(planned__in=[one.planned for one in others]).delete()
    Attendance.objects.bulk_create(
        [row for one in others for row in attendance_of(one.planned, one.draft, known)], batch_size=500
    )


def _remove(removed: Sequence[tuple[PlannedMeeting, str]]) -> None:
    """One that has a number is cancelled with its reason, as by hand; what it answered may be taken up anew."""
    numbered = [one for one, _reason in removed if one.number]
    for one, reason in removed:
        one.cancelled, one.cancel_reason, one.proposal_key = True, reason, None
        one.edition += 1
    fields = ["cancelled", "cancel_reason", "proposal_key", "edition"]
    PlannedMeeting.objects.bulk_update(numbered, fields, batch_size=500)
    others = [one for one, _reason in removed if not one.number]
    PlannedMeeting.objects.filter(pk__in=[one.pk for one in others]).delete()
    Meeting.objects.filter(pk__in=[one.meeting_id for one in others], plans=None).delete()
