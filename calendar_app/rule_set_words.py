"""A rule set as people read it: coming dates, terms, grounds, exemptions, voting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.utils.functional import Promise

from base import dates
from base.wording import length
from calendar_app.labels.rule_sets import DEADLINES, EFFECTS, GROUNDS, MAJORITIES, MARKS, TERMS, TIES
from procedure.deadlines import Due, Workdays, amendment_window, calendar_submission_due, topic_list_due
from procedure.half_years import HalfYear
from procedure.rule_sets import RuleSet


class Coming(NamedTuple):
    """A date that follows from a rule: for which period, its last day and the day to aim at before it."""

    what: str | Promise
    period: str
    last_day: date
    aim_day: date


class Row(NamedTuple):
    """One setting in words, with the clause it stands in and whether the source states it."""

    what: str | Promise
    value: str | Promise
    clause: str
    mark: str | Promise


def coming_dates(rules: RuleSet, today: date, workdays: Workdays) -> list[Coming]:
    """All dates of the half-year of `today` (a day in Almaty) and of the next, in their order."""
    half_years = (HalfYear.of(today), HalfYear.of(today).next)
    return sorted(_dates(rules, half_years, workdays), key=lambda one: one.last_day)


def _dates(rules: RuleSet, half_years: tuple[HalfYear, ...], workdays: Workdays) -> Iterator[Coming]:
    for half_year in half_years:
        name = dates.half_year_name(half_year)
        yield _coming(topic_list_due(half_year, rules, workdays), name)
        yield _coming(calendar_submission_due(half_year, rules, workdays), name)
        for quarter in half_year.quarters:
            window = amendment_window(quarter, rules, workdays)
            yield _coming(window.due, dates.quarter_name(quarter))


def _coming(due: Due, period: str) -> Coming:
    return Coming(DEADLINES[due.kind], period, due.last_day, due.aim_day)


def terms(rules: RuleSet) -> list[Row]:
    """The terms in the order of the procedure."""
    found = ((what, rules.terms[kind]) for kind, what in TERMS.items())
    return [Row(what, length(term.days, term.unit), term.clause, MARKS[term.mark]) for what, term in found]


def grounds(rules: RuleSet) -> list[Row]:
    """The grounds of substitution and what they mean."""
    return [
        Row(GROUNDS[kind], EFFECTS[ground.effect], ground.clause, MARKS[ground.mark])
        for kind, ground in rules.grounds.items()
    ]


def voting(rules: RuleSet) -> dict[str, object]:
    """Quorum and majority as fractions, of whom, and what a tie means."""
    settings = rules.voting
    return {
        "quorum": str(settings.quorum),
        "majority": str(settings.majority),
        "majority_of": MAJORITIES[settings.majority_of],
        "tie": TIES[settings.tie],
    }
