"""The board as people narrow it: with scripts only the rows change, without them the page is loaded anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

BOARD = "/ru/staff/topic-lists/"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def has_scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def desk(has_scripts: bool, browser: Browser, live_portal: str) -> Iterator[Page]:
    """The board before the authorised body, in Russian."""
    context = browser.new_context(base_url=live_portal, java_script_enabled=has_scripts)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(BOARD)
    page.fill("[name=username]", "authority")
    page.fill("[name=password]", "demo")
    page.click("main form button.btn-primary")
    page.wait_for_url(f"**{BOARD}")
    yield page
    context.close()


def narrow(page: Page, has_scripts: bool, **choices: str) -> None:
    for name, value in choices.items():
        page.select_option(f"#board-filter [name={name}]", value)
    if not has_scripts:
        page.click("#board-filter button")


def test_filters_change_the_rows_the_address_and_the_links(
    desk: Page, has_scripts: bool, tmp_path: Path
) -> None:
    rows = desk.locator("#board tbody tr")
    expect(rows).to_have_count(20)
    if has_scripts:
        desk.evaluate("window.isSamePage = true")
        desk.focus("#board-filter [name=state]")

    narrow(desk, has_scripts, state="not_started")
    number = int(desk.locator("[data-count=not_started]").inner_text())
    expect(rows).to_have_count(number)
    expect(desk).to_have_url(re.compile("state=not_started"))
    expect(desk.locator("#board-status")).to_contain_text(str(number))
    if has_scripts:
        assert desk.evaluate("window.isSamePage")
        assert desk.evaluate("document.activeElement.name") == "state"

    desk.fill("#board-filter [name=q]", "абайская")
    desk.press("#board-filter [name=q]", "Enter")
    expect(desk).to_have_url(re.compile("q=%D0%B0"))
    expect(desk.locator("#board-filter [name=q]")).to_have_value("абайская")
    expect(desk.locator("#languages a[lang=kk]")).to_have_attribute("href", re.compile("state=not_started"))

    desk.go_back()
    expect(rows).to_have_count(number)
    desk.click("[data-count=all] >> xpath=.. >> a")
    expect(rows).to_have_count(20)
    with desk.expect_download() as waiting:
        desk.click("#board a[href*='board.xlsx']")
    waiting.value.save_as(tmp_path / "board.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "board.xlsx").active
    assert [row[1].value for row in sheet.iter_rows() if str(row[1].value).startswith("akimat.")]
