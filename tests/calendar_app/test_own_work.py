"""What I owe and by when, on the home of every kind of body."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import User
from accounts.permissions import Role
from calendar_app.models import TopicList
from calendar_app.transitions import reviews, topic_lists
from tests.calendar_app.board_pages import signed_in
from tests.calendar_app.conftest import IN_TIME

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(clock_at: Callable[[datetime], None]) -> None:
    clock_at(IN_TIME)


def owed(user: User) -> list[str]:
    """The rows of the table on the person's home, as text."""
    page = signed_in(user).get("/en/staff/").content.decode()
    table = re.search(r'aria-labelledby="own-work">(.*?)</section>', page, re.DOTALL)
    assert table
    rows = re.findall(r"<tr>\s*<th scope=\"row\".*?</tr>", table.group(1), re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_an_akimat_owes_its_list_until_it_is_submitted(draft: TopicList, officer: User) -> None:
    [overdue, row] = owed(officer)
    assert "second half of 2026" in overdue
    assert "first half of 2027" in row
    assert "Draft" in row
    assert "Last day: 1 December 2026" in row
    assert "Why this date" in row
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)
    assert not [row for row in owed(officer) if "2027" in row]


def test_missing_texts_are_counted(draft: TopicList, officer: User) -> None:
    draft.topics.filter(position=1).update(title_ru="")
    [_, row] = owed(officer)
    assert "Topics without Russian text: 1" in row
    draft.topics.all().delete()
    [_, row] = owed(officer)
    assert "No topic yet" in row


def test_the_authorised_body_owes_reviews_and_calendars(
    submitted: TopicList, authority: User, officer: User
) -> None:
    rows = owed(authority)
    [review] = [row for row in rows if "Review of topic lists" in row]
    assert "1 list waits" in review
    assert "Last day: 30 November 2026" in review
    [_, calendar] = [row for row in rows if "Calendar to the commission" in row]
    assert "No working copy yet" in calendar
    assert "Day to aim at: 8 January 2027" in calendar
    # The most urgent first.
    assert rows.index(review) < rows.index(calendar)
    reviews.accept(topic_list=submitted, by=authority, now=IN_TIME, version=submitted.version)
    assert not [row for row in owed(authority) if "Review of topic lists" in row]


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ("ministry.health", Role.MINISTRY_OFFICER),
        ("commission", Role.SECRETARY),
        ("commission", Role.COMMISSION_MEMBER),
        ("government", Role.OBSERVER),
    ],
)
def test_whoever_owes_nothing_is_told_so(person: Callable[..., User], body: str, role: Role) -> None:
    page = signed_in(person(body, role)).get("/en/staff/").content.decode()
    assert "Nothing is asked of you now" in page
