"""Wrong passwords are counted in the database, by the real clock, for any name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.core.cache import cache
from django.test import Client, RequestFactory

from accounts.models import User
from accounts.throttling import client_address
from tests.accounts.conftest import PASSWORD

LOGIN = "/en/login/"


def fail(client: Client, username: str = "akimat.19", times: int = 8, **extra: str) -> list[int]:
    data = {"username": username, "password": "wrong"}
    return [client.post(LOGIN, data, **extra).status_code for _ in range(times)]


@pytest.mark.parametrize("username", ["akimat.19", "never-heard-of"])
def test_after_eight_wrong_passwords_everybody_waits(officer: User, client: Client, username: str) -> None:
    assert fail(client, username) == [422] * 7 + [429]
    answer = client.post(LOGIN, {"username": username, "password": PASSWORD})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert "Please try again in 15 minutes." in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_capitals_do_not_help(officer: User, client: Client) -> None:
    fail(client, "AKIMAT.19", times=4)
    assert fail(client, " akimat.19", times=4)[-1] == 429


def test_a_restart_forgets_nothing(officer: User, client: Client) -> None:
    fail(client)
    assert AccessAttempt.objects.get().failures_since_start >= settings.AXES_FAILURE_LIMIT
    cache.clear()
    AxesProxyHandler.get_implementation(force=True)
    assert fail(Client(), times=1) == [429]


def test_another_name_and_another_place_are_not_locked(officer: User, client: Client) -> None:
    fail(client)
    assert fail(client, "akimat.33", times=1) == [422]
    assert fail(client, times=1, REMOTE_ADDR="10.9.8.7") == [422]


def test_an_address_that_tries_name_after_name_waits_too(officer: User, settings: Any) -> None:
    settings.SIGN_IN_FAILURES_PER_ADDRESS = 6
    names = [f"akimat.{number}" for number in range(20, 26)]
    assert [fail(Client(), name, times=1) for name in names] == [[422]] * 6
    right = {"username": "akimat.19", "password": PASSWORD}
    assert Client().post(LOGIN, right).status_code == 429
    assert Client().post(LOGIN, right, REMOTE_ADDR="10.9.8.7").status_code == 302
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=15, seconds=1)):
        assert Client().post(LOGIN, right).status_code == 302


def test_the_wait_ends(officer: User) -> None:
    start = datetime.now(UTC)
    with time_machine.travel(start, tick=False) as clock:
        fail(Client())
        clock.shift(timedelta(minutes=15, seconds=1))
        answer = Client().post(LOGIN, {"username": "akimat.19", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_success_starts_the_count_anew(officer: User, client: Client) -> None:
    fail(client, times=7)
    assert client.post(LOGIN, {"username": "akimat.19", "password": PASSWORD}).status_code == 302
    assert fail(Client(), times=7) == [422] * 7


def test_the_password_is_not_kept(officer: User, client: Client) -> None:
    client.post(f"{LOGIN}?password=top-secret", {"username": "akimat.19", "password": "top-secret"})
    kept = AccessAttempt.objects.values().get()
    assert "top-secret" not in str(kept)


@pytest.mark.parametrize(
    ("proxies", "header", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(
    settings: pytest.FixtureRequest, proxies: int, header: str, address: str
) -> None:
    settings.AXES_IPWARE_PROXY_COUNT = proxies
    request = RequestFactory().get("/", headers={"X-Forwarded-For": header}, REMOTE_ADDR="192.0.2.1")
    assert client_address(request) == address
