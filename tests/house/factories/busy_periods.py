"""Busy periods of the asking ministry and of another one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from accounts.demo import make_user
from accounts.permissions import Role
from base import clock
from calendar_app.models import BusyPeriod
from calendar_app.transitions import busy_periods as acts
from calendar_app.transitions.busy_periods import NewPeriod
from regions.models import Body
from tests.house.access.cells import Objects, Target
from tests.house.access.people import People

MINISTRY, OTHER_MINISTRY = "ministry.health", "ministry.agriculture"
CANARIES = {MINISTRY: "Canary-of-own-reason", OTHER_MINISTRY: "Canary-of-foreign-reason"}


def saved(people: People, *, listed: bool = False) -> Objects:
    """A busy period of each; as the list shows them, or to be removed."""
    return Objects(*(_target(code, listed) for code in CANARIES))


def _target(code: str, listed: bool) -> Target:
    body, now = Body.objects.get(code=code), clock.now()
    by = make_user(f"maker.busy.{code}", body, [Role.MINISTRY_OFFICER], "demo")
    period = NewPeriod(now + timedelta(days=3), now + timedelta(days=4), CANARIES[code])
    made = acts.add(body=body, period=period, by=by, now=now)
    kept = partial(_kept, made.pk)
    others = {"pk": made.pk, "id": made.pk, "body": code}
    return Target(path={} if listed else {"pk": made.pk}, others=others, canary=CANARIES[code], kept=kept)


def new(people: People) -> Objects:
    day = (clock.today() + timedelta(days=9)).isoformat()
    form = {"version": "0", "idempotency_key": str(uuid.uuid4()), "body": MINISTRY, "first_day": day}
    return Objects(Target(form=form))


def _kept(pk: int) -> object:
    return list(BusyPeriod.objects.filter(pk=pk).values())


MAKERS: dict[str, Callable[[People], Objects]] = {
    "busy_periods": lambda people: Objects(saved(people, listed=True).own),
    "busy_period": saved,
    "new_busy_period": new,
}
