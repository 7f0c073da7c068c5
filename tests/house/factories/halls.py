"""Halls of the asking akimat and of another one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from base import clock
from calendar_app.queries.halls import version_of
from regions.models import Body, Hall, Territory
from tests.house.access.cells import Objects, Target
from tests.house.access.people import FOREIGN, OWN, People

WORDS = {
    "name_kk": "Зал",
    "name_ru": "Зал",
    "address_kk": "Абай, 1",
    "address_ru": "Абая, 1",
    "capacity": "100",
}


def new(people: People) -> Objects:
    """The filled form of a new hall of each."""
    return Objects(*(_new(code) for code in (OWN, FOREIGN)))


def saved(people: People, **form: str) -> Objects:
    """A hall of each, with a form that changes it."""
    return Objects(*(_saved(code, form) for code in (OWN, FOREIGN)))


def _place(code: str) -> Territory:
    region = Body.objects.get(code=code).region_id
    return Territory.objects.selectable().on(clock.today()).filter(region=region).order_by("code")[0]


def _new(code: str) -> Target:
    form = WORDS | {"place": _place(code).pk, "version": "0", "idempotency_key": str(uuid.uuid4())}
    return Target(path={"akimat": code}, form=form, others={"akimat": code, "owner": code})


def _saved(code: str, form: dict[str, str]) -> Target:
    canary = f"Canary-hall-of-{code}"
    hall = Hall.objects.create(
        owner=Body.objects.get(code=code),
        territory=_place(code),
        **WORDS | {"name_kk": canary, "name_ru": canary, "capacity": 50},
    )
    sent = form | {"version": str(version_of(hall)), "idempotency_key": str(uuid.uuid4())}
    return Target(
        path={"key": hall.pk},
        form=sent,
        others={"key": hall.pk, "id": hall.pk, "akimat": code},
        canary=canary,
        kept=partial(_kept, hall.pk),
    )


def _kept(pk: int) -> object:
    """The hall as it stands in the database."""
    return list(Hall.objects.filter(pk=pk).values())


MAKERS: dict[str, Callable[[People], Objects]] = {
    "new_hall": new,
    "hall": partial(saved, **WORDS),
    "hall_to_close": lambda people: saved(people, last_day=clock.today().isoformat()),
}
