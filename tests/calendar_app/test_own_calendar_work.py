"""What ministries, the authorised body and the commission owe while a calendar goes its way."""

# ruff: noqa: F811 - fixtures come by import and are named again as arguments

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from calendar_app.models import CoordinationAnswer
from calendar_app.transitions import calendars, commission, coordination
from tests.calendar_app.test_calendars import (  # noqa: F401
    NOW,
    PERIOD,
    accepted,
    add,
    approve,
    commission_people,
    coordinated,
    draft_of,
    fresh,
    hall,
    offices,
    opened,
    signatories,
    submit,
    working,
)
from tests.calendar_app.test_own_work import owed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(portal: None, clock_at: Callable[[datetime], None]) -> None:
    clock_at(NOW)


def of(rows: list[str], name: str) -> list[str]:
    """The rows about the first half of 2027 with that name."""
    return [row for row in rows if name in row and "first half of 2027" in row]


def test_a_ministry_owes_an_answer_until_it_gave_it(working, authority, signatories, draft_of):
    code, minister = next(iter(signatories.items()))
    add(working, authority, draft_of())
    assert of(owed(minister), "Answer in coordination") == []
    coordination.ask(version=working, by=authority, now=NOW, revision=fresh(working).revision)
    [row] = of(owed(minister), "Answer in coordination")
    assert "1 meeting without an answer" in row
    assert "Why this date" in row
    # The other ministry was not asked.
    other = list(signatories.values())[1]
    assert of(owed(other), "Answer in coordination") == []
    rows = list(CoordinationAnswer.objects.filter(body=code))
    coordination.answer(answers=rows, agree=True, by=minister, now=NOW)
    assert of(owed(minister), "Answer in coordination") == []


def test_the_calendar_goes_from_desk_to_desk(coordinated, authority, commission_people):
    secretary, member = commission_people["secretary"], commission_people["member2"]
    [row] = of(owed(authority), "Calendar to the commission")
    assert "In coordination" in row
    assert of(owed(secretary), "Decision of the commission") == []

    version = submit(coordinated, authority)
    assert of(owed(authority), "Calendar to the commission") == []
    [row] = of(owed(secretary), "Decision of the commission")
    assert "No session is planned yet" in row
    assert of(owed(member), "Your vote") == []

    session = opened(version, commission_people)
    assert len(of(owed(member), "Your vote")) == 1
    commission.vote(session=session, value="for", by=member, now=NOW)
    assert of(owed(member), "Your vote") == []


def test_what_was_approved_is_to_be_published(coordinated, authority, commission_people):
    version = approve(submit(coordinated, authority), commission_people)
    [row] = of(owed(authority), "Publication of the calendar")
    assert "Last day: 11 December 2026" in row
    calendars.publish(version=version, by=authority, now=NOW, revision=fresh(version).revision)
    assert of(owed(authority), "Publication of the calendar") == []
    assert of(owed(authority), "Calendar to the commission") == []
    assert PERIOD.code == "2027-H1"
