"""Sessions end by the real clock, with a lost right, a closed account, a new password."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import Membership, User
from accounts.tasks import clear_sessions
from base import clock as portal_clock
from tests.accounts.conftest import PASSWORD

HOME = "/en/account/"
NEW = "tyn-zhol-2027-tau"


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime.now(UTC), tick=False) as travelling:
        yield travelling


@pytest.fixture
def signed_in(clock: time_machine.Coordinates, officer: User, sign_in: Callable[..., Client]) -> Client:
    return sign_in("akimat.19")


def opens(browser: Client) -> bool:
    return browser.get(HOME).status_code == 200


def test_an_idle_session_ends(signed_in: Client, clock: time_machine.Coordinates) -> None:
    assert opens(signed_in)
    clock.shift(timedelta(minutes=59))
    assert opens(signed_in)
    clock.shift(timedelta(minutes=61))
    answer = signed_in.get(HOME)
    assert answer["Location"] == "/en/login/?next=/en/account/"
    assert "Your session has ended." in signed_in.get(answer["Location"]).content.decode()


def test_a_session_ends_however_busy(signed_in: Client, clock: time_machine.Coordinates) -> None:
    for _ in range(23):
        clock.shift(timedelta(minutes=30))
        assert opens(signed_in)
    clock.shift(timedelta(minutes=31))
    assert not opens(signed_in)
    assert "_auth_user_id" not in signed_in.session


def test_a_form_sent_too_late_leads_to_the_sign_in_and_then_home(
    signed_in: Client, clock: time_machine.Coordinates
) -> None:
    clock.shift(timedelta(hours=2))
    answer = signed_in.post("/en/account/language/", {"language": "ru"})
    assert answer["Location"] == "/en/login/?next=/en/staff/"


def test_a_shifted_portal_clock_changes_no_session(
    signed_in: Client, settings: object, tmp_path: Path, clock: time_machine.Coordinates
) -> None:
    settings.CLOCK_FILE = tmp_path / "clock.json"
    real = datetime.now(UTC)
    shifted = {"real": real.isoformat(), "portal": (real + timedelta(days=40)).isoformat()}
    settings.CLOCK_FILE.write_text(json.dumps(shifted))
    assert portal_clock.now() - real == timedelta(days=40)
    assert opens(signed_in)
    clock.shift(timedelta(minutes=61))
    assert not opens(signed_in)


def test_being_busy_is_written_once_a_minute(
    signed_in: Client, clock: time_machine.Coordinates, django_assert_num_queries: Callable[..., object]
) -> None:
    opens(signed_in)
    clock.shift(timedelta(seconds=30))
    with django_assert_num_queries(2):  # session, person with memberships
        opens(signed_in)


def test_a_removed_right_works_at_the_next_request(officer: User, signed_in: Client) -> None:
    assert opens(signed_in)
    Membership.objects.filter(user=officer).delete()
    answer = signed_in.get(HOME)
    assert answer.status_code == 403
    assert "no current membership" in answer.content.decode()
    assert signed_in.get(HOME)["Location"].startswith("/en/login/")


def test_an_ended_membership_opens_nothing(officer: User, client: Client) -> None:
    officer.memberships.update(valid_to=portal_clock.today() - timedelta(days=1))
    client.post("/en/login/", {"username": "akimat.19", "password": PASSWORD})
    assert client.get("/en/account/").status_code == 403


def test_the_last_day_is_the_portals_day(
    officer: User, signed_in: Client, settings: object, tmp_path: Path
) -> None:
    officer.memberships.update(valid_to=portal_clock.today())
    assert opens(signed_in)
    settings.CLOCK_FILE = tmp_path / "clock.json"
    real = datetime.now(UTC)
    shifted = {"real": real.isoformat(), "portal": (real + timedelta(days=1)).isoformat()}
    settings.CLOCK_FILE.write_text(json.dumps(shifted))
    assert signed_in.get(HOME).status_code == 403


def test_a_closed_account_ends_its_sessions_for_good(officer: User, signed_in: Client) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert signed_in.get(HOME).status_code == 302
    User.objects.filter(pk=officer.pk).update(is_active=True)
    assert not opens(signed_in)


def test_ending_sessions_ends_all_of_them(officer: User, sign_in: Callable[..., Client]) -> None:
    first, second = sign_in("akimat.19", at=Client()), sign_in("akimat.19", at=Client())
    officer.end_sessions()
    assert officer.session_series == 1
    assert not opens(first)
    assert not opens(second)


def test_a_new_password_ends_the_other_sessions(officer: User, sign_in: Callable[..., Client]) -> None:
    here, there = sign_in("akimat.19", at=Client()), sign_in("akimat.19", at=Client())
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/en/account/password/", form)["Location"] == "/en/staff/"
    assert opens(here)
    assert not opens(there)
    sign_in("akimat.19", NEW, at=Client())


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("old_password", "wrong", "id_old_password"),
        ("old_password", "x" * 1000, "id_old_password"),
        ("new_password2", "different-2026-x", "id_new_password2"),
        ("new_password1", "\x00" * 20, "id_new_password1"),
        ("new_password1", "", "id_new_password1"),
    ],
)
def test_a_wrong_password_form_is_told(
    signed_in: Client, officer: User, field: str, value: str, where: str
) -> None:
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW, field: value}
    answer = signed_in.post("/en/account/password/", form)
    assert answer.status_code == 422
    assert f"error_1_{where}" in answer.content.decode()
    before = officer.password
    officer.refresh_from_db()
    assert officer.password == before


@pytest.mark.parametrize(
    "password", ["short", "password12345", "123456789012345", PASSWORD, "akimat.19.akimat"]
)
def test_a_weak_password_is_refused(signed_in: Client, password: str) -> None:
    form = {"old_password": PASSWORD, "new_password1": password, "new_password2": password}
    assert signed_in.post("/en/account/password/", form).status_code == 422


def test_a_temporary_password_is_changed_first(officer: User, sign_in: Callable[..., Client]) -> None:
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    browser = sign_in("akimat.19")
    assert browser.get(HOME)["Location"] == "/en/account/password/?next=%2Fen%2Faccount%2F"
    assert browser.post("/en/account/language/", {"language": "en"}).status_code == 302
    assert browser.get("/en/logout/").status_code == 200
    form = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW, "next": "/en/account/"}
    assert browser.post("/en/account/password/", form)["Location"] == "/en/account/"
    assert opens(browser)


def test_public_pages_read_no_session(signed_in: Client) -> None:
    answer = signed_in.get("/en/")
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert not answer.cookies


def test_old_sessions_are_cleared(signed_in: Client, clock: time_machine.Coordinates) -> None:
    clear_sessions()
    assert Session.objects.count() == 1
    clock.shift(timedelta(hours=13))
    clear_sessions()
    assert Session.objects.count() == 0


def test_pages_for_one_person_are_kept_by_no_cache(officer: User) -> None:
    client = Client()
    client.force_login(officer)

    assert set(client.get("/kk/staff/").headers["Cache-Control"].split(", ")) == {"private", "no-cache"}
    assert "private" not in Client().get("/kk/").headers["Cache-Control"]
