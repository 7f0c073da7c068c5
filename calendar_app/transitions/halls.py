"""Acts on the halls of an akimat: add, change, close, open again.

A hall keeps its place for good, and is closed, never deleted: what was submitted and published names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Actor, Subject
from base.errors import NotPermitted, Refused, Stale
from calendar_app.queries import halls as queries
from calendar_app.queries.proposed_meetings import as_place
from procedure.halls import HallDraft, problems_of_hall, problems_to_close
from procedure.moments import day_of
from procedure.problems import Problem
from regions.models import Body, Hall, Territory

# What an akimat may change of a hall; its place is not among it.
WORDS = ("name_kk", "name_ru", "address_kk", "address_ru", "capacity", "step_free", "hearing_loop")
# By these people find it: they stay while a plan that was submitted or published names the hall.
ANNOUNCED = ("name_kk", "name_ru", "address_kk", "address_ru")


@transaction.atomic(savepoint=False)
def add(*, akimat: Body, draft: HallDraft, by: User, now: datetime) -> Hall:
    """Register a hall from today on. Raises NotPermitted, and Refused with what is wrong with it."""
    actor = access.check(by, Permission.HALL_WRITE, akimat, now)
    if akimat.kind != Body.Kind.AKIMAT:
        raise NotPermitted
    _lock(akimat)
    _refuse_unfit(akimat, draft, day_of(now))
    hall = Hall(owner=akimat, territory_id=draft.place, valid_from=day_of(now))
    _put(hall, draft)
    hall.save(force_insert=True)
    changes = {name: [None, getattr(hall, name)] for name in WORDS} | {"place": [None, draft.place]}
    _record("hall.add", hall, actor, now, changes)
    return hall


@transaction.atomic(savepoint=False)
def change(*, hall: Hall, draft: HallDraft, by: User, now: datetime, version: int) -> Hall:
    """Change what is said of a hall. As `add`, and Stale if it was changed since `version`."""
    locked, actor = _opened(hall, by, now, version)
    draft = replace(draft, place=locked.territory_id)
    before = queries.as_draft(locked)
    if draft == before:
        return locked
    _refuse_unfit(locked.owner, draft, day_of(now), but=locked)
    was = asdict(before)
    if any(was[name] != getattr(draft, name).strip() for name in ANNOUNCED) and queries.is_announced(
        locked, day_of(now)
    ):
        raise Refused([Problem("hall_is_announced", field="name_kk")])
    _put(locked, draft)
    locked.save(update_fields=WORDS)
    changes = {
        name: [was[name], getattr(locked, name)] for name in WORDS if was[name] != getattr(locked, name)
    }
    _record("hall.change", locked, actor, now, changes)
    return locked


@transaction.atomic(savepoint=False)
def close(*, hall: Hall, last_day: date | None, by: User, now: datetime, version: int) -> Hall:
    """Name the last day of a hall, or None to keep it in use. Raises as `change`."""
    locked, actor = _opened(hall, by, now, version)
    if locked.valid_to == last_day:
        return locked
    problems = problems_to_close(last_day, day_of(now)) if last_day else []
    if not last_day and _twin(locked.owner, queries.as_draft(locked), but=locked):
        problems = [Problem("hall_exists")]
    if problems:
        raise Refused(problems)
    before, locked.valid_to = locked.valid_to, last_day
    locked.save(update_fields=["valid_to"])
    days = [day.isoformat() if day else None for day in (before, last_day)]
    _record("hall.close" if last_day else "hall.open", locked, actor, now, {"valid_to": days})
    return locked


def _lock(akimat: Body) -> None:
    """Whoever registers halls of one akimat waits for the other: no two of one name in a place."""
    Body.objects.select_for_update(no_key=True).get(pk=akimat.pk)


def _opened(hall: Hall, by: User, now: datetime, version: int) -> tuple[Hall, Actor]:
    actor = access.check(by, Permission.HALL_WRITE, hall.owner, now)
    _lock(hall.owner)
    locked = Hall.objects.select_related("owner", "territory").get(pk=hall.pk)
    if queries.version_of(locked) != version:
        raise Stale
    return locked, actor


def _refuse_unfit(akimat: Body, draft: HallDraft, today: date, but: Hall | None = None) -> None:
    place = Territory.objects.select_related("parent__parent").filter(pk=draft.place).first()
    problems = problems_of_hall(draft, as_place(place, today) if place else None, akimat.region_id or "")
    # The place of a registered hall stays, whatever became of it since.
    problems = [one for one in problems if not (but and one.field == "place")]
    if not problems and _twin(akimat, draft, but):
        problems = [Problem("hall_exists", field="name_kk")]
    if problems:
        raise Refused(problems)


def _twin(akimat: Body, draft: HallDraft, but: Hall | None) -> bool:
    """Whether the place has another hall of that name in use."""
    twins = Hall.objects.filter(
        owner=akimat, territory=draft.place, name_kk=draft.name_kk.strip(), valid_to=None
    )
    return (twins.exclude(pk=but.pk) if but else twins).exists()


def _put(hall: Hall, draft: HallDraft) -> None:
    for name in WORDS:
        value = getattr(draft, name)
        setattr(hall, name, value.strip() if isinstance(value, str) else value)


def _record(act: str, hall: Hall, actor: Actor, now: datetime, changes: Mapping[str, Any]) -> None:
    subject = Subject("hall", str(hall.pk), hall.name_kk, hall.owner.code)
    journal.record(act=act, actor=actor, now=now, subject=subject, changes=changes)
