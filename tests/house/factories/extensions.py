"""Open duties of the asking akimat and of another one, with the form that gives more time."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

from base import clock
from calendar_app.models import Obligation, TermExtension
from calendar_app.transitions import obligations
from procedure.half_years import HalfYear
from tests.house.access.cells import Objects, Target
from tests.house.access.people import FOREIGN, OWN, People


def open_duties(people: People) -> Objects:
    """The duty of each to bring its list for the coming half-year."""
    obligations.derive(now=clock.now())
    return Objects(_duty(OWN), _duty(FOREIGN))


def _duty(code: str) -> Target:
    half_year = HalfYear.of(clock.today()).next
    duty = Obligation.objects.get(kind="topic_list", half_year=half_year.code, body=code, round=1)
    assert duty.last_day
    day = max(duty.last_day, clock.today()) + timedelta(days=1)
    form = {"last_day": str(day), "reason": "Себеп", "version": 0, "idempotency_key": str(uuid.uuid4())}
    given = TermExtension.objects.filter(obligation=duty)
    return Target(
        {"pk": duty.pk}, form, {"obligation": duty.pk, "id": duty.pk}, kept=lambda: list(given.values())
    )


MAKERS: dict[str, Callable[[People], Objects]] = {"open_duty": open_duties}
