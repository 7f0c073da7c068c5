"""The second factor with real codes: enrolment, sign-in, recovery, reset."""

from __future__ import annotations

import re
from base64 import b32decode
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import User
from accounts.permissions import Role
from accounts.transitions import second_factor as acts
from audit.models import Entry
from base import clock as portal_clock
from base.errors import NotPermitted, Refused
from regions.models import Body

SET_UP = "/en/second-factor/set-up/"
VERIFY = "/en/second-factor/verify/"
HOME = "/en/account/"


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(datetime.now(UTC), tick=False) as travelling:
        yield travelling


@pytest.fixture
def required(settings: object) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def code(user: User, step: int = 0) -> str:
    """What the app of the person shows now (or `step` half-minutes from now)."""
    key = TOTPDevice.objects.get(user=user).bin_key
    return f"{totp(key, t0=-30 * step):06d}"


def enrol(browser: Client) -> list[str]:
    """Set the second factor up through the page, by typing the written key into an app."""
    page = browser.get(SET_UP).content.decode()
    key = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    shown = f"{totp(b32decode(key)):06d}"
    answer = browser.post(SET_UP, {"code": f"{shown[:3]} {shown[3:]}"})
    assert answer.status_code == 200, answer.content.decode()
    return re.findall(r"<code[^>]*>([a-z0-9]{5}-[a-z0-9]{5})</code>", answer.content.decode())


@pytest.fixture
def enrolled(clock: time_machine.Coordinates, officer: User, sign_in: Callable[..., Client]) -> list[str]:
    """Ten recovery codes of the officer, who is enrolled; the next half-minute has begun."""
    codes = enrol(sign_in("akimat.19", at=Client()))
    clock.shift(timedelta(seconds=30))
    return codes


def test_it_is_offered_but_not_required_in_a_demonstration(
    officer: User, sign_in: Callable[..., Client]
) -> None:
    assert sign_in("akimat.19").get(HOME).status_code == 200


