"""More time for a duty: which duties, which days, and the term that comes of it."""

from datetime import date, datetime

import pytest

from procedure.deadlines import ALMATY, topic_list_due
from procedure.extensions import extended, problems_to_extend
from procedure.half_years import HalfYear
from procedure.rule_sets import DEFAULT_CODE, known_rule_sets, parse_rule_set
from tests.procedure.days import DayTable

PERIOD, LAST = HalfYear(2027, 1), date(2026, 12, 1)
TODAY = date(2026, 12, 3)


def codes(kind="topic_list", new=date(2026, 12, 8), today=TODAY, reason="Су тасқыны"):
    return [one.code for one in problems_to_extend(kind, PERIOD, LAST, new, today, reason)]


def test_a_later_day_with_a_reason_is_given():
    assert codes() == []
    assert codes("coordination_answer") == []
    assert codes(new=TODAY) == []
    assert codes(new=PERIOD.last_day) == []


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"kind": "calendar_submission"}, "not_extendable"),
        ({"kind": "topic_list_review"}, "not_extendable"),
        ({"new": LAST}, "extension_not_later"),
        ({"new": date(2026, 12, 2)}, "extension_past"),
        ({"new": date(2027, 7, 1)}, "extension_too_late"),
        ({"reason": " \n"}, "extension_reason_required"),
    ],
)
def test_what_speaks_against_it(asked, code):
    assert codes(**asked) == [code]


def test_the_new_term_has_both_edges_and_says_why():
    rules = parse_rule_set(known_rule_sets()[DEFAULT_CODE])
    due = extended(topic_list_due(PERIOD, rules, DayTable()), date(2026, 12, 12), DayTable())
    assert due.last_day == date(2026, 12, 12)
    assert due.aim_day == date(2026, 12, 11), "the 12th is a Saturday"
    assert due.due == datetime(2026, 12, 13, tzinfo=ALMATY)
    assert [step.code for step in due.steps[-3:]] == ["extended", "aim_before_day_off", "late_from"]
    assert due.clause == topic_list_due(PERIOD, rules, DayTable()).clause
