"""The authorised body gives more time for a duty of another body (procedure, section 3)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Subject
from base.errors import Refused, Stale
from calendar_app.labels.obligations import ObligationKind
from calendar_app.letters import extensions as letters
from calendar_app.models import Obligation, TermChange, TermExtension, TopicList
from calendar_app.transitions import obligations
from procedure.extensions import problems_to_extend
from procedure.half_years import HalfYear
from procedure.moments import day_of, end_of_day
from procedure.problems import Problem
from procedure.workdays import working_day_from
from regions import workdays


@transaction.atomic
def extend(
    *, obligation: Obligation, last_day: date, reason: str, by: User, now: datetime, version: int
) -> TermExtension:
    """Give the duty a later last day; its body is written to, and reminders follow the new term.

    version: how many extensions the page showed. What was late by then stays late; a duty that is overdue
    and open stands in time again. Raises NotPermitted, Stale, and Refused for a duty that is done or is of
    another kind, for a day that is not later, and without a reason.
    """
    actor = access.check(by, Permission.TERM_EXTEND, obligation.body, now)
    if obligation.kind == ObligationKind.TOPIC_LIST:
        # The list before its duty, as acts on a list lock them: what is submitted meanwhile is not extended.
        lists = TopicList.objects.filter(half_year=obligation.subject, akimat=obligation.body_id)
        lists.select_for_update().first()
    obligations.derive(now=now)
    locked = Obligation.objects.select_related("body").select_for_update(of=("self",)).get(pk=obligation.pk)
    if locked.extensions.count() != version:
        raise Stale
    _refuse_unless_extendable(locked, last_day, reason, day_of(now))
    assert locked.last_day
    made = TermExtension.objects.create(
        obligation=locked,
        at=now,
        by=by,
        before=locked.last_day,
        last_day=last_day,
        aim_day=working_day_from(last_day, workdays.current(), direction=-1),
        due=end_of_day(last_day),
        reason=reason.strip(),
    )
    _take(locked, made, now)
    journal.record(
        act="duty.extend",
        actor=actor,
        now=now,
        subject=Subject("obligation", str(locked.pk), str(locked), locked.body_id),
        changes={"last_day": [made.before.isoformat(), made.last_day.isoformat()]},
    )
    letters.term_extended(made, now=now)
    return made


def _refuse_unless_extendable(duty: Obligation, last_day: date, reason: str, today: date) -> None:
    if duty.done_at or duty.closed_at or duty.last_day is None:
        raise Refused([Problem("duty_not_open")])
    half_year = HalfYear.parse(duty.half_year)
    problems = problems_to_extend(duty.kind, half_year, duty.last_day, last_day, today, reason)
    if problems:
        raise Refused(problems)


def _take(duty: Obligation, made: TermExtension, now: datetime) -> None:
    """The kept duty gets the new term, and its trace the one before."""
    TermChange.objects.create(
        obligation=duty,
        at=now,
        rule_set_id=duty.rule_set_id,
        last_day=duty.last_day,
        aim_day=duty.aim_day,
        due=duty.due,
    )
    duty.last_day, duty.aim_day, duty.due, duty.extended_at = made.last_day, made.aim_day, made.due, now
    duty.save(update_fields=["last_day", "aim_day", "due", "extended_at"])
