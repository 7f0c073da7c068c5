"""What every act on a version of a calendar shares: lock it, find where the act leads, save, write the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Actor, Subject
from base.errors import Refused, Stale
from calendar_app.models import Calendar, CalendarHand, CalendarVersion
from procedure.problems import Problem
from procedure.workflows import CALENDAR
from regions.models import Body


def lock(
    version: CalendarVersion, permission: Permission, by: User, now: datetime, revision: int
) -> tuple[CalendarVersion, Actor]:
    """Permission, the lock of the half-year, and nobody else changed the plan meanwhile."""
    locked, actor = lock_to_read(version, permission, by, now)
    if locked.revision != revision:
        raise Stale
    return locked, actor


def lock_to_read(
    version: CalendarVersion, permission: Permission, by: User, now: datetime
) -> tuple[CalendarVersion, Actor]:
    """Permission and the lock of the half-year, for an act that leaves the plan as it is."""
    actor = access.check(by, permission, Body.objects.get(code="authority"), now)
    return lock_version(version), actor


def lock_version(version: CalendarVersion) -> CalendarVersion:
    """The version read anew, alone in its half-year."""
    Calendar.objects.select_for_update().get(pk=version.calendar_id)
    return (
        CalendarVersion.objects.select_related("calendar__rule_set")
        .select_for_update(of=("self",))
        .get(pk=version.pk)
    )


def refuse_unless_open(version: CalendarVersion) -> None:
    if not version.is_open:
        raise Refused([Problem("version_frozen", {"state": version.state})])


def target(act: str, version: CalendarVersion) -> str:
    found = CALENDAR.target(act, version.state)
    if isinstance(found, Problem):
        raise Refused([found])
    return found


def save(version: CalendarVersion, *fields: str) -> None:
    version.revision += 1
    version.save(update_fields=["revision", *fields])


def remember_hand(version: CalendarVersion, by: User) -> None:
    """Whoever compiled or answered does not vote on the calendar of the half-year (section 1)."""
    CalendarHand.objects.get_or_create(calendar=version.calendar, user=by)


def record(
    act: str, version: CalendarVersion, actor: Actor, now: datetime, changes: dict[str, Any], body: str = ""
) -> None:
    journal.record(
        act=f"calendar.{act}",
        actor=actor,
        now=now,
        subject=Subject(
            "calendar", str(version.pk), f"{version.half_year} v{version.number}", body or "authority"
        ),
        changes=changes,
    )
