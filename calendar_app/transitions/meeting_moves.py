"""Moving many meetings of a working copy in one act: all of them or none (procedure, section 5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission
from base.errors import Refused
from calendar_app.labels.meetings import Mode
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.queries import warnings
from calendar_app.transitions import calendar_steps as steps
from procedure.problems import Problem
from regions.models import Hall


@transaction.atomic
def move(
    *,
    version: CalendarVersion,
    planned: Sequence[int],
    by: User,
    now: datetime,
    revision: int,
    days: int = 0,
    hall: int | None = None,
    despite: bool = False,
) -> list[PlannedMeeting]:
    """Move the meetings (their keys) by some days, into another hall, or both.

    Raises NotPermitted, Stale, and Refused when nothing would change, a meeting would leave the half-year or be
    online in a hall, or when the move would bring conflicts that block a submission: those are told, and with
    `despite` it is done all the same, as drafts may overlap.
    """
    locked, actor = steps.lock(version, Permission.CALENDAR_COMPILE, by, now, revision)
    steps.refuse_unless_open(locked)
    rows = list(locked.planned.filter(pk__in=planned, cancelled=False).select_related("meeting"))
    to = Hall.objects.filter(pk=hall).first() if hall else None
    _refuse_if_pointless(rows, set(planned), days, hall, to)
    before = {one.name for one in warnings.told(locked)} if not despite else set()
    # A meeting that is in the hall already stays as it is: nobody is asked about it again.
    rows = [one for one in rows if _move(one, days, to)]
    _refuse_if_misplaced(rows, locked)
    fields = ["starts", "ends", "hall", "place", "venue_kk", "venue_ru", "edition"]
    PlannedMeeting.objects.bulk_update(rows, fields, batch_size=500)
    if not despite:
        told = [one for one in warnings.told(locked) if not one.can_be_accepted and one.name not in before]
        if told:
            # The whole act is undone with the transaction.
            raise Refused([Problem(one.conflict.code, one.conflict.params) for one in told])
    steps.remember_hand(locked, by)
    steps.save(locked)
    changes = {"meetings": [0, len(rows)], "days": days, "hall": [None, to.pk if to else None]}
    steps.record("move_meetings", locked, actor, now, changes)
    return rows


def _refuse_if_pointless(
    rows: Sequence[PlannedMeeting], asked: set[int], days: int, hall: int | None, to: Hall | None
) -> None:
    if not rows or len(rows) != len(asked):
        raise Refused([Problem("meetings_gone")])
    if hall and to is None:
        raise Refused([Problem("hall_unknown", field="hall")])
    if not days and to is None:
        raise Refused([Problem("nothing_to_move", field="number")])
    if to is not None and any(one.mode == Mode.ONLINE for one in rows):
        raise Refused([Problem("online_has_no_hall", field="hall")])


def _refuse_if_misplaced(rows: Sequence[PlannedMeeting], version: CalendarVersion) -> None:
    if not rows:
        raise Refused([Problem("nothing_to_move", field="number")])
    outside = [one for one in rows if not version.period.holds(one.day)]
    if outside:
        raise Refused([Problem("moved_outside_half_year", {"count": len(outside)}, "number")])


def _move(one: PlannedMeeting, days: int, to: Hall | None) -> bool:
    """Whether anything changes by it."""
    before = _where(one)
    one.starts += timedelta(days=days)
    one.ends += timedelta(days=days)
    if to is not None:
        one.hall, one.place_id, one.venue_kk, one.venue_ru = to, to.territory_id, "", ""
    one.edition += 1
    return _where(one) != before


def _where(one: PlannedMeeting) -> tuple[object, ...]:
    return one.starts, one.ends, one.hall_id, one.place_id, one.venue_kk, one.venue_ru
