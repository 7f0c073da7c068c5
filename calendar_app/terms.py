"""By when an akimat owes its list: the rules of its rule set, or the term of a returned round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from calendar_app.labels.calendars import OPEN_STATES, VersionState
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import CalendarVersion, Review, RuleSet, TermExtension, TopicList
from procedure.deadlines import Due, review_due, round_due, topic_list_due
from procedure.extensions import extended
from procedure.half_years import HalfYear
from procedure.moments import day_of
from regions.workdays import Workdays


def half_years_open_for_lists(today: date) -> tuple[HalfYear, HalfYear]:
    """The half-year that runs (its list may still come, late) and the one in preparation."""
    current = HalfYear.of(today)
    return current, current.next


def of_half_year(half_year: HalfYear, rule_set: RuleSet, workdays: Workdays) -> Due:
    """The term of a first round (procedure, section 2, row 1)."""
    return topic_list_due(half_year, rule_set.rules, workdays)


def of_list(topic_list: TopicList, workdays: Workdays, given: TermExtension | None) -> Due:
    """The term of the round the list is in; given: its extension, as `extension_of` reads it."""
    opened = topic_list.last_return
    if opened is None:
        due = of_half_year(topic_list.period, topic_list.rule_set, workdays)
    else:
        due = of_opened_round(topic_list, opened, workdays)
    return with_extension(due, given.last_day if given else None, workdays)


def of_standing(topic_list: TopicList, workdays: Workdays) -> Due:
    """The same for a list read with `with_standing()`."""
    opened_at = topic_list.round_opened_at
    if opened_at is None:
        due = of_half_year(topic_list.period, topic_list.rule_set, workdays)
    else:
        due = _of_round(topic_list, opened_at, topic_list.round_last_day, topic_list.round_due, workdays)
    return with_extension(due, topic_list.extended_to, workdays)


def with_extension(due: Due, last_day: date | None, workdays: Workdays) -> Due:
    """The term, or the later one that the authorised body gave instead."""
    return extended(due, last_day, workdays) if last_day and last_day > due.last_day else due


def extension_of(topic_list: TopicList) -> TermExtension | None:
    """The time that the authorised body gave for the round the list is in, if it did; the latest one holds."""
    given = TermExtension.objects.filter(
        obligation__kind=ObligationKind.TOPIC_LIST,
        obligation__subject=topic_list.half_year,
        obligation__body=topic_list.akimat_id,
        obligation__round=topic_list.round,
    )
    return given.first()


def of_opened_round(topic_list: TopicList, opened: Review, workdays: Workdays) -> Due:
    """The term of the round that this return or reopening opened."""
    return _of_round(topic_list, opened.at, opened.last_day, opened.due, workdays)


def _of_round(
    topic_list: TopicList,
    opened_at: datetime,
    last_day: date | None,
    due: datetime | None,
    workdays: Workdays,
) -> Due:
    """What was written to the akimat stays, whatever the day table says since."""
    counted = of_new_round(topic_list, opened_at, workdays)
    if not (last_day and due):
        return counted
    # A day off added since must not put the day to aim at behind the last day that was promised.
    return replace(counted, last_day=last_day, due=due, aim_day=min(counted.aim_day, last_day))


def of_new_round(topic_list: TopicList, opened_at: datetime, workdays: Workdays) -> Due:
    """The term of the round that a return at that instant opens (procedure, section 2, rounds)."""
    rules = topic_list.rule_set.rules
    return round_due("topic_list", day_of(opened_at), rules, workdays, topic_list.period)


def of_review(topic_list: TopicList, came_at: datetime, workdays: Workdays) -> Due:
    """By when the authorised body owes its decision on a list that came then (procedure, section 2, row 2)."""
    return review_due(day_of(came_at), topic_list.rule_set.rules, workdays, topic_list.period)


def calendar_submitted_at(half_year: HalfYear) -> datetime | None:
    """Since when the calendar of the half-year lies with the commission or beyond it; None before.

    A calendar that the commission returned is being worked on again.
    """
    with_us = (*OPEN_STATES, VersionState.RETURNED)
    versions = CalendarVersion.objects.filter(calendar__half_year=half_year.code).exclude(state__in=with_us)
    return versions.order_by("submitted_at").values_list("submitted_at", flat=True).first()
