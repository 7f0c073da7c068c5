"""Busy periods of the asking ministry and of another one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from accounts.demo import make_user
from accounts.permissions import Role
from base import clock
from calendar_app.labels.imports import ImportKind
from calendar_app.models import BusyPeriod, Import
from calendar_app.transitions import busy_periods as acts
from calendar_app.transitions import import_claims
from calendar_app.transitions.busy_periods import NewPeriod
from calendar_app.transitions.import_files import Upload
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


def file_read(people: People) -> Objects:
    """A file of each ministry with one period in it, read already."""
    return Objects(*(_file_of(code) for code in CANARIES))


def _file_of(code: str) -> Target:
    body, now, words = Body.objects.get(code=code), clock.now(), f"In-a-file-of-{code}"
    by = make_user(f"maker.file.{code}", body, [Role.MINISTRY_OFFICER], "demo")
    kind = ImportKind.BUSY_TABLE
    batch = acts.upload(body=body, kind=kind, files=[Upload("a.xlsx", 1, b"x")], by=by, now=now)
    claimed, (file,) = import_claims.claim_next(), batch.files.all()
    assert claimed == batch
    times = {name: (now + timedelta(days=n)).isoformat() for n, name in enumerate(("starts", "ends"), 5)}
    import_claims.keep_file(claimed, file, rows=[times | {"reason": words}], problems=[])
    import_claims.close(claimed)
    version = Import.objects.get(pk=batch.pk).version
    return Target(
        path={"pk": batch.pk},
        form={"version": str(version), "idempotency_key": str(uuid.uuid4())},
        others={"pk": batch.pk, "body": code},
        canary=words,
        kept=partial(_file_kept, batch.pk),
    )


def _file_kept(pk: int) -> object:
    return list(Import.objects.filter(pk=pk).values("state", "version", "files"))


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
    "busy_file": file_read,
}
