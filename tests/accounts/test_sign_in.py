"""Signing in and out, and what bad input does to it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.conftest import PASSWORD

LOGIN = "/en/login/"


def test_the_page_asks_for_name_and_password(client: Client, db: None) -> None:
    page = client.get(LOGIN).content.decode()
    assert 'name="username"' in page
    assert 'name="password"' in page


def test_signing_in_leads_to_the_staff_home(officer: User, client: Client) -> None:
    answer = client.post(LOGIN, {"username": "akimat.19", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/en/staff/")
    assert client.get("/en/account/").status_code == 200


def test_a_name_with_capitals_and_spaces_is_the_same_name(
    officer: User, sign_in: Callable[..., Client]
) -> None:
    sign_in(" Akimat.19 ")


def test_signing_in_sets_the_language_of_the_person(
    person: Callable[..., User], authority: object, client: Client
) -> None:
    person("ru", language="ru")
    answer = client.post(LOGIN, {"username": "ru", "password": PASSWORD})
    cookie = answer.cookies["language"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("ru", True, "Lax")


@pytest.mark.parametrize("username", ["akimat.19", "disabled", "never-heard-of"])
def test_every_failure_says_the_same(
    officer: User, person: Callable[..., User], client: Client, username: str
) -> None:
    person("disabled", is_active=False)
    secret = PASSWORD if username == "disabled" else "wrong"
    answer = client.post(LOGIN, {"username": username, "password": secret})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("The user name or the password is not right.") == 1
    assert f'value="{username}"' in page
    assert secret not in page


def test_an_unknown_name_costs_as_much_as_a_wrong_password(
    officer: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import Argon2PasswordHasher

    hashed: list[str] = []
    original = Argon2PasswordHasher.encode
    monkeypatch.setattr(
        Argon2PasswordHasher,
        "encode",
        lambda self, password, salt: hashed.append(password) or original(self, password, salt),
    )
    client.post(LOGIN, {"username": "never-heard-of", "password": "wrong"})
    assert hashed == ["wrong"]


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        r"\\evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "/en/login/",
        "/en/logout/",
        "/en/staff/\r\nSet-Cookie: a=b",
        "/en/staff/\x00",
        "x" * 100_000 + "\n",
    ],
)
def test_next_leads_only_to_pages_of_the_portal(officer: User, client: Client, target: str) -> None:
    data = {"username": "akimat.19", "password": PASSWORD, "next": target}
    answer = client.post(LOGIN, data)
    assert (answer.status_code, answer["Location"]) == (302, "/en/staff/")
    assert client.get(LOGIN, {"next": target})["Location"] == "/en/staff/"


def test_next_is_followed_and_kept_after_a_mistake(officer: User, client: Client) -> None:
    target = "/en/account/?a=1&b=2"
    page = client.post(LOGIN, {"username": "akimat.19", "password": "wrong", "next": target})
    assert 'name="next" value="/en/account/?a=1&amp;b=2"' in page.content.decode()
    answer = client.post(
        f"{LOGIN}?next=/en/", {"username": "akimat.19", "password": PASSWORD, "next": target}
    )
    assert answer["Location"] == target


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"username": "akimat.19"},
        {"password": PASSWORD},
        {"username": "a" * 1_000_000, "password": PASSWORD},
        {"username": "akimat.19", "password": "p" * 1_000_000},
        {"username": "akimat\x0019", "password": PASSWORD},
        {"username": "akimat.19", "password": "\x00"},
        {"username": ["akimat.19", "nobody"], "password": [PASSWORD, "wrong"]},
        {"username": "akimat.19", "password": "wrong", "is_active": "1", "user_id": "1"},
        {"username": "ӘкімДік 🏛", "password": "құпия сөз"},
    ],
)
def test_bad_input_is_told_beside_the_field(
    officer: User, client: Client, data: dict[str, str | list[str]]
) -> None:
    answer = client.post(LOGIN, data)
    assert answer.status_code == 422
    assert "invalid-feedback" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_thousands_of_fields_are_refused(client: Client, db: None) -> None:
    assert client.post(LOGIN, {f"field{n}": "x" for n in range(3000)}).status_code == 400


def test_without_a_token_nobody_is_signed_in(officer: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(LOGIN, {"username": "akimat.19", "password": PASSWORD}).status_code == 403


def test_the_session_gets_a_new_key(officer: User, client: Client) -> None:
    client.session["seed"] = "x"
    session = client.session
    session["seed"] = "planted"
    session.save()
    before = session.session_key
    client.post(LOGIN, {"username": "akimat.19", "password": PASSWORD})
    assert client.session.session_key != before


def test_signing_out_takes_a_click(officer: User, sign_in: Callable[..., Client]) -> None:
    browser = sign_in("akimat.19")
    assert "Stay signed in" in browser.get("/en/logout/").content.decode()
    assert browser.get("/en/account/").status_code == 200
    assert browser.post("/en/logout/")["Location"] == "/en/"
    assert browser.get("/en/account/").status_code == 302


def test_signing_out_without_being_signed_in_leads_home(client: Client, db: None) -> None:
    assert client.get("/en/logout/")["Location"] == "/en/"
    assert client.post("/en/logout/")["Location"] == "/en/"


def test_the_admin_has_the_same_sign_in(admin: User, client: Client) -> None:
    first = client.get("/admin/")
    assert first["Location"] == "/admin/login/?next=/admin/"
    second = client.get(first["Location"])
    assert second["Location"].endswith("/login/?next=%2Fadmin%2F")
    third = client.post(second["Location"], {"username": "admin", "password": PASSWORD, "next": "/admin/"})
    assert third["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_admin_refuses_those_without_the_right(officer: User, sign_in: Callable[..., Client]) -> None:
    browser = sign_in("akimat.19")
    assert browser.get("/admin/").status_code == 403
    assert browser.get("/admin/accounts/user/").status_code == 403


def test_leaving_the_admin_takes_a_click_too(admin: User, sign_in: Callable[..., Client]) -> None:
    browser = sign_in("admin")
    assert browser.get("/admin/logout/").status_code == 200
    assert browser.get("/admin/").status_code == 200
    browser.post("/admin/logout/")
    assert browser.get("/admin/").status_code == 302


def test_pages_of_the_account_are_not_kept_by_browsers(officer: User, sign_in: Callable[..., Client]) -> None:
    browser = sign_in("akimat.19")
    for name in ("account", "password", "second_factor", "second_factor_set_up"):
        assert "no-store" in browser.get(reverse(f"accounts:{name}"))["Cache-Control"]


def test_the_language_is_stored_and_shown(officer: User, sign_in: Callable[..., Client]) -> None:
    browser = sign_in("akimat.19")
    answer = browser.post("/en/account/language/", {"language": "ru"})
    assert (answer["Location"], answer.cookies["language"].value) == ("/ru/account/", "ru")
    officer.refresh_from_db()
    assert officer.language == "ru"
    assert browser.post("/en/account/language/", {"language": "xx"}).status_code == 422
    assert browser.get("/en/account/language/").status_code == 405


def test_the_account_names_the_memberships(officer: User, sign_in: Callable[..., Client]) -> None:
    page = sign_in("akimat.19").get("/en/account/").content.decode()
    assert "Akimat officer" in page


@pytest.mark.parametrize(
    ("asked", "leads"),
    [
        ("/kk/staff/topic-lists/", "/ru/staff/topic-lists/"),
        ("/ru/staff/?a=/kk/b", "/ru/staff/?a=/kk/b"),
        ("/admin/", "/admin/"),
        ("//evil.example/kk/staff/", "/ru/staff/"),
        ("", "/ru/staff/"),
    ],
)
def test_a_language_chosen_at_the_sign_in_stays(
    officer: User, client: Client, asked: str, leads: str
) -> None:
    """The address to go on to was made before the language was switched."""
    form = {"username": officer.username, "password": PASSWORD, "next": asked}

    answer = client.post("/ru/login/", form)

    assert answer.headers["Location"] == leads
