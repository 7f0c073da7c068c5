"""Reads across models: where each akimat stands with its topic list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import BooleanField, Case, F, Q, QuerySet, When
from django.db.models.expressions import RawSQL

from accounts.permissions import Permission, roles_with
from base import written_once
from base.search import words
from calendar_app import terms
from calendar_app.labels.topic_lists import LATE, NOBODY, NOT_STARTED, OVERDUE, TopicListState
from calendar_app.models import RuleSet, TopicList
from calendar_app.models.rule_sets import in_force
from calendar_app.models.topic_lists import LIST_WORDS
from calendar_app.queries import extensions
from procedure.deadlines import Due
from procedure.half_years import HalfYear
from procedure.moments import day_of
from regions import workdays
from regions.models import Body, Territory
from regions.models.bodies import BodyQuerySet


@dataclass(frozen=True)
class Standing:
    """One akimat's topic list for one half-year, with its term, as seen at an instant."""

    akimat: Body
    half_year: HalfYear
    topic_list: TopicList | None
    term: Due
    now: datetime
    # By when the authorised body owes its decision; None unless the list lies with it.
    review: Due | None = None

    @property
    def is_review_late(self) -> bool:
        return self.review is not None and self.review.is_late(self.now)

    @property
    def state(self) -> str:
        return self.topic_list.state if self.topic_list else NOT_STARTED

    @property
    def round(self) -> int:
        return self.topic_list.round if self.topic_list else 1

    @property
    def is_owed(self) -> bool:
        """Whether the akimat, and not the authorised body, has to act next."""
        return self.state not in (TopicListState.SUBMITTED, TopicListState.ACCEPTED)

    @property
    def is_overdue(self) -> bool:
        return self.is_owed and self.term.is_late(self.now)

    @property
    def is_late(self) -> bool:
        """Came late, for ever: the mark of its first submission (procedure, section 3)."""
        return bool(self.topic_list and self.topic_list.came_late)

    @property
    def is_extended(self) -> bool:
        """Whether the authorised body gave more time than the rules do."""
        return any(step.code == "extended" for step in self.term.steps)

    @property
    def submitted_at(self) -> datetime | None:
        return self.topic_list.last_submitted_at if self.topic_list else None

    @property
    def has_officer(self) -> bool:
        """Whether somebody can be reminded; only of akimats read by `with_officers`."""
        return getattr(self.akimat, "has_officer", True)

    @property
    def days_left(self) -> int | None:
        """Days to the last day, negative after it; None while the next act is not the akimat's."""
        return self.term.days_left(day_of(self.now)) if self.is_owed else None

    @property
    def aim_day(self) -> date | None:
        """The day to aim at, while the list is owed and only if it is not the last day itself."""
        return self.term.aim_day if self.is_owed and self.term.aim_day != self.term.last_day else None

    @property
    def kinds(self) -> set[str]:
        """All that counts and filters of the board ask of a row: its state, and marks that hold."""
        marks = {OVERDUE: self.is_overdue, LATE: self.is_late, NOBODY: not self.has_officer}
        return {self.state} | {mark for mark, holds in marks.items() if holds}


def standings(akimats: Sequence[Body], half_years: Sequence[HalfYear], now: datetime) -> list[Standing]:
    """Where the akimats stand with the half-years, in that order: four queries for any number of them.

    The lists come without their texts, and each rule set is read once, not with every list.
    """
    days, rule_sets = workdays.current(), {one.pk: one for one in _rule_sets()}
    rules = in_force(rule_sets.values(), day_of(now))
    read = _lists(tuple(one.pk for one in akimats), tuple(one.code for one in half_years), day_of(now))
    # An akimat's own list goes before one that its predecessor left.
    lists: dict[tuple[str, str], TopicList | None] = {(one.heir, one.half_year): one for one in read}  # type: ignore[attr-defined]
    lists |= {(one.akimat_id, one.half_year): one for one in read}
    asked = {rules.pk, *(one.rule_set_id for one in read)}
    given = extensions.first_rounds_of_lists(half_years)
    rows = []
    for half_year in half_years:
        # Almost all lists stand in their first round, under one rule set: its term is computed once.
        first = {key: terms.of_half_year(half_year, rule_sets[key], days) for key in asked}
        for akimat in akimats:
            one, term = lists.get((akimat.pk, half_year.code)), first[rules.pk]
            if one:
                one.rule_set = rule_sets[one.rule_set_id]
                if one.akimat_id == akimat.pk:
                    one.akimat = akimat
                term = first[one.rule_set_id]
            if one and (one.round_opened_at or one.extended_to):
                term = terms.of_standing(one, days)
            elif last_day := given.get((akimat.pk, half_year.code)):
                term = terms.with_extension(term, last_day, days)
            rows.append(Standing(akimat, half_year, one, term, now, _review(one, days)))
    return rows


