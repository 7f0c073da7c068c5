"""The administration in a real browser: its language, its width, and what axe finds."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_every_page import WIDTHS, faults_of

PAGES = [
    "",
    "calendar_app/ruleset/",
    "-> #result_list tbody tr:first-child th a",
    "calendar_app/ruleset/add/",
    "accounts/user/",
    "-> #result_list tbody tr:first-child th a",
    "accounts/user/add/",
    "accounts/membership/",
    "regions/territory/",
    "regions/body/",
    "regions/body/akimat.19/change/",
    "regions/day/",
    "regions/hall/",
    "regions/person/",
    "audit/entry/",
    "-> #result_list tbody tr:first-child th a",
    "calendar_app/topiclist/",
    "notices/letter/",
]
OURS = [*PAGES[:3], "accounts/user/add/", "regions/body/akimat.19/change/"]


def signed_in(browser: Browser, portal: str) -> Page:
    page = browser.new_context(base_url=portal).new_page()
    page.goto("/kk/login/")
    page.fill("[name=username]", "admin")
    page.fill("[name=password]", "demo")
    page.click("main form button.btn-primary")
    page.wait_for_url("**/staff/")
    return page


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_and_nothing_sticks_out(browser: Browser, live_portal: str, language: str) -> None:
    page = signed_in(browser, live_portal)
    page.goto("/admin/")
    page.click(f".languages [value={language}]")
    assert page.get_attribute("html", "lang") == language
    found = []
    # Django's own pages differ by language in their words only: all of them in one, those with our parts in each.
    for address in PAGES if language == "kk" else OURS:
        path = address if address.startswith("->") else f"/admin/{address}"
        looked = WIDTHS[1:] if language == "kk" else WIDTHS[:1]
        found += faults_of(page, path, looked, colours=WIDTHS if language != "en" else ())
    page.context.close()
    assert found == [], "\n".join(found)


def test_the_language_changes_where_one_is_and_stays(browser: Browser, live_portal: str) -> None:
    page = signed_in(browser, live_portal)
    page.goto("/admin/calendar_app/ruleset/?o=1")
    page.click("text=Русский")
    assert page.url.endswith("/admin/calendar_app/ruleset/?o=1")
    expect(page.locator("h1 >> nth=0")).to_contain_text("набор правил")
    page.goto("/admin/")
    assert page.get_attribute("html", "lang") == "ru"
    expect(page.locator(".languages [aria-current=true]")).to_have_text("Русский")
    page.context.close()


def test_a_rule_set_is_read_without_knowing_its_format(browser: Browser, live_portal: str) -> None:
    page = signed_in(browser, live_portal)
    page.goto("/admin/calendar_app/ruleset/")
    page.click("text=decree-draft-2023")
    words = page.locator(".in-words")
    expect(words).to_contain_text("2027 жылғы 8 қаңтар")
    expect(words).to_contain_text("5 жұмыс күні")
    expect(words).to_contain_text("Қорғаныс министрлігі")
    page.context.close()
