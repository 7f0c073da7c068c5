"""Duties of the asking akimat and of another one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from base import clock
from calendar_app import terms
from calendar_app.models import Obligation
from calendar_app.transitions import certificates as acts
from calendar_app.transitions import obligations
from procedure.half_years import HalfYear
from regions.models import Body
from tests.house.access.cells import Objects, Target
from tests.house.access.people import FOREIGN, OWN, People


def half_years(people: People) -> Objects:
    """The coming half-year of both akimats."""
    return Objects(*(_target(code, {"half_year": _half_year(), "body": code}) for code in (OWN, FOREIGN)))


def duties(people: People) -> Objects:
    """The duty of a topic list of both akimats."""
    obligations.derive(now=clock.now())
    known = Obligation.objects.filter(kind="topic_list", half_year=_half_year())
    return Objects(*(_target(code, {"pk": known.get(body=code).pk}) for code in (OWN, FOREIGN)))


def _half_year() -> str:
    return terms.half_years_open_for_lists(clock.today())[1].code


def _target(code: str, path: dict[str, object]) -> Target:
    return Target(path=path, others={**path, "body": code})


def to_certify(people: People) -> Objects:
    """The coming half-years with the form that issues a certificate."""
    obligations.derive(now=clock.now())
    form = {"version": 0, "idempotency_key": str(uuid.uuid4())}
    path = {"half_year": _half_year()}
    return Objects(
        *(Target(path={**path, "body": code}, form=form, others={"body": code}) for code in (OWN, FOREIGN))
    )


def certificates(people: People, **more: str) -> Objects:
    """A certificate of both akimats, issued by themselves."""
    made = [
        acts.issue(
            body=Body.objects.get(pk=code),
            half_year=HalfYear.parse(_half_year()),
            by=people.makers[code],
            now=clock.now(),
        )
        for code in (OWN, FOREIGN)
    ]
    return Objects(
        *(Target(path={"number": one.number, **more}, others={"number": one.number}) for one in made)
    )


def unknown_token(people: People) -> Objects:
    """An address that nobody made: it is the same for everybody, whoever has signed in."""
    return Objects(Target(path={"token": "nobody-made-this"}))


MAKERS: dict[str, Callable[[People], Objects]] = {
    "half_year": half_years,
    "duty": duties,
    "half_year_to_certify": to_certify,
    "certificate": certificates,
    "certificate_file": partial(certificates, language="ru", ending="docx"),
    "unknown_token": unknown_token,
}
