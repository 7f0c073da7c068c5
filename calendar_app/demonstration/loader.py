"""Load the demonstration once, in one transaction: all of it or nothing."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from accounts.demo import make_users
from accounts.models import User
from audit import journal
from audit.actors import SYSTEM, Subject
from calendar_app.demonstration import calendars, lists, moments, offices, people
from calendar_app.models import Demonstration, TopicList
from calendar_app.transitions import obligations, rule_sets
from procedure.half_years import HalfYear
from procedure.moments import day_of
from regions.models import Body


class NotEmptyError(Exception):
    """The database holds real work: a demonstration does not belong there."""


@contextlib.contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for cycles while thousands of rows are made: it took a sixth of the time and found nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collecting()
@transaction.atomic
def load(*, password: str, now: datetime) -> bool:
    """Load the demonstration as of `now`; False when it is there already.

    Raises NotEmptyError when somebody has worked in this database without a demonstration.
    """
    if Demonstration.objects.exists():
        return False
    if TopicList.objects.exists() or User.objects.exists():
        raise NotEmptyError
    Demonstration.objects.create(loaded_at=now)
    rule_sets.load_known(now=now)
    since = _since(now)
    users = _users(password, since)
    offices.load(since=since)
    running = HalfYear.of(day_of(now))
    acts = moments.play(
        [*lists.story(users=users, now=now), *calendars.story(users=users, half_year=running, now=now)]
    )
    obligations.derive(now=now)
    journal.record(
        act="demonstration.load",
        actor=SYSTEM,
        now=now,
        subject=Subject("demonstration", "1", "demonstration"),
        changes={"users": [0, len(users)], "acts": [0, acts]},
        source="command",
    )
    return True


def _since(now: datetime) -> date:
    """Everybody was in office before the first act: a year before the half-year that runs."""
    return HalfYear.of(day_of(now)).previous.previous.first_day


def _users(password: str, since: date) -> dict[str, User]:
    bodies = Body.objects.in_bulk()
    accounts = [(name, bodies[body], roles) for name, body, roles in people.accounts()]
    return make_users(accounts, password, valid_from=since)
