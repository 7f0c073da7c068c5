"""Error pages in three languages: what to do next, and nothing of the inside."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from base import error_pages

LANGUAGES = ("kk", "ru", "en")
STATUSES = {
    "/broken/400/": 400,
    "/broken/fields/": 400,
    "/broken/403/": 403,
    "/broken/409/": 409,
    "/broken/422/": 422,
    "/broken/500/": 500,
    "/broken/nowhere/": 404,
}
CANARY = "canary-key-that-must-never-be-shown"

pytestmark = pytest.mark.urls("tests.base.broken")


def answer(path: str, language: str, **extra: str):
    client = Client(raise_request_exception=False, headers={"accept-language": language, **extra})
    return client.get(path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "status"), STATUSES.items())
def test_the_page_says_what_to_do_next_and_shows_nothing_of_the_inside(
    path: str, status: int, language: str, settings, db: None
) -> None:
    settings.SECRET_KEY = CANARY
    response = answer(path, language)
    page = response.content.decode()
    assert response.status_code == status
    assert f'<html lang="{language}">' in page
    assert page.count("<h1") == 1
    assert f"/{language}/" in page  # a way out
    assert str(status) in page
    for secret in (
        CANARY,
        "Traceback",
        "inside",
        settings.DATABASES["default"]["PASSWORD"] + "@",
        str(settings.BASE_DIR),
    ):
        assert secret not in page
    assert response["Cache-Control"] == "no-store"
    assert "Content-Security-Policy" in response
    assert not response.cookies


def test_a_refusal_names_every_problem_and_escapes_what_was_typed(db: None) -> None:
    page = answer("/broken/422/", "en").content.decode()
    assert page.count("<li>") >= 3
    assert "&lt;b&gt;2&lt;/b&gt;" in page
    assert "<b>" not in page


def test_an_error_of_the_portal_needs_neither_database_nor_session() -> None:
    # Without the db mark every query fails this test.
    assert answer("/broken/500/", "ru").status_code == 500


def test_the_last_resort_needs_no_template_either(settings) -> None:
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [], "APP_DIRS": False}]
    response = error_pages.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert response.content.decode() == error_pages.LAST_RESORT


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", [400, 403, 404, 409, 422, 429])
def test_each_page_has_its_own_title(status: int, language: str) -> None:
    titles = set()
    with translation.override(language):
        for each in (status, 404 if status != 404 else 403):
            page = render_to_string(f"base/errors/{each}.html", {"status": each})
            titles.add(re.search("<title>(.*?)</title>", page, re.S)[1].strip())
    assert len(titles) == 2


def test_a_form_without_its_token_gets_our_own_page(db: None) -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "en"})
    response = client.post("/en/login/", {"username": "a", "password": "b"})
    assert response.status_code == 403
    page = response.content.decode()
    assert "<style" not in page
    assert 'lang="en"' in page


def test_a_form_that_is_too_large_is_named_as_such(db: None) -> None:
    fields = {f"field{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    response = Client().post("/en/login/", fields)
    assert response.status_code == 400
    assert "too large" in response.content.decode()