def test_when_required_only_the_set_up_is_open(
    officer: User, required: None, sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("akimat.19")
    assert browser.get(HOME)["Location"] == f"{SET_UP}?next=%2Fen%2Faccount%2F"
    assert browser.get("/en/staff/")["Location"].startswith(SET_UP)
    assert browser.get(VERIFY)["Location"] == SET_UP
    assert browser.get("/en/logout/").status_code == 200
    assert browser.post("/en/account/language/", {"language": "kk"}).status_code == 302
    enrol(browser)
    assert browser.get(HOME).status_code == 200


def test_the_qr_code_is_an_image_without_script(officer: User, sign_in: Callable[..., Client]) -> None:
    browser = sign_in("akimat.19")
    page = browser.get(SET_UP).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert "style=" not in page
    address = second_factor.app_address(officer, browser.session["new_second_factor_key"])
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("otpauth", "totp", "/Meetings%20portal%3Aakimat.19")
    assert parse_qs(parts.query)["issuer"] == ["Meetings portal"]


@pytest.mark.parametrize(
    "wrong", ["000000", "", "12345", "x" * 1_000_000, "\x00\x00", "１２３４５６", "٠١٢٣٤٥"]
)
def test_a_wrong_code_sets_nothing_up(officer: User, sign_in: Callable[..., Client], wrong: str) -> None:
    browser = sign_in("akimat.19")
    before = browser.get(SET_UP).content.decode()
    answer = browser.post(SET_UP, {"code": wrong})
    assert answer.status_code == 422
    assert "error_1_id_code" in answer.content.decode()
    assert not TOTPDevice.objects.exists()
    key = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", before)[1]
    assert key in answer.content.decode(), "the key stays the same, so that the app need not scan again"


def test_enrolment_ends_the_other_sessions(
    officer: User, clock: time_machine.Coordinates, sign_in: Callable[..., Client]
) -> None:
    other = sign_in("akimat.19", at=Client())
    here = sign_in("akimat.19", at=Client())
    enrol(here)
    assert here.get(HOME).status_code == 200
    assert other.get(HOME).status_code == 302
    assert here.get(SET_UP)["Location"] == "/en/second-factor/"


def test_whoever_has_it_is_asked_for_it(
    officer: User, enrolled: list[str], sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("akimat.19")
    assert browser.get(HOME)["Location"] == f"{VERIFY}?next=%2Fen%2Faccount%2F"
    before = browser.session.session_key
    assert browser.post(VERIFY, {"code": code(officer), "next": "/en/"})["Location"] == "/en/"
    assert browser.session.session_key != before
    assert browser.get(HOME).status_code == 200
    assert browser.get(VERIFY)["Location"] == "/en/staff/"


def test_a_code_is_taken_once(officer: User, enrolled: list[str], sign_in: Callable[..., Client]) -> None:
    shown = code(officer)
    assert sign_in("akimat.19", at=Client()).post(VERIFY, {"code": shown}).status_code == 302
    again = sign_in("akimat.19", at=Client()).post(VERIFY, {"code": shown})
    assert again.status_code == 422
    assert "it has been used" in again.content.decode()


def test_the_code_of_the_enrolment_does_not_sign_in(
    officer: User, clock: time_machine.Coordinates, sign_in: Callable[..., Client]
) -> None:
    enrol(sign_in("akimat.19", at=Client()))
    assert sign_in("akimat.19", at=Client()).post(VERIFY, {"code": code(officer)}).status_code == 422


@pytest.mark.parametrize(("step", "status"), [(-2, 422), (1, 302), (2, 422)])
def test_a_clock_may_be_half_a_minute_off(
    officer: User,
    enrolled: list[str],
    clock: time_machine.Coordinates,
    sign_in: Callable[..., Client],
    step: int,
    status: int,
) -> None:
    clock.shift(timedelta(minutes=5))
    browser = sign_in("akimat.19")
    assert browser.post(VERIFY, {"code": code(officer, step)}).status_code == status


def test_guessing_is_slowed_down(
    officer: User, enrolled: list[str], clock: time_machine.Coordinates, sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("akimat.19")
    assert browser.post(VERIFY, {"code": "000000"}).status_code == 422
    slow = browser.post(VERIFY, {"code": code(officer)})
    assert slow.status_code == 429
    assert "Please try again in 1 second." in slow.content.decode()
    for failures in range(1, 8):
        clock.shift(timedelta(seconds=2**failures))
        browser.post(VERIFY, {"code": "000000"})
    answer = browser.post(VERIFY, {"code": code(officer)})
    assert "Please try again in 128 seconds." in answer.content.decode()
    clock.shift(timedelta(seconds=129))
    assert browser.post(VERIFY, {"code": code(officer)}).status_code == 302


def test_a_recovery_code_works_once(
    officer: User, enrolled: list[str], sign_in: Callable[..., Client]
) -> None:
    assert len(set(enrolled)) == 10
    typed = enrolled[3].upper().replace("-", " ")
    assert sign_in("akimat.19", at=Client()).post(VERIFY, {"code": typed}).status_code == 302
    assert sign_in("akimat.19", at=Client()).post(VERIFY, {"code": typed}).status_code == 422
    assert second_factor.recovery_codes_left(officer) == 9
    entry = Entry.objects.get(act="user.use_recovery_code")
    assert entry.changes == {"recovery_codes": [10, 9]}


def test_recovery_codes_are_not_stored(enrolled: list[str]) -> None:
    kept = " ".join(StaticToken.objects.values_list("token", flat=True)).lower()
    assert not any(found in kept or found.replace("-", "") in kept for found in enrolled)


def test_new_recovery_codes_replace_the_old(
    officer: User, enrolled: list[str], sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("akimat.19", at=Client())
    assert browser.post("/en/second-factor/codes/")["Location"] == VERIFY
    browser.post(VERIFY, {"code": code(officer)})
    page = browser.post("/en/second-factor/codes/").content.decode()
    fresh = re.findall(r"<code[^>]*>([a-z0-9-]+)</code>", page)
    assert len(fresh) == 10
    assert not set(fresh) & set(enrolled)
    assert sign_in("akimat.19", at=Client()).post(VERIFY, {"code": enrolled[0]}).status_code == 422


def test_it_can_be_given_up_with_a_code_where_it_is_optional(
    officer: User, enrolled: list[str], sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("akimat.19")
    browser.post(VERIFY, {"code": code(officer)})
    off = "/en/second-factor/off/"
    assert browser.post(off, {"code": "000000"}).status_code == 422
    assert browser.post(off, {"code": enrolled[0]}).status_code == 302
    assert browser.get(HOME).status_code == 200
    assert not second_factor.is_on(officer)


def test_it_cannot_be_given_up_where_it_is_required(
    officer: User, enrolled: list[str], required: None, sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("akimat.19")
    browser.post(VERIFY, {"code": code(officer)})
    assert browser.post("/en/second-factor/off/", {"code": enrolled[0]}).status_code == 403
    assert second_factor.is_on(officer)


def test_a_second_administrator_resets_it(
    officer: User, admin: User, enrolled: list[str], sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("akimat.19")
    browser.post(VERIFY, {"code": code(officer)})
    acts.reset(user=officer, by=admin, now=portal_clock.now())
    assert browser.get(HOME).status_code == 302
    assert not second_factor.is_on(officer)
    assert not StaticToken.objects.exists()
    entry = Entry.objects.get(act="user.reset_second_factor")
    assert (entry.actor_id, entry.actor_role, entry.subject_label) == ("admin", "admin", "akimat.19")


def test_nobody_resets_their_own(admin: User) -> None:
    with pytest.raises(Refused) as refused:
        acts.reset(user=admin, by=admin, now=portal_clock.now())
    assert refused.value.problems[0].code == "second_factor_own"


def test_only_administrators_reset(officer: User, admin: User) -> None:
    with pytest.raises(NotPermitted):
        acts.reset(user=admin, by=officer, now=portal_clock.now())


def test_the_admin_site_wants_it_where_it_is_required(
    admin: User, required: None, sign_in: Callable[..., Client]
) -> None:
    browser = sign_in("admin")
    assert browser.get("/admin/")["Location"].endswith("/second-factor/set-up/?next=%2Fadmin%2F")
    enrol(browser)
    assert browser.get("/admin/").status_code == 200


def test_nothing_secret_reaches_the_journal(officer: User, enrolled: list[str]) -> None:
    journal = str(list(Entry.objects.values()))
    key = TOTPDevice.objects.get(user=officer).key
    assert "user.enrol_second_factor" in journal
    assert key not in journal
    assert not any(recovery in journal for recovery in enrolled)


def test_a_portal_clock_that_is_shifted_does_not_shift_codes(
    officer: User, enrolled: list[str], sign_in: Callable[..., Client], settings: object, tmp_path: object
) -> None:
    settings.CLOCK_FILE = tmp_path / "clock.json"
    settings.CLOCK_FILE.write_text(
        '{"real": "2026-01-01T00:00:00+00:00", "portal": "2026-03-01T00:00:00+00:00"}'
    )
    assert sign_in("akimat.19").post(VERIFY, {"code": code(officer)}).status_code == 302


def test_an_act_by_somebody_who_enrolled_meanwhile_is_refused(
    officer: User, enrolled: list[str], person: Callable[..., User], akimat_19: Body
) -> None:
    with pytest.raises(Refused):
        acts.enrol(user=officer, key=second_factor.new_key(), code="000000", now=portal_clock.now())
    assert person("late", akimat_19, Role.ASSISTANT).pk
