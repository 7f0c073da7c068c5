"""The board of 20 akimats: what it counts, filters, orders, finds and refuses."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils.http import urlencode
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from base.search import sort_key
from calendar_app.models import TopicList
from regions.models import Body
from tests.calendar_app.board_pages import (
    BOARD,
    counts,
    half_year_of_all_states,
    link,
    names,
    rows,
    signed_in,
    status,
)

pytestmark = pytest.mark.django_db

KINDS = {
    "all": 20,
    "not_started": 15,
    "draft": 1,
    "submitted": 2,
    "returned": 1,
    "accepted": 1,
    "overdue": 16,
    "late": 1,
    "nobody": 15,
}


@pytest.fixture
def desk(person: Callable[..., User], authority: User, late: None) -> Client:
    """The authorised body on the day after the last one, with lists in every state."""
    half_year_of_all_states(person, authority)
    return signed_in(authority)


def board(client: Client, language: str = "kk", **asked: str) -> str:
    answer = client.get(f"{BOARD.format(language)}?{urlencode(asked)}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_each_count_leads_to_just_what_it_counted(desk: Client, language: str) -> None:
    found = counts(board(desk, language))
    assert {kind: number for kind, (number, url) in found.items()} == KINDS

    for number, url in found.values():
        behind = desk.get(url).content.decode()
        assert len(rows(behind)) == number
        assert url.startswith(BOARD.format(language))


def test_counts_of_the_home_page_are_those_of_the_board(desk: Client) -> None:
    home = desk.get("/kk/staff/").content.decode()

    assert counts(home) == counts(board(desk, half_year="2027-H1"))


def test_a_row_says_what_the_page_of_its_list_says(desk: Client) -> None:
    shown = {
        re.findall(r'href="([^"]+)"', row)[0]: re.findall(r'class="state (state-\w+)"', row)
        for row in rows(board(desk))
        if "href=" in row
    }
    assert len(shown) == TopicList.objects.count() == 5

    for url, badges in shown.items():
        page = desk.get(url).content.decode()
        states = [badge for badge in badges if badge not in ("state-overdue", "state-late")]
        assert states[0] in page
        assert ("state-late" in badges) == ("state-late" in page)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"state": "draft"}, 1),
        ({"state": "not_started", "timing": "overdue"}, 15),
        ({"state": "draft", "remind": "nobody"}, 1),
        ({"state": "returned", "timing": "overdue"}, 0),
        ({"state": "submitted", "timing": "late"}, 1),
        ({"remind": "nobody"}, 15),
        ({"half_year": "2026-H2"}, 20),
        ({"half_year": "2026-H2", "state": "accepted"}, 0),
        ({"state": "", "timing": "", "remind": "", "sort": "", "q": ""}, 20),
        ({"something": "else"}, 20),
    ],
)
def test_filters_narrow_the_board_together(desk: Client, asked: dict[str, str], expected: int) -> None:
    page = board(desk, **asked)

    assert len(rows(page)) == expected
    assert sorted(status(page)) == [expected, 20]
    assert ("empty-state" in page) == (expected == 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("актобе", "akimat.15"),
        ("АҚТӨБЕ", "akimat.15"),
        ("Aktobe", "akimat.15"),
        ("нур-султан", "akimat.71"),  # a former name of the region
        ("Нұр-Сұлтан акимат", "akimat.71"),
        ("южно казахстан", None),
        ("=SUM(A1)", None),
        ("%' OR 1=1 --", None),
    ],
)
def test_names_are_found_however_they_are_written(desk: Client, text: str, code: str | None) -> None:
    expected = [Body.objects.get(code=code).name_kk] if code else []

    assert names(board(desk, q=text)) == expected


def test_counts_follow_the_search(desk: Client) -> None:
    found = counts(board(desk, q="актобе", state="draft"))

    assert found["all"][0] == found["submitted"][0] == found["late"][0] == 1
    assert found["draft"][0] == found["not_started"][0] == 0


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_order_is_alphabetical_in_the_readers_language(desk: Client, language: str) -> None:
    shown = names(board(desk, language))

    by_code = {getattr(one, f"name_{language}"): one for one in Body.objects.akimats()}
    regions = [by_code[name].region for name in shown]
    column = {"kk": "short_kk", "ru": "short_ru", "en": "name_en"}[language]
    keys = [sort_key(getattr(region, column)) for region in regions]
    assert len(keys) == 20
    assert keys == sorted(keys)


def test_the_board_can_be_ordered_by_days_left_and_by_submission(desk: Client) -> None:
    by_days = rows(board(desk, sort="days_left"))
    by_submission = names(board(desk, sort="submitted"))

    owed = ["state-submitted" not in row and "state-accepted" not in row for row in by_days]
    assert owed == [True] * 17 + [False] * 3
    # A returned list has the longest term of those that are owed.
    assert "state-returned" in by_days[16]
    assert by_submission.index(Body.objects.get(code="akimat.15").name_kk) == 3


@pytest.mark.parametrize("address", ["", "board.xlsx", "board.csv"])
@pytest.mark.parametrize(
    "query",
    [
        "state=late",
        "timing=tomorrow",
        "remind=everybody",
        "sort=-name",
        "sort=name%00",
        "half_year=2027-H3",
        "half_year=2030-H1",
        "q=%00",
        "q=" + "x" * 201,
        "state=draft&state=unknown",
    ],
)
def test_a_bad_filter_is_refused_with_a_sentence(authority: User, address: str, query: str) -> None:
    answer = signed_in(authority).get(f"{BOARD.format('en')}{address}?{query}")

    assert answer.status_code == 400
    assert "text/html" in answer.headers["Content-Type"]
    page = answer.content.decode()
    assert "the board does not have" in page
    assert re.search(r"<li>[^<]+: [^<]+\.</li>", page)


def test_links_keep_the_filters(desk: Client) -> None:
    asked = {"half_year": "2027-H1", "state": "submitted", "sort": "submitted", "q": "акимат"}
    page = board(desk, "ru", **asked)

    for ending in ("xlsx", "csv"):
        assert query_of(link(page, ending)) == asked
    in_kazakh = re.search(r'href="([^"]*)" lang="kk" hreflang="kk"', page)
    assert in_kazakh
    assert query_of(in_kazakh.group(1).replace("&amp;", "&")) == asked
    # A count takes another state in place of the chosen one, and keeps the rest.
    assert query_of(counts(page)["late"][1]) == {
        "half_year": "2027-H1",
        "sort": "submitted",
        "q": "акимат",
        "timing": "late",
    }
    assert "selected>Отправ" in page or '<option value="submitted" selected>' in page


def query_of(url: str) -> dict[str, str]:
    return {name: values[-1] for name, values in parse_qs(urlsplit(url).query).items()}


def test_what_was_searched_for_comes_back_as_text(desk: Client) -> None:
    page = board(desk, q='"><script>alert(1)</script>')

    assert "<script>alert" not in page
    assert "&quot;&gt;&lt;script&gt;" in page


def test_the_day_to_aim_at_is_named_where_it_differs(authority: User) -> None:
    from calendar_app.models import RuleSet

    rules = RuleSet.objects.order_by("pk").first()
    assert rules
    # 29 November 2026 is a Sunday: the day to aim at is Friday, the 27th.
    text = rules.text.replace("BYMONTH=6,12;BYMONTHDAY=1", "BYMONTH=5,11;BYMONTHDAY=29", 1).replace(
        f'code = "{rules.code}"', 'code = "another"'
    )
    RuleSet.objects.create(code="another", text=text, sha256="0" * 64, in_force_from="2026-11-20")

    page = board(signed_in(authority), "en")

    assert len(rows(page)) == 20
    assert all("27.11.2026" in row and "29.11.2026" in row for row in rows(page))


@pytest.mark.parametrize("address", ["", "board.xlsx", "board.csv"])
@pytest.mark.parametrize("count", [1, 3])
def test_page_and_files_ask_eight_questions_for_any_number_of_lists(
    person: Callable[..., User],
    authority: User,
    count: int,
    address: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    half_year_of_all_states(person, authority, most=count)
    assert TopicList.objects.count() == count
    client = signed_in(authority)
    url = f"{BOARD.format('kk')}{address}?q=акимат&sort=submitted"
    client.get(url)
    with django_assert_num_queries(7):
        client.get(url)
