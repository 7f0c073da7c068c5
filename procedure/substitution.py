"""Who may come in the place of a head (procedure, section 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from procedure.deadlines import Due, term_due
from procedure.moments import day_of, in_utc
from procedure.problems import Problem
from procedure.rule_sets import Ground, RuleSet
from procedure.workdays import Workdays

__all__ = [
    "Document",
    "Engagement",
    "Footing",
    "Ground",
    "Meeting",
    "Official",
    "Standing",
    "Substitution",
    "document_due",
    "document_status",
    "duty_breached",
    "is_eligible",
    "problems_of_deputy",
    "problems_to_register",
    "registered_after_start",
    "standing",
]


class Footing(StrEnum):
    """On what footing a deputy stands in: must, may, need not ask, or not at all."""

    DUTY = "duty"
    RIGHT = "right"
    NOT_BOUND = "not_bound"
    REFUSED = "refused"


@dataclass(frozen=True)
class Official:
    """A person in a post of a body: days are dates in Almaty, both ends included, None is open.

    is_head  holds the post of the head on the day in question, as an acting head does too
    deputy_prime_minister_*  the standing post of ground (c)
    """

    person: str
    body: str
    in_office_from: date
    in_office_to: date | None = None
    is_head: bool = False
    deputy_prime_minister_from: date | None = None
    deputy_prime_minister_to: date | None = None

    def in_office(self, day: date) -> bool:
        """Whether the term of office holds the day."""
        return _within(day, self.in_office_from, self.in_office_to)

    def is_deputy_prime_minister(self, day: date) -> bool:
        """Whether the person holds that post too on the day."""
        start = self.deputy_prime_minister_from
        return start is not None and _within(day, start, self.deputy_prime_minister_to)


@dataclass(frozen=True)
class Engagement:
    """A time in which a person is busy elsewhere: aware, half-open."""

    person: str
    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Substitution:
    """One that is in effect at the same meeting: who does not come, and who comes."""

    absent: str
    deputy: str


@dataclass(frozen=True)
class Meeting:
    """A meeting as section 4 sees it: aware start and end; when its report was published, if ever."""

    starts: datetime
    ends: datetime
    report_published_at: datetime | None = None

    @property
    def day(self) -> date:
        """The day in Almaty on which it starts: the one that terms of office are asked about."""
        return day_of(self.starts)


@dataclass(frozen=True)
class Document:
    """The instruction of the President or the Prime Minister behind ground (b)."""

    number: str = ""
    day: date | None = None

    @property
    def is_complete(self) -> bool:
        """Both number and date are there."""
        return bool(self.number.strip()) and self.day is not None

    @property
    def is_empty(self) -> bool:
        """Neither is there."""
        return not self.number.strip() and self.day is None


@dataclass(frozen=True)
class Standing:
    """The footing, and for a refusal the reason why."""

    footing: Footing
    problem: Problem | None = None


def standing(head: Official, ground: str | None, day: date, rules: RuleSet) -> Standing:
    """Whether a deputy must, may or must not stand in for the head on the day.

    ground: a Ground, or anything else that was given as a reason; None for no reason. Any reason
    that the rule set does not list is refused: the meeting is moved, or recorded as not held.
    """
    if rules.is_exempt(head.body):
        return Standing(Footing.NOT_BOUND)
    known = rules.grounds.get(ground) if ground else None
    if known is None:
        return Standing(Footing.REFUSED, Problem("no_ground", {"ground": ground or ""}, "ground"))
    if ground == Ground.DEPUTY_PRIME_MINISTER and not head.is_deputy_prime_minister(day):
        problem = Problem("not_deputy_prime_minister", {"person": head.person, "day": day}, "ground")
        return Standing(Footing.REFUSED, problem)
    return Standing(Footing.DUTY if known.effect == "must" else Footing.RIGHT)


def problems_of_deputy(
    deputy: Official,
    head: Official,
    meeting: Meeting,
    engagements: Iterable[Engagement] = (),
    others: Iterable[Substitution] = (),
) -> list[Problem]:
    """Why the deputy cannot come to the meeting in the head's place; empty if nothing is in the way.

    engagements: what people do at other meetings; others: substitutions at this meeting.
    """
    codes = []
    if deputy.person == head.person or deputy.is_head:
        codes.append("deputy_is_head")
    if deputy.body != head.body:
        codes.append("deputy_of_other_body")
    if not deputy.in_office(meeting.day):
        codes.append("deputy_not_in_office")
    if any(_keeps_busy(engagement, deputy.person, meeting) for engagement in engagements):
        codes.append("deputy_busy")
    codes += _chain_codes(deputy.person, head.person, others)
    return [Problem(code, {"person": deputy.person}, "deputy") for code in codes]


def is_eligible(
    deputy: Official,
    head: Official,
    meeting: Meeting,
    engagements: Iterable[Engagement] = (),
    others: Iterable[Substitution] = (),
) -> bool:
    """Whether the deputy can come to the meeting in the head's place."""
    return not problems_of_deputy(deputy, head, meeting, engagements, others)


