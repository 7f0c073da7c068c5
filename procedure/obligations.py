"""Which duties exist for a half-year, and how a duty stands at an instant (procedure, section 2).

A duty is known by its kind, subject, body and round, never by its day: 1 June and 1 December
each carry two of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from procedure.deadlines import (
    Due,
    Window,
    amendment_window,
    calendar_submission_due,
    publication_due,
    round_due,
    topic_list_due,
)
from procedure.half_years import HalfYear
from procedure.moments import day_of, in_utc
from procedure.rule_sets import RuleSet
from procedure.workdays import Workdays

# From this many days before the last day a duty is shown as due soon.
DUE_SOON_DAYS = 14

# Bodies that act alone; akimats and ministries come in numbers.
AUTHORITY, COMMISSION = "authority", "commission"


@dataclass(frozen=True)
class Duty:
    """One duty of one body.

    kind     "topic_list", "calendar_submission", "decision", "publication", "amendment_window"
    subject  what it is about: the code of a half-year or, for amendments, of a quarter
    body     an account-style code such as "akimat.19"
    round    1 for the first time, then one more for each return
    due      None where there is no term (a decision) or it does not run yet (a publication)
    window   for amendments only
    """

    kind: str
    subject: str
    body: str
    half_year: HalfYear
    round: int = 1
    due: Due | None = None
    window: Window | None = None


def duties(
    half_year: HalfYear,
    rules: RuleSet,
    workdays: Workdays,
    *,
    akimats: Iterable[str],
    ministries: Iterable[str] = (),
    approved_on: date | None = None,
    published_at: datetime | None = None,
) -> list[Duty]:
    """The duties of a half-year in the order of the procedure, first rounds only.

    akimats, ministries: codes of the bodies that plan and those whose meetings are planned.
    approved_on: the day (in Almaty) of the commission's approval; published_at: the aware moment
    from which a version has been in force; None while it has not happened.
    """
    code = half_year.code
    list_due = topic_list_due(half_year, rules, workdays)
    calendar_due = calendar_submission_due(half_year, rules, workdays)
    publishing = publication_due(approved_on, rules, workdays, half_year) if approved_on else None
    windows = [amendment_window(quarter, rules, workdays, published_at) for quarter in half_year.quarters]
    return [
        *(Duty("topic_list", code, body, half_year, due=list_due) for body in akimats),
        Duty("calendar_submission", code, AUTHORITY, half_year, due=calendar_due),
        Duty("decision", code, COMMISSION, half_year),
        Duty("publication", code, AUTHORITY, half_year, due=publishing),
        *(
            Duty("amendment_window", window.quarter.code, body, half_year, due=window.due, window=window)
            for body in ministries
            for window in windows
        ),
    ]


def duty_after_return(duty: Duty, returned_on: date, rules: RuleSet, workdays: Workdays) -> Duty:
    """The next round of a topic list or calendar that was returned on a day in Almaty.

    The first round keeps its own verdict, in time or late; this one has a term of its own.
    """
    due = round_due(duty.kind, returned_on, rules, workdays, duty.half_year)
    return Duty(duty.kind, duty.subject, duty.body, duty.half_year, duty.round + 1, due)


def status(
    due: Due | None,
    moment: datetime,
    *,
    done_at: datetime | None = None,
    possible: bool = True,
    applicable: bool = True,
) -> str:
    """How a duty stands at an aware moment; later acts are ignored.

    due None means without a term. possible False: it can no longer be done. Gives "upcoming",
    "due_soon" (14 days or fewer), "overdue", "met", "late", "missed" or "not_applicable".
    """
    if not applicable:
        return "not_applicable"
    if done_at is not None and in_utc(done_at) <= in_utc(moment):
        return "late" if due is not None and due.is_late(done_at) else "met"
    if not possible:
        return "missed"
    if due is None:
        return "upcoming"
    if due.is_late(moment):
        return "overdue"
    return "due_soon" if due.days_left(day_of(moment)) <= DUE_SOON_DAYS else "upcoming"


def window_status(window: Window, moment: datetime, *, used_at: datetime | None = None) -> str:
    """How a window stands at an aware moment for one ministry; later acts are ignored.

    used_at: when the ministry first proposed an amendment in it. Gives "upcoming", "open",
    "closed", "used" or "not_applicable" (nothing is in force before it closes).
    """
    if not window.applicable:
        return "not_applicable"
    if used_at is not None and window.is_open(used_at) and in_utc(used_at) <= in_utc(moment):
        return "used"
    if window.is_open(moment):
        return "open"
    return "closed" if window.due.is_late(moment) else "upcoming"
