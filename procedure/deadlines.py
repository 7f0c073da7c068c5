"""Due instants with their explanation (procedure, sections 2 and 3).

A deadline has two edges: the day to aim at, which is the last working day not after the last day,
and the instant from which an act is late, which is the end of the last day in Almaty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from procedure.half_years import HalfYear, Quarter
from procedure.moments import ALMATY, end_of_day, in_utc, start_of_day
from procedure.problems import Step
from procedure.recurrence import day_in, period_days
from procedure.rule_sets import DEADLINE_PERIODS, TERMS_BEFORE, DeadlineRule, RuleSet, TermRule
from procedure.workdays import Workdays, count_working_days, days_off_between, working_day_from

__all__ = [
    "ALMATY",
    "Due",
    "Step",
    "Window",
    "Workdays",
    "amendment_window",
    "announcement_due",
    "calendar_submission_due",
    "coordination_due",
    "first_safe_day",
    "next_amendment_window",
    "publication_due",
    "results_due",
    "review_due",
    "round_due",
    "term_due",
    "topic_list_due",
]


# Steps that say where a term ends, after those that say how it was counted.
_ENDS = frozenset({"last_day", "aim_before_day_off", "late_from"})


@dataclass(frozen=True)
class Due:
    """When something is due, and why.

    kind       what is due, such as "topic_list"
    half_year  the half-year concerned; None for terms that belong to none
    last_day   the last day that is in time, the one that people are shown
    due        the first instant that is late: aware, midnight in Asia/Almaty
    aim_day    the last working day not after the last day
    rule_set, clause, mark   where the rule stands, and whether it is "stated" or "decided"
    steps      the arithmetic as data, in order
    """

    kind: str
    half_year: HalfYear | None
    last_day: date
    due: datetime
    aim_day: date
    rule_set: str
    clause: str
    mark: str
    steps: tuple[Step, ...]

    def is_late(self, moment: datetime) -> bool:
        """Whether an act at the aware moment is late; ValueError without a time zone."""
        return in_utc(moment) >= in_utc(self.due)

    def days_left(self, today: date) -> int:
        """Days from today (a date in Almaty) to the last day: 0 on it, negative after it."""
        return (self.last_day - today).days


@dataclass(frozen=True)
class Window:
    """The time in which amendments of one quarter may be proposed (procedure, section 3).

    opens       first instant at which one may be proposed; None if nothing is in force
    applicable  False if nothing is in force before the window closes
    """

    quarter: Quarter
    opens: datetime | None
    due: Due
    applicable: bool

    def is_open(self, moment: datetime) -> bool:
        """Whether a proposal at the aware moment belongs to this window."""
        if self.opens is None:
            return False
        return in_utc(moment) >= in_utc(self.opens) and not self.due.is_late(moment)


def topic_list_due(half_year: HalfYear, rules: RuleSet, workdays: Workdays) -> Due:
    """When akimats' topic lists for the half-year are due (procedure, section 2 row 1)."""
    return _recurring_due("topic_list", half_year, half_year, rules, workdays)


def calendar_submission_due(half_year: HalfYear, rules: RuleSet, workdays: Workdays) -> Due:
    """When the calendar must be with the commission (procedure, section 2 row 4)."""
    return _recurring_due("calendar_submission", half_year, half_year, rules, workdays)


def amendment_window(
    quarter: Quarter, rules: RuleSet, workdays: Workdays, published_at: datetime | None = None
) -> Window:
    """The window for amendments of a quarter (procedure, section 2 row 7 and section 3).

    published_at: the aware moment from which a version of the quarter's half-year has been in
    force, None if there is none. The window opens with the quarter, or then if that is later.
    """
    due = _recurring_due("amendment_window", quarter, quarter.half_year, rules, workdays)
    if published_at is None:
        return Window(quarter, None, due, applicable=False)
    opens = max(start_of_day(quarter.first_day), published_at, key=in_utc)
    return Window(quarter, opens, due, applicable=not due.is_late(opens))


def next_amendment_window(
    moment: datetime,
    half_year: HalfYear,
    rules: RuleSet,
    workdays: Workdays,
    published_at: datetime | None = None,
) -> Window | None:
    """The window of the half-year that is open at the moment or opens next.

    None after the last one, or while nothing is in force: then an urgent change, or the next
    half-year, is the way (procedure, section 3).
    """
    for quarter in half_year.quarters:
        window = amendment_window(quarter, rules, workdays, published_at)
        if window.applicable and not window.due.is_late(moment):
            return window
    return None


def round_due(
    kind: str, opened_on: date, rules: RuleSet, workdays: Workdays, half_year: HalfYear | None = None
) -> Due:
    """When a returned "topic_list" or "calendar_submission" is due again, after a return that day.

    Procedure, section 2: a return opens a round with its own term. It never takes away time that the body
    had anyway: where the half-year is known and its own deadline is later, that one stands.
    """
    own = term_due(kind, f"{kind}_round", opened_on, rules, workdays, half_year)
    if half_year is None:
        return own
    first = _recurring_due(kind, half_year, half_year, rules, workdays)
    if first.last_day <= own.last_day:
        return own
    counting = [step for step in own.steps if step.code not in _ENDS]
    ending = [step for step in first.steps if step.code in _ENDS]
    steps = (*counting, Step("first_term_is_later", {"day": first.last_day}), *ending)
    return replace(own, last_day=first.last_day, due=first.due, aim_day=first.aim_day, steps=steps)


