"""Acts on scratch variants: made, filled by moves, taken over or dropped; only taking over changes the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, time

from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission
from audit.actors import Actor
from base.errors import Refused, Stale
from calendar_app.labels.imports import ImportState
from calendar_app.labels.meetings import Mode
from calendar_app.models import CalendarVersion, Import, PlannedMeeting, Variant
from calendar_app.queries import plan_edits as queries
from calendar_app.queries.calendar_changes import rows_of
from calendar_app.transitions import calendar_steps as steps
from calendar_app.transitions import import_files, plan_edits
from calendar_app.transitions.plan_edits import Taken
from procedure.plan_edits import Edit, mark_of, moved, together
from procedure.problems import Problem
from regions.models import Hall

NAME_LIMIT = 100
# More than a handful nobody compares.
VARIANTS_LIMIT = 10


@transaction.atomic
def open_(*, version: CalendarVersion, name: str, by: User, now: datetime) -> Variant:
    """Begin a variant without changes. Raises NotPermitted, and Refused for a frozen plan or a name that is taken."""
    locked, actor = _lock_plan(version, by, now)
    return _made(locked, name, [], by, actor, now)


@transaction.atomic
def keep_table(*, batch: Import, by: User, now: datetime, version: int) -> Variant:
    """Make a variant of what a table changes, to go on trying; the table is done with."""
    locked, actor = _lock_plan(batch.own_plan, by, now)
    one = import_files.lock_import(batch, "take", version)
    files = list(one.files.all())
    edits = [edit for edit in queries.edits_of(files) if not edit.is_empty or not edit.meeting]
    made = _made(locked, _free_name(locked, files[0].name), edits, by, actor, now)
    import_files.settle(one, ImportState.TAKEN, now)
    return made


@transaction.atomic
def move(
    *,
    variant: Variant,
    planned: Collection[int],
    by: User,
    now: datetime,
    days: int = 0,
    starts: time | None = None,
    hall: int | None = None,
) -> Variant:
    """Move meetings (their keys in the plan) within the variant: by days, to a time of day, into a hall.

    Raises NotPermitted, and Refused when nothing would change or a meeting would leave the half-year or its day.
    """
    locked, _actor = _lock_plan(variant.plan, by, now)
    one = _lock(variant)
    if not days and starts is None and not hall:
        raise Refused([Problem("nothing_to_move", field="number")])
    to = Hall.objects.filter(pk=hall).first() if hall else None
    if hall and to is None:
        raise Refused([Problem("hall_unknown", field="hall")])
    rows = [row for row in rows_of(locked) if row.pk in set(planned) and not row.cancelled]
    if not rows or len(rows) != len(set(planned)):
        raise Refused([Problem("meetings_gone")])
    if to is not None and any(row.mode == Mode.ONLINE for row in rows):
        raise Refused([Problem("online_has_no_hall", field="hall")])
    edits = {edit.meeting: edit for edit in _edits(one) if edit.meeting}
    if any(row.meeting_id in edits and edits[row.meeting_id].removal for row in rows):
        raise Refused([Problem("meetings_gone")])
    place = (to.pk, to.territory_id) if to else None
    changes = [_moved(row, edits.get(row.meeting_id), days, starts, place) for row in rows]
    _refuse_if_misplaced(locked, changes)
    edits |= {edit.meeting: edit for edit in changes}
    _save(one, [*edits.values(), *(edit for edit in _edits(one) if not edit.meeting)])
    return one


@transaction.atomic
def put_back(*, variant: Variant, meeting: int, by: User, now: datetime) -> Variant:
    """Leave a meeting in the variant as it is in the plan."""
    _lock_plan(variant.plan, by, now)
    one = _lock(variant)
    _save(one, [edit for edit in _edits(one) if edit.meeting != meeting])
    return one


@transaction.atomic
def take(
    *, variant: Variant, by: User, now: datetime, revision: int, version: int, despite: bool = False
) -> Taken:
    """Take the variant over into the working copy as one act. Raises what `plan_edits.take` raises, and Stale."""
    locked, actor = steps.lock(variant.plan, Permission.CALENDAR_COMPILE, by, now, revision)
    one = _lock(variant, version)
    done = plan_edits.take(
        locked=locked, edits=_edits(one), actor=actor, by=by, now=now, despite=despite
    )  # fmt: skip
    one.delete()
    return done


@transaction.atomic
def drop(*, variant: Variant, by: User, now: datetime) -> None:
    """Forget a variant. Raises NotPermitted."""
    locked, actor = steps.lock_to_read(variant.plan, Permission.CALENDAR_COMPILE, by, now)
    deleted, _ = Variant.objects.filter(pk=variant.pk).delete()
    if deleted:
        steps.record("drop_variant", locked, actor, now, {"meetings": [len(variant.edits), 0]})


def _lock_plan(version: CalendarVersion, by: User, now: datetime) -> tuple[CalendarVersion, Actor]:
    locked, actor = steps.lock_to_read(version, Permission.CALENDAR_COMPILE, by, now)
    steps.refuse_unless_open(locked)
    return locked, actor


def _lock(variant: Variant, version: int | None = None) -> Variant:
    """The row as it is now; Stale when it is gone, or is not the one that was looked at."""
    one = Variant.objects.select_for_update().filter(pk=variant.pk).first()
    if one is None or (version is not None and one.version != version):
        raise Stale
    return one


def _made(
    version: CalendarVersion, name: str, edits: Iterable[Edit], by: User, actor: Actor, now: datetime
) -> Variant:
    name = name.strip()
    if not name:
        raise Refused([Problem("variant_without_name", field="name")])
    if version.variants.filter(name=name).exists():
        raise Refused([Problem("variant_name_taken", field="name")])
    if version.variants.count() >= VARIANTS_LIMIT:
        raise Refused([Problem("too_many_variants", {"limit": VARIANTS_LIMIT})])
    kept = [queries.kept_edit(edit) for edit in edits]
    made = Variant.objects.create(plan=version, name=name, edits=kept, made_by=by, made_at=now)
    steps.record("open_variant", version, actor, now, {"meetings": [0, len(kept)]})
    return made


def _free_name(version: CalendarVersion, name: str) -> str:
    """The name of the file, with a number if a variant has it already."""
    taken, base = set(version.variants.values_list("name", flat=True)), name[: NAME_LIMIT - 4]
    tries = (base if not number else f"{base} {number + 1}" for number in range(len(taken) + 1))
    return next(one for one in tries if one not in taken)


def _edits(variant: Variant) -> list[Edit]:
    return [queries.edit_from(row) for row in variant.edits]


def _moved(
    row: PlannedMeeting, edit: Edit | None, days: int, starts: time | None, hall: tuple[int, str] | None
) -> Edit:
    """The edit with the move in it; a field that comes back to what it was is no change any more."""
    now = queries.values_of(row)
    then = {**now, **(edit.values if edit else {})}
    try:
        values = moved(then, days=days, starts=starts, hall=hall)
    except ValueError:
        raise Refused([Problem("after_midnight", field="starts")]) from None
    fresh = Edit(row.meeting_id, values, {name: mark_of(now[name]) for name in values})
    both = together(edit, fresh) if edit else fresh
    kept = {name: text for name, text in both.values.items() if mark_of(text) != both.marks[name]}
    return replace(both, values=kept, marks={name: both.marks[name] for name in kept})


def _refuse_if_misplaced(version: CalendarVersion, edits: Collection[Edit]) -> None:
    days = [datetime.fromisoformat(edit.values["day"]).date() for edit in edits if "day" in edit.values]
    if outside := sum(not version.period.holds(day) for day in days):
        raise Refused([Problem("moved_outside_half_year", {"count": outside}, "number")])


def _save(variant: Variant, edits: Iterable[Edit]) -> None:
    variant.edits = [queries.kept_edit(edit) for edit in edits if not edit.is_empty or not edit.meeting]
    variant.version += 1
    variant.save(update_fields=["edits", "version"])
