"""More time that was given: by duty, as known at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db.models import QuerySet

from base import written_once
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import Obligation, TermExtension
from calendar_app.models.obligations import Key, ObligationQuerySet
from calendar_app.queries.owed import Owed, Term
from procedure.extensions import EXTENDABLE
from procedure.half_years import HalfYear
from procedure.moments import day_of


def first_rounds_of_lists(half_years: Sequence[HalfYear]) -> dict[tuple[str, str], date]:
    """The last days given for first rounds of topic lists, by akimat and half-year; the latest one holds."""
    rows = _of_first_rounds(tuple(one.code for one in half_years))
    return {(body, half_year): last_day for body, half_year, last_day in rows}


@written_once.tuples
def _of_first_rounds(half_years: tuple[str, ...]) -> QuerySet[TermExtension, tuple[str, str, date]]:
    given = TermExtension.objects.filter(
        obligation__kind=ObligationKind.TOPIC_LIST, obligation__half_year__in=half_years, obligation__round=1
    ).order_by("at", "pk")
    return given.values_list("obligation__body_id", "obligation__half_year", "last_day")


def overlaid(owed: Iterable[Owed], half_years: Sequence[HalfYear], moment: datetime) -> list[Owed]:
    """The duties with the terms that had been given for them by the instant, where those are later."""
    given = TermExtension.objects.filter(
        obligation__half_year__in=[one.code for one in half_years], at__lte=moment
    )
    terms: dict[Key, Term] = {}
    for one in given.select_related("obligation").order_by("at", "pk"):
        terms[one.obligation.key] = Term(one.last_day, one.aim_day, one.due)
    return [_later(one, terms.get(one.key)) for one in owed]


def _later(owed: Owed, given: Term | None) -> Owed:
    if given is None or owed.term is None or given.due <= owed.term.due:
        return owed
    return replace(owed, term=given)


def extendable(moment: datetime) -> ObligationQuerySet:
    """Open duties of other bodies that were owed by the instant, the next term first."""
    kept = Obligation.objects.not_done().filter(kind__in=EXTENDABLE, due__isnull=False, opened_at__lte=moment)
    current = HalfYear.of(day_of(moment))
    return kept.of_half_years([current, current.next]).select_related("body").order_by("due", "kind", "body")