@written_once.rows
def _rule_sets() -> QuerySet[RuleSet]:
    return RuleSet.objects.all()


@written_once.rows
def _lists(akimats: tuple[str, ...], half_years: tuple[str, ...], today: date) -> QuerySet[TopicList]:
    came = _came_from_predecessors(akimats, today)
    found = TopicList.objects.filter(Q(akimat__in=akimats) | came, half_year__in=half_years)
    heir = Case(When(came, then=F("akimat__successor")), default=F("akimat"))
    return found.defer(*LIST_WORDS).with_standing().annotate(heir=heir)


def _came_from_predecessors(codes: Sequence[str], today: date) -> Q:
    """Lists of akimats that were closed, as far as they lie with the authorised body: their successors owe none."""
    came = [TopicListState.SUBMITTED, TopicListState.ACCEPTED]
    return Q(akimat__successor__in=codes, akimat__valid_to__lt=today, state__in=came)


def _review(topic_list: TopicList | None, days: workdays.Workdays) -> Due | None:
    """The term of the review that the list waits for."""
    if topic_list is None or topic_list.state != TopicListState.SUBMITTED:
        return None
    assert topic_list.last_submitted_at
    return terms.of_review(topic_list, topic_list.last_submitted_at, days)


def waiting_for_review(rows: Sequence[Standing]) -> list[Standing]:
    """The rows that wait for a decision: those whose term ends or ended first, then by age."""
    waiting = [row for row in rows if row.review]
    return sorted(waiting, key=lambda row: (row.review and row.review.due, row.submitted_at))


def first_term(half_year: HalfYear, rows: Sequence[Standing], today: date) -> Due:
    """By when the lists of the half-year are due by the rules in force, from rows already read if possible."""
    for row in rows:
        if row.half_year == half_year and row.round == 1 and not row.is_extended:
            return row.term
    return terms.of_half_year(half_year, RuleSet.objects.in_force_on(today), workdays.current())


# Fixed text: as an Exists() of the ORM it took longer to write than all of the board's rows to read.
_HAS_OFFICER = """
    EXISTS (SELECT FROM accounts_membership m
    JOIN accounts_user u ON u.id = m.user_id AND u.is_active AND u.email <> ''
    WHERE m.body_id = regions_body.code AND m.role = ANY (%s)
        AND m.valid_from <= %s AND (m.valid_to IS NULL OR m.valid_to >= %s))
"""


def with_officers(akimats: BodyQuerySet, today: date) -> BodyQuerySet:
    """The akimats, each knowing whether it has an active person who may write a list."""
    writers = sorted(roles_with(Permission.TOPIC_LIST_WRITE))
    found = RawSQL(_HAS_OFFICER, (writers, today, today), output_field=BooleanField())  # noqa: S611 - fixed text
    return akimats.annotate(has_officer=found)


def akimats(day: date, language: str = "", *, named: str = "") -> list[Body]:
    """The akimats of the day with their officers, in alphabetical order of a language; those with such a name."""
    return (
        list(_found_by_name(_akimats(day, language), named)) if words(named) else _every_akimat(day, language)
    )


def _akimats(day: date, language: str) -> BodyQuerySet:
    found = with_officers(Body.objects.akimats().on(day), day)
    return found.in_alphabetical_order(language) if language else found


_every_akimat = written_once.rows(_akimats)


def _found_by_name(akimats: BodyQuerySet, text: str) -> BodyQuerySet:
    """Akimats where each word is part of a name of theirs or of their region's, former names included."""
    for word in words(text):
        regions = Territory.objects.matching(word)
        akimats = akimats.filter(
            Q(pk__in=Body.objects.matching(word).values("pk")) | Q(region__in=regions.values("pk"))
        )
    return akimats


def board_counts(rows: Sequence[Standing]) -> Counter[str]:
    """How many akimats are in each state or bear a mark: 0 for what none of them is."""
    return Counter(kind for row in rows for kind in row.kinds)
