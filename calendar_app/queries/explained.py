"""Why a duty is due when it is: the term computed again from its rule set, with its arithmetic."""

from __future__ import annotations

from datetime import date

from calendar_app.labels.commission import Decision
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import Obligation, Session, Submission
from procedure.deadlines import (
    Due,
    calendar_submission_due,
    coordination_due,
    publication_due,
    review_due,
    round_due,
    topic_list_due,
)
from procedure.half_years import HalfYear
from procedure.moments import day_of
from regions import workdays


def due_of(duty: Obligation) -> Due | None:
    """The term of a duty by its rule set and the day table as it is now; None where none runs.

    Two queries, three for a publication or a review. What was promised may differ where days off have moved
    since: whoever shows the steps compares `due` first.
    """
    rules, days, period = duty.rule_set.rules, workdays.current(), HalfYear.parse(duty.half_year)
    if duty.due is None:
        return None
    opened_on = day_of(duty.opened_at)
    if duty.round > 1 and duty.kind in (ObligationKind.TOPIC_LIST, ObligationKind.CALENDAR_SUBMISSION):
        return round_due(duty.kind, opened_on, rules, days, period)
    if duty.kind == ObligationKind.TOPIC_LIST:
        return topic_list_due(period, rules, days)
    if duty.kind == ObligationKind.CALENDAR_SUBMISSION:
        return calendar_submission_due(period, rules, days)
    if duty.kind == ObligationKind.TOPIC_LIST_REVIEW:
        return review_due(_came_on(duty) or opened_on, rules, days, period)
    if duty.kind == ObligationKind.COORDINATION_ANSWER:
        return coordination_due(opened_on, rules, days, period)
    approved = _approved_on(duty.half_year) if duty.kind == ObligationKind.PUBLICATION else None
    return publication_due(approved, rules, days, period) if approved else None


def _came_on(duty: Obligation) -> date | None:
    """The day from which a review counts: that of the letter, where the list came by one."""
    submission = Submission.objects.filter(receipt_number=duty.subject).first()
    return day_of(submission.counts_at) if submission else None


def _approved_on(half_year: str) -> date | None:
    closed = Session.objects.filter(version__calendar__half_year=half_year, decision=Decision.APPROVED)
    at = closed.order_by("closed_at").values_list("closed_at", flat=True).first()
    return day_of(at) if at else None
