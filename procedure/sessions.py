"""Sessions of the commission: notice to members, when votes are taken, when a session is closed (section 7)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from procedure.deadlines import Due, term_due
from procedure.half_years import HalfYear
from procedure.problems import Problem
from procedure.rule_sets import RuleSet
from procedure.workdays import Workdays, count_working_days

WRITTEN = "written"


def materials_due(held_on: date, rules: RuleSet, workdays: Workdays) -> Due:
    """The last day on which materials of a session held on that day go to the members in time."""
    return term_due("materials", "materials", held_on, rules, workdays, HalfYear.of(held_on))


def first_session_day(sent_on: date, rules: RuleSet, workdays: Workdays) -> date:
    """The first day of a session whose materials leave on `sent_on`.

    Counting forward from a day off comes out a day too early, because the term is counted back from the session.
    """
    term = rules.terms["materials"]
    day = sent_on + timedelta(days=term.days)
    if term.unit == "working_days":
        day = count_working_days(sent_on, term.days, workdays, direction=1)
    while sent_on > materials_due(day, rules, workdays).last_day:
        day += timedelta(days=1)
    return day


def problems_of_notice(
    sent_on: date, held_on: date, reason: str, rules: RuleSet, workdays: Workdays
) -> list[Problem]:
    """A shorter notice than the rule set's needs a reason, which is kept."""
    if sent_on <= materials_due(held_on, rules, workdays).last_day or reason.strip():
        return []
    day = first_session_day(sent_on, rules, workdays)
    return [Problem("notice_too_short", {"days": rules.terms["materials"].days, "day": day}, "short_notice")]


def problems_to_vote(state: str, kind: str, held_at: datetime, now: datetime) -> list[Problem]:
    """Votes are taken while voting is open; sheets of a written vote until its term, which is half-open."""
    if state in ("closed", "cancelled"):
        return [Problem("voting_over")]
    if state != "open":
        return [Problem("voting_not_open")]
    if kind == WRITTEN and now >= held_at:
        return [Problem("sheets_too_late")]
    return []


def problems_to_close(kind: str, held_at: datetime, now: datetime, waiting: int) -> list[Problem]:
    """A written vote is counted when its term is over, or when nobody is waited for.

    waiting: members who may vote and have not.
    """
    if kind == WRITTEN and now < held_at and waiting:
        return [Problem("written_vote_runs", {"count": waiting})]
    return []
