"""People for the tests of accounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.demo import hashed
from accounts.models import Membership, User
from accounts.permissions import Role
from regions.models import Body
from tests import hashers

PASSWORD = "kezdesu-2026-kuz"


@pytest.fixture(autouse=True)
def _quick_hashes(settings: Settings) -> Iterator[None]:
    hashed.cache_clear()
    settings.PASSWORD_HASHERS = hashers.SETTING
    yield
    hashed.cache_clear()


@pytest.fixture
def authority(db: None) -> Body:
    return Body.objects.get(code="authority")


@pytest.fixture
def akimat_19(db: None) -> Body:
    return Body.objects.get(code="akimat.19")


@pytest.fixture
def akimat_33(db: None) -> Body:
    return Body.objects.get(code="akimat.33")


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """A maker of people: `person("name", body, Role.…)`, with the password PASSWORD."""

    def make(username: str, at: Body | None = None, *roles: Role, **fields: object) -> User:
        user = User.objects.create(
            **{"username": username, "full_name": f"Test {username}", "password": hashed(PASSWORD), **fields}
        )
        for role in roles:
            Membership.objects.create(user=user, body=at, role=role, valid_from=date(2020, 1, 1))
        return user

    return make


@pytest.fixture
def officer(person: Callable[..., User], akimat_19: Body) -> User:
    return person("akimat.19", akimat_19, Role.AKIMAT_OFFICER)


@pytest.fixture
def admin(person: Callable[..., User], authority: Body) -> User:
    return person("admin", authority, Role.ADMIN)


@pytest.fixture
def sign_in(client: Client) -> Callable[..., Client]:
    """Signs in through the page, as a person does."""

    def through_the_page(username: str, password: str = PASSWORD, at: Client | None = None) -> Client:
        browser = at or client
        answer = browser.post("/en/login/", {"username": username, "password": password})
        assert answer.status_code == 302, answer.content.decode()
        return browser

    return through_the_page
