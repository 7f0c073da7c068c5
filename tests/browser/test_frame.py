"""The frame of the pages in a real browser: nothing the policy refuses, the same use without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

PHONE = {"width": 360, "height": 740}


def sign_in(page: Page, username: str) -> None:
    page.goto("/en/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", "demo")
    page.click("main button[type=submit]")
    page.wait_for_url("**/staff/")


@pytest.fixture
def refused(page: Page) -> list[str]:
    """What the browser reports while the test runs: refused files, errors of scripts."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    return told


def is_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def test_pages_fit_a_phone_and_the_policy_refuses_nothing(page: Page, refused: list[str]) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for path in ("/kk/", "/ru/", "/en/", "/kk/login/"):
        page.goto(path)
        assert not is_wider_than_the_screen(page), path
    sign_in(page, "authority")
    for path in ("/kk/staff/", "/ru/staff/topic-lists/", "/en/account/"):
        page.goto(path)
        assert not is_wider_than_the_screen(page), path
    page.click("details.menu > summary")
    panel = page.locator(".menu-panel").bounding_box()
    assert panel is not None
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= PHONE["width"]
    assert refused == []


def test_htmx_swaps_refused_forms_and_writes_no_style(page: Page, refused: list[str]) -> None:
    sign_in(page, "authority")
    config = page.evaluate("htmx.config")
    assert config["includeIndicatorStyles"] is False
    assert config["allowEval"] is False
    for status in ("409", "422"):
        first = page.evaluate(
            "status => htmx.config.responseHandling.find(rule => new RegExp(rule.code).test(status))", status
        )
        assert first["swap"] is True
        assert not first.get("error")
    assert page.evaluate("document.querySelectorAll('style').length") == 0
    assert refused == []


def test_the_first_tab_leads_past_the_menu_and_escape_closes_the_account_menu(page: Page) -> None:
    sign_in(page, "authority")
    page.goto("/en/staff/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip-link"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.click("details.menu > summary")
    assert page.is_visible("text=Sign out")
    page.keyboard.press("Escape")
    assert not page.is_visible("text=Sign out")


def test_without_scripts_one_can_sign_in_be_told_an_error_and_sign_out(
    browser: Browser, live_portal: str
) -> None:
    context: BrowserContext = browser.new_context(base_url=live_portal, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/login/")
    page.fill("[name=username]", "authority")
    page.fill("[name=password]", "not this one")
    page.click("main button[type=submit]")
    assert page.is_visible(".invalid-feedback")
    page.fill("[name=password]", "demo")
    page.click("main button[type=submit]")
    page.wait_for_url("**/staff/")
    page.click("details.menu > summary")
    page.click("text=Sign out")
    page.wait_for_url("**/en/")
    context.close()


def test_a_second_click_while_the_first_is_on_its_way_sends_nothing(page: Page) -> None:
    sign_in(page, "akimat.33")
    page.goto("/en/staff/topic-lists/2027-H1/akimat.33/edit/topics/new/")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.fill("[name=title_kk]", "Су")
    page.evaluate(
        """() => { const button = document.querySelector('main form [name=save]');
                   button.click(); button.click(); button.click(); }"""
    )
    page.wait_for_selector(".notice-success")
    assert len(sent) == 1


def test_unsaved_text_asks_before_the_page_is_left(page: Page) -> None:
    sign_in(page, "akimat.33")
    page.goto("/en/staff/topic-lists/2027-H1/akimat.33/edit/topics/new/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.click("main textarea")
    page.keyboard.type("кө")
    page.evaluate("window.location.assign('/en/staff/')")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert "/edit/" in page.url
