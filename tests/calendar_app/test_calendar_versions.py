"""Versions side by side: the difference in rows and on pages, the page of the commission."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from calendar_app import change_words
from calendar_app.models import CalendarVersion
from calendar_app.queries import calendar_changes as queries
from tests.calendar_app import commission_play as play


@pytest.fixture
def people(person: Callable[..., User]) -> play.Cast:
    return play.cast(person)


def page(user: User, path: str, status: int = 200) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return re.sub(r"\s+", " ", answer.content.decode())


def counted(text: str) -> dict[str, int]:
    return {kind: int(number) for kind, number in re.findall(r'data-count="(\w+)">(\d+)<', text)}


def test_what_changed_is_counted_and_said(people: play.Cast) -> None:
    first, _second = play.two_versions(people)

    text = page(people.members[0], f"/ru/staff/calendars/2027-H1/changes/?before={first.number}&after=2")

    assert counted(text) == {"added": 1, "moved": 1, "cancelled": 1, "place": 0, "topic": 0, "person": 0}
    assert "27.02.2027, суббота, 11:00–13:00 → 28.02.2027, воскресенье, 11:00–13:00" in text
    assert "Зал жөндеуде" in text
    assert "примечание для посетителей на казахском" in text
    backwards = page(people.members[0], "/ru/staff/calendars/2027-H1/changes/?before=2&after=1")
    assert counted(backwards)["added"] == 1
    alone = page(people.members[0], "/ru/staff/calendars/2027-H1/changes/?before=0&after=1")
    assert counted(alone)["added"] == 3


@pytest.mark.parametrize(
    "query", ["", "before=1", "before=x&after=1", "before=1&after=9", "before=1&after=0"]
)
def test_versions_that_are_not_there_are_a_sentence(people: play.Cast, query: str) -> None:
    play.submitted(people, play.working(people, people.draft()))

    text = page(people.members[0], f"/ru/staff/calendars/2027-H1/changes/?{query}", 400)

    assert "Сравнить эти две версии нельзя" in text


def test_the_commission_compares_only_what_came_to_it(people: play.Cast) -> None:
    version = play.working(people, people.draft())
    addresses = ("", "changes/?before=0&after=1", "1/one-page/")
    for address in addresses:
        page(people.members[0], f"/ru/staff/calendars/2027-H1/{address}", 404)
        page(people.authority, f"/ru/staff/calendars/2027-H1/{address}")
    play.submitted(people, version)
    for address in addresses:
        page(people.members[0], f"/ru/staff/calendars/2027-H1/{address}")


def test_the_history_says_why(people: play.Cast) -> None:
    play.two_versions(people)

    text = page(people.authority, "/ru/staff/calendars/2027-H1/")

    assert text.index("Версия 2") < text.index("Версия 1")
    assert "Министр іссапарда" in text
    assert "Протокол № 7" in text


def test_one_page_has_all_there_is_to_weigh(people: play.Cast) -> None:
    version = play.working(people, people.draft(), people.draft(2, bodies=(play.MINISTRIES[1],)))
    version = play.submitted(people, version, words="Просим учесть дорогу")

    text = page(people.members[0], "/ru/staff/calendars/2027-H1/1/one-page/")

    assert counted(text)["added"] == 2
    assert "<dd>1/20</dd>" in text
    # Saturday counts, Monday at 11:00 does not.
    assert "<dd>50 %</dd>" in text
    assert "Просим учесть дорогу" in text
    assert "Встреча приходится на рабочее время" in text


def test_the_difference_takes_as_many_queries_for_one_meeting_as_for_three(people: play.Cast) -> None:
    one = play.submitted(people, play.working(people, people.draft()))
    few = _queries(one)
    play.approved(people, one)
    play.published(people, one)
    later = play.HELD
    more = play.working(people, people.draft(21), people.draft(28), now=later)
    more = play.submitted(people, more, later)

    assert _queries(more) <= few + 6  # the former version is read as well
    again = play.approved(people, more, later)
    play.published(people, again, later + (play.HELD - play.NOW))
    most = play.working(people, people.draft(35), people.draft(42), people.draft(49), now=later)
    most = play.submitted(people, most, later)
    assert _queries(most) == _queries(more)


def _queries(version: CalendarVersion) -> int:
    with (
        CaptureQueriesContext(
            connection,
        ) as seen,
        translation.override("kk"),
    ):
        found = queries.one_page(play.fresh(version))
        change_words.meetings(found.comparison)
        change_words.trifles(found.comparison)
    return len(seen)
