"""By when an akimat owes its list: the rules of its rule set, or the term of a returned round."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from calendar_app.models import RuleSet, TopicList
from procedure.deadlines import Due, round_due, topic_list_due
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


def of_list(topic_list: TopicList, workdays: Workdays) -> Due:
    """The term of the round the list is in; what was written to the akimat at its return stays."""
    opened = topic_list.last_return
    if opened is None or opened.last_day is None or opened.due is None:
        return of_half_year(topic_list.period, topic_list.rule_set, workdays)
    counted = of_new_round(topic_list, opened.at, workdays)
    return replace(counted, last_day=opened.last_day, due=opened.due)


def of_new_round(topic_list: TopicList, opened_at: datetime, workdays: Workdays) -> Due:
    """The term of the round that a return at that instant opens (procedure, section 2, rounds)."""
    rules = topic_list.rule_set.rules
    return round_due("topic_list", day_of(opened_at), rules, workdays, topic_list.period)
