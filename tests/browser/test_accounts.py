"""Accounts in a real browser: the second factor from the picture to the next sign-in, and every page looked at."""

from __future__ import annotations

from base64 import b32decode
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axe_playwright_python.sync_playwright import Axe
from django_otp.oath import totp
from playwright.sync_api import Page

WIDTHS = (360, 1280)
PAGES = ("account/", "account/password/", "second-factor/", "second-factor/set-up/", "logout/")


def sign_in(page: Page, language: str = "en") -> None:
    page.goto(f"/{language}/login/")
    page.fill("[name=username]", "akimat.33")
    page.fill("[name=password]", "demo")
    page.click("main button[type=submit]")


def looked_at(page: Page) -> None:
    """Fits both widths, and axe finds nothing."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not page.evaluate(wide), f"{page.url} at {width}"
    found = Axe().run(page)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


@pytest.fixture
def refused(page: Page) -> list[str]:
    """What the content policy or a script complains about."""
    told: list[str] = []
    page.on("console", lambda one: told.append(one.text) if "Content Security Policy" in one.text else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_page_of_the_account(page: Page, refused: list[str], language: str) -> None:
    page.goto(f"/{language}/login/")
    looked_at(page)
    page.click("main button[type=submit]")
    looked_at(page)
    sign_in(page, language)
    for path in PAGES:
        page.goto(f"/{language}/{path}")
        assert page.locator("html").get_attribute("lang") == language
        looked_at(page)
    assert refused == []


def test_the_second_factor_from_the_picture_to_the_next_sign_in(page: Page, refused: list[str]) -> None:
    sign_in(page)
    page.goto("/en/second-factor/set-up/")
    picture = page.locator("main img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    key = b32decode(page.locator("main code").inner_text().replace(" ", ""))
    page.fill("[name=code]", f"{totp(key):06d}")
    page.click("main button[type=submit]")
    assert page.locator("main li code").count() == 10
    looked_at(page)
    page.goto("/en/second-factor/")
    looked_at(page)
    page.context.clear_cookies()
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=60)):
        sign_in(page)
        page.wait_for_url("**/second-factor/verify/**")
        looked_at(page)
        page.fill("[name=code]", "000000")
        page.click("main button[type=submit]")
        assert page.is_visible(".invalid-feedback")
        page.wait_for_timeout(1200)
        page.fill("[name=code]", f"{totp(key):06d}")
        page.click("main button[type=submit]")
        page.wait_for_url("**/staff/")
    assert refused == []
