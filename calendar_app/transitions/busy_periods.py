"""Ministries say when their heads are busy: by hand, by a table, or by a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Actor, Subject
from base.errors import Refused
from calendar_app.labels.busy_periods import BusySource
from calendar_app.labels.imports import ImportKind, ImportState
from calendar_app.models import BusyPeriod, Import
from calendar_app.queries import busy_periods as queries
from calendar_app.transitions import import_files
from calendar_app.transitions.import_files import Upload
from procedure.busy_periods import problems_of_busy
from procedure.problems import Problem
from regions.models import Body


@dataclass(frozen=True)
class NewPeriod:
    """A busy period as it is entered; uid: of an event of a calendar file."""

    starts: datetime
    ends: datetime
    reason: str = ""
    uid: str = ""


class Taken(NamedTuple):
    """How many were new, and how many replaced an earlier state of theirs."""

    new: int
    replaced: int


@transaction.atomic
def add(*, body: Body, period: NewPeriod, by: User, now: datetime) -> BusyPeriod:
    """Enter one by hand. Raises NotPermitted, and Refused for times that are wrong."""
    actor = access.check(by, Permission.BUSY_WRITE, body, now)
    problems = problems_of_busy(period.starts, period.ends)
    if problems:
        raise Refused(problems)
    made = _row(body, period, BusySource.HAND, by, now)
    made.save(force_insert=True)
    _record("add", body, actor, now, 1)
    return made


@transaction.atomic
def upload(*, body: Body, kind: ImportKind, files: Sequence[Upload], by: User, now: datetime) -> Import:
    """Keep a file of busy periods until a worker has read it. Raises NotPermitted."""
    actor = access.check(by, Permission.BUSY_WRITE, body, now)
    import_files.refuse_too_many(files)
    one = Import.objects.create(body=body, kind=kind, made_by=by, made_at=now)
    import_files.keep(one, files)
    _record("upload", body, actor, now, len(files))
    transaction.on_commit(import_files.nudge, robust=True)
    return one


@transaction.atomic
def take(*, batch: Import, by: User, now: datetime, version: int) -> Taken:
    """Take what a file says over: the same event that comes again replaces itself, the same time stays as it is.

    Raises NotPermitted, Stale when it was decided meanwhile, and Refused when the file has nothing to take.
    """
    body = batch.own_body
    actor = access.check(by, Permission.BUSY_WRITE, body, now)
    # Two files at once would enter the same period twice.
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)
    one = import_files.lock_import(batch, "take", version)
    found = queries.beside(body, one.files.all())
    if not found.fresh and not found.replaced:
        raise Refused([Problem("no_busy_events")])
    source = BusySource.ICS if one.kind == ImportKind.BUSY_EVENTS else BusySource.TABLE
    BusyPeriod.objects.filter(body=body, uid__in=[period.uid for period in found.replaced]).delete()
    BusyPeriod.objects.bulk_create(
        [_row(body, NewPeriod(period.starts, period.ends, period.reason, period.uid), source, by, now)
         for period in (*found.fresh, *found.replaced)]
    )  # fmt: skip
    import_files.settle(one, ImportState.TAKEN, now)
    _record("take", body, actor, now, len(found.fresh) + len(found.replaced))
    return Taken(len(found.fresh), len(found.replaced))


@transaction.atomic
def drop(*, batch: Import, by: User, now: datetime, version: int) -> None:
    """Forget a file. Raises NotPermitted, and Stale when it was decided meanwhile."""
    actor = access.check(by, Permission.BUSY_WRITE, batch.own_body, now)
    one = import_files.lock_import(batch, "drop", version)
    import_files.settle(one, ImportState.DROPPED, now)
    _record("drop", batch.own_body, actor, now, 0)


@transaction.atomic
def remove(*, period: BusyPeriod, by: User, now: datetime) -> None:
    """Take one away. Raises NotPermitted."""
    actor = access.check(by, Permission.BUSY_WRITE, period.body, now)
    deleted, _ = BusyPeriod.objects.filter(pk=period.pk).delete()
    if deleted:
        _record("remove", period.body, actor, now, 1)


def _row(body: Body, one: NewPeriod, source: BusySource, by: User, now: datetime) -> BusyPeriod:
    return BusyPeriod(
        body=body,
        starts=one.starts,
        ends=one.ends,
        reason=one.reason.strip()[:300],
        uid=one.uid[:255],
        source=source,
        entered_by=by,
        entered_at=now,
    )


def _record(act: str, body: Body, actor: Actor, now: datetime, count: int) -> None:
    """Times and reasons stay out of the journal: only how many there were."""
    journal.record(
        act=f"busy_period.{act}",
        actor=actor,
        now=now,
        subject=Subject("busy_period", body.code, body.code, body.code),
        changes={"periods": [0, count]},
    )
