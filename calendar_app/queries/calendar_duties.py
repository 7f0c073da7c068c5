"""What calendars say about the duties of the authorised body and the commission, as known at an instant.

Only the first calendar of a half-year is a duty with a date: a version that changes one in force has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from calendar_app.labels.commission import Decision
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import Calendar, CalendarSubmission, CalendarVersion, RuleSet, Session
from calendar_app.models.obligations import Key
from calendar_app.queries.owed import Evidence, Owed, Term
from procedure.deadlines import round_due
from procedure.half_years import HalfYear
from procedure.moments import day_of
from procedure.obligations import AUTHORITY, COMMISSION
from regions.workdays import Workdays


@dataclass(frozen=True)
class CalendarFacts:
    """By which rule set a calendar is kept, and the day of the first approval; None while there is none."""

    rule_set: RuleSet | None = None
    approved_on: date | None = None


NOTHING = CalendarFacts()


def facts(half_years: Sequence[HalfYear], moment: datetime) -> dict[str, CalendarFacts]:
    """The facts of each half-year whose calendar was opened by the instant; two queries."""
    approved = {key[1]: day_of(one.done_at) for key, one in decided(half_years, moment).items()}
    opened = Calendar.objects.filter(half_year__in=_codes(half_years), opened_at__lte=moment)
    return {
        one.half_year: CalendarFacts(one.rule_set, approved.get(one.half_year))
        for one in opened.select_related("rule_set")
    }


def submitted(half_years: Sequence[HalfYear], moment: datetime) -> dict[Key, Evidence]:
    """The submissions to the commission that had a date, by round; the receipt is the proof."""
    made = CalendarSubmission.objects.filter(
        version__calendar__half_year__in=_codes(half_years), due__isnull=False, submitted_at__lte=moment
    )
    rows = made.order_by("submitted_at", "pk").values_list(
        "version__calendar__half_year", "round", "submitted_at", "receipt_number"
    )
    found: dict[Key, Evidence] = {}
    for half_year, number, at, receipt in rows:
        key = (ObligationKind.CALENDAR_SUBMISSION, half_year, AUTHORITY, number)
        found.setdefault(key, Evidence(at, receipt))
    return found


def decided(half_years: Sequence[HalfYear], moment: datetime) -> dict[Key, Evidence]:
    """The first approval of each half-year; the protocol is the proof."""
    closed = Session.objects.filter(
        version__calendar__half_year__in=_codes(half_years), decision=Decision.APPROVED, closed_at__lte=moment
    )
    rows = closed.order_by("closed_at", "pk").values_list(
        "version__calendar__half_year", "closed_at", "protocol_number"
    )
    found: dict[Key, Evidence] = {}
    for half_year, at, protocol in rows:
        assert at is not None
        found.setdefault((ObligationKind.DECISION, half_year, COMMISSION, 1), Evidence(at, protocol))
    return found


def published(half_years: Sequence[HalfYear], moment: datetime) -> dict[Key, Evidence]:
    """The first version in force of each half-year, by its number."""
    in_force = CalendarVersion.objects.filter(
        calendar__half_year__in=_codes(half_years), in_force_from__lte=moment
    )
    rows = in_force.order_by("in_force_from", "pk").values_list(
        "calendar__half_year", "in_force_from", "number"
    )
    found: dict[Key, Evidence] = {}
    for half_year, at, number in rows:
        assert at is not None
        key = (ObligationKind.PUBLICATION, half_year, AUTHORITY, 1)
        found.setdefault(key, Evidence(at, f"{half_year}/{number}"))
    return found


def rounds(half_years: Sequence[HalfYear], days: Workdays, moment: datetime) -> Iterator[Owed]:
    """The rounds that the commission opened by returning a calendar, each with its own term."""
    returned = Session.objects.filter(
        version__calendar__half_year__in=_codes(half_years),
        version__submission__due__isnull=False,
        decision=Decision.RETURNED,
        closed_at__lte=moment,
    ).select_related("version__calendar__rule_set", "version__submission")
    for session in returned.order_by("closed_at", "pk"):
        assert session.closed_at
        calendar = session.version.calendar
        rules, period = calendar.rule_set.rules, calendar.period
        due = round_due("calendar_submission", day_of(session.closed_at), rules, days, period)
        number = session.version.submission.round + 1
        key = (ObligationKind.CALENDAR_SUBMISSION, calendar.half_year, AUTHORITY, number)
        yield Owed(key, period, session.closed_at, Term.of(due), calendar.rule_set)


def _codes(half_years: Sequence[HalfYear]) -> list[str]:
    return [one.code for one in half_years]
