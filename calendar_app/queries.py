"""Reads across models: where each akimat stands with its topic list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from accounts.models import Membership
from accounts.permissions import Permission, roles_with
from calendar_app import terms
from calendar_app.labels import NOT_STARTED, TopicListState
from calendar_app.models import RuleSet, TopicList
from procedure.deadlines import Due
from procedure.half_years import HalfYear
from procedure.moments import day_of
from regions import workdays
from regions.models import Body


@dataclass(frozen=True)
class Standing:
    """One akimat's topic list for one half-year, with its term, as seen at an instant."""

    akimat: Body
    half_year: HalfYear
    topic_list: TopicList | None
    term: Due
    now: datetime
    has_officer: bool = True

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
        return bool(self.topic_list and self.topic_list.is_late)

    @property
    def days_left(self) -> int:
        return self.term.days_left(day_of(self.now))


def standings(
    akimats: Iterable[Body], half_year: HalfYear, now: datetime, *, with_officers: bool = False
) -> list[Standing]:
    """Where the akimats stand with the half-year; the same number of queries for any number of them."""
    akimats = list(akimats)
    today, days = day_of(now), workdays.current()
    lists = {
        one.akimat_id: one
        for one in TopicList.objects.of_half_year(half_year)
        .filter(akimat__in=akimats)
        .select_related("rule_set", "akimat")
        .with_submissions()
    }
    first = terms.of_half_year(half_year, RuleSet.objects.in_force_on(today), days)
    staffed = _staffed_bodies(today) if with_officers else None
    return [
        Standing(
            akimat=akimat,
            half_year=half_year,
            topic_list=lists.get(akimat.pk),
            term=terms.of_list(lists[akimat.pk], days) if akimat.pk in lists else first,
            now=now,
            has_officer=staffed is None or akimat.pk in staffed,
        )
        for akimat in akimats
    ]


def first_term(half_year: HalfYear, today: date) -> Due:
    """By when the lists of a half-year are due, by the rules in force today."""
    return terms.of_half_year(half_year, RuleSet.objects.in_force_on(today), workdays.current())


def board_counts(rows: Iterable[Standing]) -> dict[str, int]:
    """How many akimats are in each state, and how many are overdue or came late."""
    counts = dict.fromkeys([NOT_STARTED, *TopicListState.values, "overdue", "late"], 0)
    for row in rows:
        counts[row.state] += 1
        counts["overdue"] += row.is_overdue
        counts["late"] += row.is_late
    return counts


def _staffed_bodies(today: date) -> set[str]:
    """Bodies with at least one active person who may write a list."""
    return set(
        Membership.objects.on(today)
        .filter(role__in=roles_with(Permission.TOPIC_LIST_WRITE), user__is_active=True)
        .values_list("body_id", flat=True)
    )
