"""Sessions of the commission: notice, votes in time, closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from procedure import sessions
from procedure.moments import ALMATY
from procedure.rule_sets import RuleSet

THURSDAY, TUESDAY = date(2026, 12, 10), date(2026, 12, 15)
HELD = datetime(2026, 12, 15, 11, tzinfo=ALMATY)


class WeekendsOff:
    def is_working(self, day: date) -> bool:
        return day.weekday() < 5


@pytest.mark.parametrize(
    ("sent", "held", "reason", "codes"),
    [
        (THURSDAY, TUESDAY, "", []),
        (date(2026, 12, 11), TUESDAY, "", ["notice_too_short"]),
        (date(2026, 12, 11), TUESDAY, "  ", ["notice_too_short"]),
        (date(2026, 12, 11), TUESDAY, "Төтенше жағдай", []),
        (TUESDAY, TUESDAY, "", ["notice_too_short"]),
        (date(2026, 12, 11), date(2026, 12, 16), "", []),
    ],
)
def test_a_shorter_notice_needs_a_reason(
    rules: RuleSet, sent: date, held: date, reason: str, codes: list[str]
) -> None:
    found = sessions.problems_of_notice(sent, held, reason, rules, WeekendsOff())

    assert [one.code for one in found] == codes


def test_the_first_day_for_a_session(rules: RuleSet) -> None:
    assert sessions.first_session_day(THURSDAY, rules, WeekendsOff()) == TUESDAY
    assert sessions.materials_due(TUESDAY, rules, WeekendsOff()).last_day == THURSDAY
    # Sent on a Sunday: three working days before Wednesday was Friday, so it is Thursday.
    sunday, thursday = date(2026, 12, 13), date(2026, 12, 17)
    assert sessions.first_session_day(sunday, rules, WeekendsOff()) == thursday
    assert sessions.problems_of_notice(sunday, thursday, "", rules, WeekendsOff()) == []
    plain = replace(rules.terms["materials"], days=5, unit="calendar_days")
    other = replace(rules, terms={**rules.terms, "materials": plain})
    assert sessions.first_session_day(THURSDAY, other, WeekendsOff()) == date(2026, 12, 15)
    assert sessions.materials_due(date(2026, 12, 15), other, WeekendsOff()).last_day == THURSDAY


@pytest.mark.parametrize(
    ("state", "kind", "moment", "codes"),
    [
        ("planned", "session", HELD, ["voting_not_open"]),
        ("materials_sent", "session", HELD, ["voting_not_open"]),
        ("open", "session", HELD + timedelta(hours=3), []),
        ("open", "written", HELD - timedelta(microseconds=1), []),
        ("open", "written", HELD, ["sheets_too_late"]),
        ("closed", "session", HELD, ["voting_over"]),
        ("cancelled", "written", HELD, ["voting_over"]),
    ],
)
def test_when_votes_are_taken(state: str, kind: str, moment: datetime, codes: list[str]) -> None:
    assert [one.code for one in sessions.problems_to_vote(state, kind, HELD, moment)] == codes


@pytest.mark.parametrize(
    ("kind", "moment", "waiting", "codes"),
    [
        ("session", HELD - timedelta(hours=1), 3, []),
        ("written", HELD - timedelta(microseconds=1), 1, ["written_vote_runs"]),
        ("written", HELD - timedelta(days=1), 0, []),
        ("written", HELD, 3, []),
    ],
)
def test_a_written_vote_is_counted_after_its_term(
    kind: str, moment: datetime, waiting: int, codes: list[str]
) -> None:
    assert [one.code for one in sessions.problems_to_close(kind, HELD, moment, waiting)] == codes