def problems_to_register(
    *,
    head: Official,
    deputy: Official,
    ground: str | None,
    document: Document,
    meeting: Meeting,
    now: datetime,
    rules: RuleSet,
    engagements: Iterable[Engagement] = (),
    others: Iterable[Substitution] = (),
) -> list[Problem]:
    """Everything that keeps a substitution from being registered now; empty if nothing does.

    It may be registered after the start, until the report is published. A missing document does
    not stop it: it may follow within a term.
    """
    problems = []
    if not head.in_office(meeting.day):
        problems.append(Problem("head_not_in_office", {"person": head.person}, "head"))
    refusal = standing(head, ground, meeting.day, rules).problem
    problems += [refusal] if refusal else []
    problems += problems_of_deputy(deputy, head, meeting, engagements, others)
    if ground == Ground.ILL_HEALTH and not document.is_empty:
        # No medical detail is asked for or stored.
        problems.append(Problem("document_not_stored", field="document"))
    if _report_is_out(meeting, now):
        problems.append(Problem("report_published"))
    return problems


def registered_after_start(meeting: Meeting, registered_at: datetime) -> bool:
    """Whether a substitution registered at the aware moment is marked so: the meeting had begun."""
    return in_utc(registered_at) >= in_utc(meeting.starts)


def document_due(registered_on: date, rules: RuleSet, workdays: Workdays) -> Due:
    """When number and date of the instruction must have followed (3 working days by default)."""
    return term_due("ground_document", "ground_document", registered_on, rules, workdays)


def document_status(
    ground: str | None, document: Document, due: Due, moment: datetime, rules: RuleSet
) -> str:
    """How the document stands: "not_needed", "complete", "to_follow" or "overdue"."""
    known = rules.grounds.get(ground) if ground else None
    if known is None or not known.document:
        return "not_needed"
    if document.is_complete:
        return "complete"
    return "overdue" if due.is_late(moment) else "to_follow"


def duty_breached(footing: Footing, *, stood_in: bool, eligible_deputies: int) -> bool:
    """Whether a body failed its duty to send a deputy: only if there was one who could come."""
    return footing == Footing.DUTY and not stood_in and eligible_deputies > 0


def _within(day: date, start: date, end: date | None) -> bool:
    return start <= day and (end is None or day <= end)


def _keeps_busy(engagement: Engagement, person: str, meeting: Meeting) -> bool:
    if engagement.person != person:
        return False
    begins_before = in_utc(engagement.starts) < in_utc(meeting.ends)
    return begins_before and in_utc(meeting.starts) < in_utc(engagement.ends)


def _chain_codes(deputy: str, head: str, others: Iterable[Substitution]) -> list[str]:
    """No chains, no loops: nobody stands in for a deputy, and no absent person stands in."""
    codes = []
    for other in others:
        if head == other.absent:
            codes.append("already_substituted")
        if head == other.deputy or deputy == other.absent:
            codes.append("chain")
        if deputy == other.deputy:
            codes.append("deputy_stands_in_already")
    return codes


def _report_is_out(meeting: Meeting, now: datetime) -> bool:
    published = meeting.report_published_at
    return published is not None and in_utc(now) >= in_utc(published)
