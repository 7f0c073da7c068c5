"""Ministries say when their heads are busy: by hand, or by a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Actor, Subject
from base.errors import Refused
from calendar_app.labels.busy_periods import BusySource
from calendar_app.models import BusyPeriod
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
def take(*, body: Body, periods: Sequence[NewPeriod], by: User, now: datetime) -> tuple[int, int]:
    """Take the events of a calendar file over: (new ones, those that replaced an earlier state of theirs).

    Raises NotPermitted, and Refused when none of them can be taken.
    """
    actor = access.check(by, Permission.BUSY_WRITE, body, now)
    sound = [one for one in periods if not problems_of_busy(one.starts, one.ends)]
    if not sound:
        raise Refused([Problem("no_busy_events", field="file")])
    known = BusyPeriod.objects.filter(body=body, uid__in={one.uid for one in sound if one.uid})
    replaced, _ = known.delete()
    BusyPeriod.objects.bulk_create(
        [_row(body, one, BusySource.ICS, by, now) for one in {one.uid or one: one for one in sound}.values()]
    )
    _record("take", body, actor, now, len(sound))
    return len(sound) - replaced, replaced


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
