"""Warnings of section 6 that the authorised body accepts: kept with the version and with their reason."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission
from base.errors import Refused
from calendar_app.models import AcceptedWarning, CalendarVersion
from calendar_app.queries import calendars as queries
from calendar_app.transitions import calendar_steps as steps
from procedure.conflicts import WARNING
from procedure.problems import Problem


@transaction.atomic
def accept(
    *, version: CalendarVersion, name: str, reason: str, by: User, now: datetime, revision: int
) -> AcceptedWarning:
    """Accept a warning that stands, by its stable name; a second time changes the reason.

    Raises NotPermitted, Stale, and Refused without a reason, or when no such warning stands.
    """
    locked, actor = steps.lock(version, Permission.CALENDAR_COMPILE, by, now, revision)
    steps.refuse_unless_open(locked)
    found = next((one for one in queries.conflicts_of(locked) if one.name == name), None)
    if found is None or found.severity != WARNING:
        raise Refused([Problem("no_such_warning")])
    if not reason.strip():
        raise Refused([Problem("warning_reason_required", field="reason")])
    made, _ = AcceptedWarning.objects.update_or_create(
        version=locked, key=name, defaults={"reason": reason.strip()}
    )
    steps.remember_hand(locked, by)
    steps.save(locked)
    steps.record("accept_warning", locked, actor, now, {"warning": name})
    return made
