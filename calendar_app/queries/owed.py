"""The values in which duties are read: by when, since when, and what has met them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from calendar_app.models import RuleSet
from calendar_app.models.obligations import Key
from procedure.deadlines import Due
from procedure.half_years import HalfYear


@dataclass(frozen=True)
class Evidence:
    """That a duty was done: when, and the number of what proves it."""

    done_at: datetime
    reference: str


@dataclass(frozen=True)
class Term:
    """By when: what of a `Due` is kept of a duty. `due` is the first instant that is late."""

    last_day: date
    aim_day: date
    due: datetime

    @classmethod
    def of(cls, due: Due) -> Term:
        return cls(due.last_day, due.aim_day, due.due)

    def is_late(self, moment: datetime) -> bool:
        return moment >= self.due

    def days_left(self, today: date) -> int:
        return (self.last_day - today).days


@dataclass(frozen=True)
class Owed:
    """A duty as the rules and acts up to an instant make it.

    rule_set: by which its term was computed. closed_at: from when nobody can do it any more; lapsed: because
    it need not be done.
    """

    key: Key
    half_year: HalfYear
    opened_at: datetime
    term: Term | None
    rule_set: RuleSet
    closed_at: datetime | None = None
    lapsed: bool = False
