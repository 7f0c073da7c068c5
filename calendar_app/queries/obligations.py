"""Which duties are owed, since when, by when, and what has met them: as known at an instant.

Later acts are ignored everywhere here, so that the past can be asked about. Each kind of duty has one reader
of its evidence; a kind without a reader is not switched on yet: it is neither listed nor reminded of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from calendar_app import terms
from calendar_app.labels.obligations import ObligationKind
from calendar_app.labels.topic_lists import ReviewOutcome
from calendar_app.models import Obligation, Review, RuleSet, Submission, TermChange
from calendar_app.models.obligations import Key
from calendar_app.models.submissions import CAME
from calendar_app.queries import asked_duties, calendar_duties, extensions, successors
from calendar_app.queries.calendar_duties import NOTHING, CalendarFacts
from calendar_app.queries.owed import Evidence, Owed, Term
from calendar_app.queries.successors import Heir
from procedure.half_years import HalfYear
from procedure.moments import day_of, start_of_day
from procedure.obligations import duties, status
from regions import workdays
from regions.models import Body
from regions.workdays import Workdays


@dataclass(frozen=True)
class Standing:
    """A duty, what has met it, and the instant at which it is looked at."""

    owed: Owed
    done: Evidence | None
    moment: datetime

    @property
    def status(self) -> str:
        """A code of the contract: upcoming, due_soon, overdue, met, late or missed."""
        return status(
            self.owed.term,  # type: ignore[arg-type]  # of a Due only its edges are asked for
            self.moment,
            done_at=self.done.done_at if self.done else None,
            possible=self.owed.closed_at is None and day_of(self.moment) <= self.owed.half_year.last_day,
            applicable=not self.owed.lapsed,
        )


def kept_status(duty: Obligation, moment: datetime) -> str:
    """How a kept duty stands at the instant: for lists of rows, where evidence is not read anew."""
    term = Term(duty.last_day, duty.aim_day, duty.due) if duty.due else None  # type: ignore[arg-type]
    over = day_of(moment) > HalfYear.parse(duty.half_year).last_day
    return status(
        term,  # type: ignore[arg-type]  # as above
        moment,
        done_at=duty.done_at,
        possible=not over and duty.closed_at is None,
        applicable=duty.done_at is not None or not _need_not_be_done(duty),
    )


def _need_not_be_done(duty: Obligation) -> bool:
    """Whether it was closed because nobody asks for it any more: a recalled list, a question overtaken, a heir."""
    if duty.closed_at is None:
        return False
    return duty.kind == ObligationKind.TOPIC_LIST_REVIEW or duty.closed_at == duty.opened_at


Reader = Callable[[Sequence[HalfYear], datetime], dict[Key, Evidence]]
RoundsReader = Callable[[Sequence[HalfYear], Workdays, datetime], Iterator[Owed]]


def topic_lists_done(half_years: Sequence[HalfYear], moment: datetime) -> dict[Key, Evidence]:
    """The first submission of each round that stood at the instant; its receipt is the proof."""
    made = Submission.objects.filter(
        topic_list__half_year__in=[one.code for one in half_years], submitted_at__lte=moment
    ).exclude(recall__at__lte=moment)
    found: dict[Key, Evidence] = {}
    # What came by letter is judged by the letter.
    rows = made.order_by("number").values_list(
        "topic_list__half_year", "topic_list__akimat_id", "round", CAME, "receipt_number"
    )
    for half_year, body, number, at, receipt in rows:
        found.setdefault((ObligationKind.TOPIC_LIST, half_year, body, number), Evidence(at, receipt))
    return found


def topic_list_rounds(half_years: Sequence[HalfYear], days: Workdays, moment: datetime) -> Iterator[Owed]:
    """The rounds that returns and reopenings up to the instant have opened, each with the term it was given."""
    opened = Review.objects.exclude(outcome=ReviewOutcome.ACCEPTED).filter(
        submission__topic_list__half_year__in=[one.code for one in half_years], at__lte=moment
    )
    for review in opened.select_related("submission__topic_list__rule_set").order_by("at", "pk"):
        topic_list = review.submission.topic_list
        due = terms.of_opened_round(topic_list, review, days)
        key = (
            ObligationKind.TOPIC_LIST,
            topic_list.half_year,
            topic_list.akimat_id,
            review.submission.round + 1,
        )
        yield Owed(key, topic_list.period, review.at, Term.of(due), topic_list.rule_set)


# One reader per kind. The others come with their objects: amendment_window, announcement, report, answers, promise.
EVIDENCE: dict[str, Reader] = {
    ObligationKind.TOPIC_LIST: topic_lists_done,
    ObligationKind.TOPIC_LIST_REVIEW: asked_duties.reviewed,
    ObligationKind.COORDINATION_ANSWER: asked_duties.answered,
    ObligationKind.CALENDAR_SUBMISSION: calendar_duties.submitted,
    ObligationKind.DECISION: calendar_duties.decided,
    ObligationKind.PUBLICATION: calendar_duties.published,
}
# Duties that acts open: rounds after a return, reviews of what came, questions to ministries.
ROUNDS: dict[str, RoundsReader] = {
    ObligationKind.TOPIC_LIST: topic_list_rounds,
    ObligationKind.TOPIC_LIST_REVIEW: asked_duties.reviews,
    ObligationKind.COORDINATION_ANSWER: asked_duties.questions,
    ObligationKind.CALENDAR_SUBMISSION: calendar_duties.rounds,
}


def half_years_of(day: date) -> tuple[HalfYear, HalfYear]:
    """Those whose duties are kept on the day: the half-year that holds it, and the next."""
    current = HalfYear.of(day)
    return current, current.next


def known(half_years: Sequence[HalfYear], moment: datetime) -> tuple[list[Owed], dict[Key, Evidence]]:
    """The duties of the half-years and what has met them, as known at the instant.

    What a closed body still owed is owed by its successor. Raises RuleSet.DoesNotExist for an instant before the
    first rule set.
    """
    after = successors.heirs(moment)
    owed = derived(half_years, moment, after)
    passed, settled = successors.passed_on(owed, evidence(half_years, moment), after)
    # More time may have been given to the successor.
    return (extensions.overlaid(passed, half_years, moment) if after else passed), settled


def derived(half_years: Sequence[HalfYear], moment: datetime, after: Mapping[str, Heir]) -> list[Owed]:
    """The duties that the rules in force at the instant make, first rounds, then those that returns opened.

    after: closed bodies, whose duties are among them.
    """
    day, days = day_of(moment), workdays.current()
    rule_set = RuleSet.objects.in_force_on(day)
    rows = Body.objects.akimats().on(day).order_by("code").values_list("code", "valid_from")
    since = {code: start_of_day(valid_from) if valid_from else None for code, valid_from in rows}
    calendars = calendar_duties.facts(half_years, moment)
    found: list[Owed] = []
    for half_year in half_years:
        akimats = since | dict.fromkeys(successors.closed_akimats(after, half_year))
        found += _first_rounds(half_year, rule_set, days, akimats, calendars.get(half_year.code, NOTHING))
    for reader in ROUNDS.values():
        found += reader(half_years, days, moment)
    return extensions.overlaid(found, half_years, moment)


def evidence(half_years: Sequence[HalfYear], moment: datetime) -> dict[Key, Evidence]:
    """What has met the duties up to the instant: one query per kind."""
    found: dict[Key, Evidence] = {}
    for reader in EVIDENCE.values():
        found |= reader(half_years, moment)
    return found


def as_known(moment: datetime) -> list[Standing]:
    """How all duties of the two half-years stood at the instant, in the order of the procedure."""
    half_years = half_years_of(day_of(moment))
    # A term that began to run in the last minute is not kept yet.
    kept = {one.key: one for one in _kept(half_years, moment) if one.term}
    owed_now, done = known(half_years, moment)
    current = [_as_kept(owed, kept.pop(owed.key, None)) for owed in owed_now]
    # A body that was closed since still has what it owed before; what opened later was not known then.
    current += [owed for owed in kept.values() if owed.opened_at <= moment and owed.key[3] == 1]
    return [Standing(owed, done.get(owed.key), moment) for owed in current]


def _as_kept(owed: Owed, kept: Owed | None) -> Owed:
    """The term is the one that was kept; whether it can still be done is read anew."""
    return replace(kept, closed_at=owed.closed_at, lapsed=owed.lapsed) if kept else owed


def _first_rounds(
    half_year: HalfYear,
    rule_set: RuleSet,
    days: Workdays,
    akimats: Mapping[str, datetime | None],
    calendar: CalendarFacts,
) -> Iterator[Owed]:
    """akimats: by code, the instant from which each exists, None for one that always did."""
    # A half-year begins to be prepared when the one before it begins.
    opened_at = start_of_day(half_year.previous.first_day)
    lists = duties(half_year, rule_set.rules, days, akimats=akimats)
    # A calendar that was opened keeps the rule set by which it is enforced.
    own = calendar.rule_set or rule_set
    calendars = duties(half_year, own.rules, days, akimats=(), approved_on=calendar.approved_on)
    for rules, found in ((rule_set, lists), (own, calendars)):
        for duty in found:
            if duty.kind in EVIDENCE and (duty.kind == ObligationKind.TOPIC_LIST) == (found is lists):
                key = (duty.kind, duty.subject, duty.body, duty.round)
                since = max(opened_at, akimats.get(duty.body) or opened_at)
                yield Owed(key, half_year, since, Term.of(duty.due) if duty.due else None, rules)


def _kept(half_years: Sequence[HalfYear], moment: datetime) -> Iterator[Owed]:
    """Duties as they are kept in the database, each with the term that it had at the instant."""
    earlier = _terms_since(half_years, moment)
    rows = Obligation.objects.of_half_years(half_years).filter(kind__in=EVIDENCE)
    for row in rows.select_related("rule_set"):
        was: Any = earlier.get(row.pk, row)
        term = Term(was.last_day, was.aim_day, was.due) if was.due else None
        closed_at = row.closed_at if row.closed_at and row.closed_at <= moment else None
        yield Owed(
            row.key,
            HalfYear.parse(row.half_year),
            row.opened_at,
            term,
            was.rule_set,
            closed_at=closed_at,
            lapsed=closed_at == row.opened_at,
        )


def _terms_since(half_years: Sequence[HalfYear], moment: datetime) -> dict[int, TermChange]:
    """Of duties whose term changed after the instant, the first such change: it has the term of then."""
    changes = TermChange.objects.filter(
        obligation__half_year__in=[one.code for one in half_years], at__gt=moment
    )
    found: dict[int, TermChange] = {}
    for change in changes.select_related("rule_set").order_by("at", "pk"):
        found.setdefault(change.obligation_id, change)
    return found
