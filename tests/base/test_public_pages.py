"""Public pages are the same for everybody: no cookie, no difference by cookie, a constant number of queries."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation

from calendar_app.public.home import preparation
from calendar_app.transitions import rule_sets
from procedure.rule_sets import DEFAULT_CODE, known_rule_sets, parse_rule_set
from regions.workdays import Workdays

LANGUAGES = ("kk", "ru", "en")
HOME_QUERIES = 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_sets_no_cookie_and_does_not_vary_by_it(language: str, db: None) -> None:
    client = Client()
    for name, value in (
        ("sessionid", "forged"),
        ("csrftoken", "forged"),
        ("messages", "x"),
        ("language", "en"),
    ):
        client.cookies[name] = value
    response = client.get(f"/{language}/")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "public" in response["Cache-Control"]
    assert f'<html lang="{language}">' in response.content.decode()


def test_home_asks_the_same_number_of_questions_with_and_without_rule_sets(
    db: None, django_assert_num_queries
) -> None:
    with django_assert_num_queries(HOME_QUERIES):
        assert Client().get("/kk/").status_code == 200
    rule_sets.load_known(now=datetime(2026, 11, 23, 6, 0, tzinfo=UTC))
    with django_assert_num_queries(HOME_QUERIES):
        assert Client().get("/kk/").status_code == 200


def test_home_has_each_language_as_a_plain_link_with_the_query_kept(db: None) -> None:
    page = Client().get('/ru/?q=a&x="><script>').content.decode()
    for language in LANGUAGES:
        assert (
            f'href="/{language}/?q=a&amp;x=%22%3E%3Cscript%3E" lang="{language}" hreflang="{language}"'
            in page
        )
        assert f'<link rel="alternate" hreflang="{language}"' in page
    assert 'hreflang="x-default"' in page


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_home_can_only_be_read(method: str, db: None) -> None:
    assert getattr(Client(), method)("/kk/").status_code == 405


@pytest.mark.parametrize(
    ("cookie", "header", "target"),
    [
        ("", "", "/kk/"),
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "/ru/"),
        ("", "en-GB", "/en/"),
        ("", "de,fr;q=0.5", "/kk/"),
        ("", "kk-KZ", "/kk/"),
        ("ru", "en", "/ru/"),
        ("xx", "en", "/en/"),
        ("../evil", "", "/kk/"),
        ("", "*;q=;;;\x00", "/kk/"),
    ],
)
def test_the_address_without_a_language_follows_the_cookie_then_the_browser(
    cookie: str, header: str, target: str
) -> None:
    client = Client(headers={"accept-language": header} if header else {})
    if cookie:
        client.cookies["language"] = cookie
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, target)
    assert {"Cookie", "Accept-Language"} <= {name.strip() for name in response["Vary"].split(",")}
    assert not response.cookies


@pytest.mark.parametrize("path", ["/xx/", "/KK/", "/kz/", "/kk/nowhere/", "/uk/calendar/"])
def test_an_unknown_language_or_page_is_not_found(path: str) -> None:
    response = Client().get(path)
    assert response.status_code == 404
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 6, 0, tzinfo=UTC), "2027-H1"),
        (datetime(2027, 1, 10, 18, 59, 59, tzinfo=UTC), "2027-H1"),
        (datetime(2027, 1, 10, 19, 0, tzinfo=UTC), "2027-H2"),
        (datetime(2027, 6, 30, 18, 59, tzinfo=UTC), "2027-H2"),
        (datetime(2027, 7, 10, 19, 0, tzinfo=UTC), "2028-H1"),
    ],
)
def test_the_half_year_in_preparation_changes_when_its_calendar_is_due(
    moment: datetime, expected: str
) -> None:
    rules = parse_rule_set(known_rule_sets()[DEFAULT_CODE])
    with translation.override("en"):
        found = preparation(moment, rules, Workdays({}))
    assert found.half_year.code == expected
    assert found.announcement == "10 calendar days"