def review_due(came_on: date, rules: RuleSet, workdays: Workdays, half_year: HalfYear | None = None) -> Due:
    """When the authority must accept or return a list that came that day (section 2 row 2)."""
    return term_due("topic_list_review", "topic_list_review", came_on, rules, workdays, half_year)


def coordination_due(
    asked_on: date, rules: RuleSet, workdays: Workdays, half_year: HalfYear | None = None
) -> Due:
    """When a ministry asked that day must agree or refuse (procedure, section 2 row 3)."""
    return term_due("coordination_answer", "coordination_answer", asked_on, rules, workdays, half_year)


def publication_due(
    approved_on: date, rules: RuleSet, workdays: Workdays, half_year: HalfYear | None = None
) -> Due:
    """When a version approved that day must be published (procedure, section 2 row 6)."""
    return term_due("publication", "publication", approved_on, rules, workdays, half_year)


def announcement_due(meeting_day: date, rules: RuleSet, workdays: Workdays) -> Due:
    """When a meeting of that day must have been announced (procedure, section 2 row 10)."""
    half_year = HalfYear.of(meeting_day)
    return term_due("announcement", "announcement", meeting_day, rules, workdays, half_year)


def results_due(kind: str, meeting_day: date, rules: RuleSet, workdays: Workdays) -> Due:
    """When the "report" or the "answers" of a meeting are due (procedure, section 2 row 12)."""
    return term_due(kind, kind, meeting_day, rules, workdays, HalfYear.of(meeting_day))


def term_due(
    kind: str,
    term: str,
    day: date,
    rules: RuleSet,
    workdays: Workdays,
    half_year: HalfYear | None = None,
) -> Due:
    """The end of a term of the rule set, counted from the day of its event, which never counts.

    kind names what is due, term the entry in `rules.terms`; a name that is not there is a
    programming error (KeyError).
    """
    rule = rules.terms[term]
    last_day, steps = _counted(rule, day, workdays, before=term in TERMS_BEFORE)
    return _due(kind, half_year, last_day, rules, rule, workdays, steps)


def first_safe_day(half_year: HalfYear, rules: RuleSet, workdays: Workdays) -> tuple[date, tuple[Step, ...]]:
    """The first day on which a planned meeting can still be approved and announced in time.

    Procedure, section 3: submission + notice to members + session + publication + announcement.
    Counted from the last day of submission; the session is held on the day the notice ends.
    """
    submitted = calendar_submission_due(half_year, rules, workdays).last_day
    session, notice = _counted(rules.terms["materials"], submitted, workdays, before=False)
    published, publication = _counted(rules.terms["publication"], session, workdays, before=False)
    day, announcement = _counted(rules.terms["announcement"], published, workdays, before=False)
    return day, (*notice, *publication, *announcement)


def _recurring_due(
    kind: str, covered: HalfYear | Quarter, half_year: HalfYear, rules: RuleSet, workdays: Workdays
) -> Due:
    rule = rules.deadlines[kind]
    first, last = period_days(DEADLINE_PERIODS[kind], covered)
    # A rule set is read only if its rules name a day in every period.
    named = day_in(rule.rule, first, last) or last
    steps = [Step("recurs", {"rule": rule.rule, "from": first, "to": last, "day": named})]
    last_day = named if rule.inclusive else named - timedelta(days=1)
    steps.append(Step("inclusive" if rule.inclusive else "exclusive", {"day": last_day}))
    shifted = _shifted(last_day, rule, workdays)
    if shifted != last_day:
        steps.append(_over_days_off(f"shifted_to_{rule.shift}_working_day", last_day, shifted, workdays))
    return _due(kind, half_year, shifted, rules, rule, workdays, steps)


def _shifted(day: date, rule: DeadlineRule, workdays: Workdays) -> date:
    if rule.shift == "none":
        return day
    return working_day_from(day, workdays, direction=1 if rule.shift == "next" else -1)


def _counted(rule: TermRule, day: date, workdays: Workdays, *, before: bool) -> tuple[date, list[Step]]:
    direction = -1 if before else 1
    if rule.unit == "working_days":
        last_day = count_working_days(day, rule.days, workdays, direction=direction)
    else:
        last_day = day + timedelta(days=rule.days * direction)
    params = {"days": rule.days, "unit": rule.unit, "from": day, "to": last_day}
    step = Step("counted_back" if before else "counted", params)
    if rule.unit == "working_days":
        first = day + timedelta(days=direction)
        return last_day, [step, _over_days_off("days_off_left_out", first, last_day, workdays)]
    return last_day, [step]


def _due(
    kind: str,
    half_year: HalfYear | None,
    last_day: date,
    rules: RuleSet,
    rule: DeadlineRule | TermRule,
    workdays: Workdays,
    steps: list[Step],
) -> Due:
    aim_day = working_day_from(last_day, workdays, direction=-1)
    steps = [*steps, Step("last_day", {"day": last_day})]
    if aim_day != last_day:
        steps.append(_over_days_off("aim_before_day_off", last_day, aim_day, workdays))
    due = end_of_day(last_day)
    steps.append(Step("late_from", {"moment": due}))
    return Due(kind, half_year, last_day, due, aim_day, rules.code, rule.clause, rule.mark, tuple(steps))


def _over_days_off(code: str, start: date, end: date, workdays: Workdays) -> Step:
    days_off = days_off_between(min(start, end), max(start, end), workdays)
    return Step(code, {"from": start, "to": end, "days_off": days_off})
