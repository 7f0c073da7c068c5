"""The board of deadlines: what it says is what the pages behind it say, and it asks a constant number of queries."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.permissions import Role
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import Obligation, TopicList
from calendar_app.queries import compliance, obligations
from calendar_app.queries.topic_lists import with_officers
from calendar_app.transitions import entries, topic_lists, topics
from calendar_app.transitions import obligations as acts
from regions.models import Body
from tests.calendar_app import board_pages
from tests.calendar_app.board_pages import half_year_of_all_states, signed_in
from tests.calendar_app.conftest import IN_TIME, PERIOD
from tests.calendar_app.test_entries import TOPIC, letter

pytestmark = pytest.mark.django_db
BOARD = "/en/staff/compliance/"
QUERIES = 5  # session, person with memberships, half-years on offer, duties, what has met them
# The clock of these tests stands there: 8 days after the last day.
DAYS_AFTER = datetime(2026, 12, 9, 6, 0, tzinfo=UTC)


@pytest.fixture
def states(person: Callable[..., User], authority: User, clock_at: Callable[[datetime], None]) -> None:
    """Lists in every state, duties derived on the day of all of them, and a clock a week later."""
    clock_at(DAYS_AFTER)
    half_year_of_all_states(person, authority)
    acts.derive(now=board_pages.AFTER_THE_LAST_DAY)


def page_of(user: User, query: str = "") -> str:
    return signed_in(user).get(BOARD + query).content.decode()


def test_one_statement_says_what_the_readers_of_evidence_say(states: None) -> None:
    """A kind that gets a reader of its own and is not asked here is read from its row."""
    halves = obligations.half_years_of(board_pages.AFTER_THE_LAST_DAY.date())
    for moment in (IN_TIME, board_pages.AFTER_THE_LAST_DAY):
        expected = {
            key: (one.done_at, one.reference)
            for key, one in obligations.evidence(halves, moment).items()
            if key[0] in compliance.ASKED
        }
        found = compliance.proofs_of([one.code for one in halves], moment)
        assert {key: (one.done_at, one.reference) for key, one in found.items()} == expected
    assert len(expected) == 4


def test_an_entry_by_letter_counts_from_its_letter_and_is_known_once_entered(
    states: None, authority: User
) -> None:
    at = board_pages.AFTER_THE_LAST_DAY
    received = IN_TIME - timedelta(days=1)
    one = entries.begin(
        akimat=Body.objects.get(pk="akimat.31"),
        half_year=PERIOD,
        letter=letter(received),
        by=authority,
        now=at,
    )
    topics.save_topic(topic_list=one, draft=TOPIC, by=authority, now=at)
    version = TopicList.objects.get(pk=one.pk).version
    topic_lists.submit(topic_list=one, by=authority, now=at, version=version)

    key = (ObligationKind.TOPIC_LIST, PERIOD.code, "akimat.31", 1)
    for moment, expected in ((IN_TIME, None), (at, received)):
        found = [
            obligations.evidence([PERIOD], moment).get(key),
            compliance.proofs_of([PERIOD.code], moment).get(key),
        ]
        assert [one and one.done_at for one in found] == [expected, expected]
    [row] = [row for row in compliance.read([PERIOD], at, bodies=["akimat.31"]) if row.duty.round == 1]
    assert row.status == "met"


def test_a_person_without_an_address_is_nobody_to_remind(states: None) -> None:
    def has_officer() -> set[bool]:
        rows = compliance.read([PERIOD], DAYS_AFTER, bodies=["akimat.27"])
        [akimat] = with_officers(Body.objects.filter(pk="akimat.27"), DAYS_AFTER.date())
        return {row.has_officer for row in rows} | {akimat.has_officer}

    assert has_officer() == {True}, "the control"
    User.objects.filter(username="akimat.27").update(email="")
    assert has_officer() == {False}


def test_the_board_has_the_numbers_of_the_command(states: None, authority: User) -> None:
    known = [one for one in obligations.as_known(DAYS_AFTER) if one.owed.half_year == PERIOD]
    expected: dict[str, int] = {}
    for one in known:
        expected[one.status] = expected.get(one.status, 0) + 1

    numbers = {kind: number for kind, (number, url) in board_pages.counts(page_of(authority)).items()}

    assert numbers.pop("all") == len(known)
    assert {kind: number for kind, number in numbers.items() if kind in expected} == expected
    # All of them are overdue for eight days.
    assert numbers["long_overdue"] == expected["overdue"]


def test_overdue_has_two_levels(states: None) -> None:
    rows = compliance.read([PERIOD], datetime(2026, 12, 6, 18, 59, tzinfo=UTC))
    assert {row.level for row in rows if row.status == "overdue" and row.duty.kind == "topic_list"} == {1}
    rows = compliance.read([PERIOD], datetime(2026, 12, 6, 19, 0, tzinfo=UTC))
    assert {row.level for row in rows if row.status == "overdue" and row.duty.kind == "topic_list"} == {2}


def test_days_late_stay_with_what_came_late(states: None, authority: User) -> None:
    """It came half an hour after the end of the last day: on the day after it in Almaty."""
    rows = compliance.read([PERIOD], DAYS_AFTER)
    [late] = [row for row in rows if row.status == "late" and row.duty.kind == "topic_list"]
    assert (late.body.pk, late.days_late) == ("akimat.15", 1)
    page = page_of(authority, "?status=late")
    assert "1 day late" in page
    assert 'href="/en/staff/topic-lists/2027-H1/akimat.15/receipts/1/"' in page


def test_filters_and_search_narrow_the_page_and_its_files(states: None, authority: User) -> None:
    query = "?kind=topic_list&bodies=akimat&q=актобе"
    page = page_of(authority, query)
    assert board_pages.status(page)[0] == 1
    link = re.search(r'href="([^"]*board\.xlsx[^"]*)"', page)
    assert link
    book = load_workbook(BytesIO(signed_in(authority).get(html.unescape(link.group(1))).content))
    [head, row] = list(book.worksheets[0].values)
    assert (row[1], row[head.index("Round")]) == ("akimat.15", 1)
    text = signed_in(authority).get("/en/staff/compliance/board.csv" + query).content.decode("utf-8-sig")
    assert [line.split(";")[1] for line in text.splitlines()[1:]] == ["akimat.15"]


@pytest.mark.parametrize("query", ["?status=nonsense", "?kind=x", "?half_year=2020-H1", "?sort=z"])
def test_a_filter_that_is_not_there_is_refused(states: None, authority: User, query: str) -> None:
    response = signed_in(authority).get(BOARD + query)
    assert response.status_code == 400
    assert "There is no such filter" in response.content.decode()


@pytest.mark.parametrize("most", [1, 3])
def test_the_number_of_queries_is_constant(
    person: Callable[..., User],
    authority: User,
    most: int,
    clock_at: Callable[[datetime], None],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    clock_at(IN_TIME)
    half_year_of_all_states(person, authority, most)
    acts.derive(now=IN_TIME)
    browser = signed_in(authority)
    browser.get(BOARD)
    with django_assert_num_queries(QUERIES):
        page = browser.get(BOARD).content.decode()
    assert len(board_pages.rows(page)) >= 23


def test_without_duties_the_board_says_when_they_come(authority: User) -> None:
    assert "There are no duties yet" in page_of(authority)


def test_a_list_turns_the_moment_it_is_submitted(draft: TopicList, officer: User, authority: User) -> None:
    acts.derive(now=IN_TIME)
    page = signed_in(officer).get("/en/staff/compliance/2027-H1/akimat.19/").content.decode()
    assert "Done in time" not in page
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)
    page = signed_in(officer).get("/en/staff/compliance/2027-H1/akimat.19/").content.decode()
    assert "Done in time" in page
    assert 'class="time-shape time-met"' in page


def test_every_date_explains_itself(officer: User, neighbour: User, authority: User) -> None:
    acts.derive(now=IN_TIME)
    duty = Obligation.objects.get(kind=ObligationKind.CALENDAR_SUBMISSION, half_year="2027-H1")
    page = signed_in(authority).get(f"/en/staff/compliance/duties/{duty.pk}/").content.decode()
    for words in (
        "10 January 2027",
        "8 January 2027",
        "11 January 2027, 00:00:00 (UTC+5)",
        "Rule set decree-draft-2023, clause",
    ):
        assert words in page, words
    own = Obligation.objects.get(kind=ObligationKind.TOPIC_LIST, half_year="2027-H1", body="akimat.19")
    assert signed_in(officer).get(f"/en/staff/compliance/duties/{own.pk}/").status_code == 200
    assert signed_in(neighbour).get(f"/en/staff/compliance/duties/{own.pk}/").status_code == 404


def test_a_ministry_sees_its_own_half_year_only(person: Callable[..., User]) -> None:
    minister = person("ministry.health", Role.MINISTRY_OFFICER)
    acts.derive(now=IN_TIME)
    browser = signed_in(minister)
    own = browser.get("/en/staff/compliance/2027-H1/ministry.health/")
    assert "Nothing is owed in this half-year" in own.content.decode()
    assert browser.get("/en/staff/compliance/2027-H1/ministry.finance/").status_code == 404
    assert browser.get("/en/staff/compliance/2027-H1/akimat.19/").status_code == 404
