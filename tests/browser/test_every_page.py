"""Every page of the topic lists in three languages and two widths: axe finds nothing, nothing sticks out."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PERIOD = "topic-lists/2027-H1"
# Who looks at what: every state of a list, every act, the board and the letters.
PAGES = {
    "-": ["", "login/", "no-such-page/", "certificates/", "certificates/?number=P-2026-H2-0001-AAAAA"],
    "akimat.19": ["staff/"],
    "akimat.33": [
        "staff/",
        f"staff/{PERIOD}/akimat.33/edit/",
        f"staff/{PERIOD}/akimat.33/edit/topics/new/",
        f"staff/{PERIOD}/akimat.33/edit/analysis/",
        f"staff/{PERIOD}/akimat.33/submit/",
        f"staff/{PERIOD}/akimat.33/import/",
        f"staff/{PERIOD}/akimat.33/import/last/",
        "staff/compliance/2027-H1/akimat.33/",
        "-> main tbody td a",
        "staff/deadline-feed/",
        "staff/letters/mine/",
        f"staff/{PERIOD}/akimat.33/edit/meetings/new/",
        f"staff/{PERIOD}/akimat.33/edit/meetings/none/",
        "staff/halls/akimat.33/new/",
        "staff/halls/",
        "-> main table th a",
        "-> main a.btn-outline-danger",
    ],
    # The second topic has a comment; the pages of a topic are found through the overview.
    "akimat.55": [
        f"staff/{PERIOD}/akimat.55/",
        f"staff/{PERIOD}/akimat.55/edit/answer/",
        f"staff/{PERIOD}/akimat.55/edit/",
        "-> [id^=topic-]:nth-child(2) th a",
        "-> main nav a[href$='/remove/']",
    ],
    "akimat.71": [f"staff/{PERIOD}/akimat.71/", f"staff/{PERIOD}/akimat.71/receipts/1/", "staff/letters/"],
    "akimat.63": [f"staff/{PERIOD}/akimat.63/", f"staff/{PERIOD}/akimat.63/receipts/1/objection/"],
    "akimat.11": [f"staff/{PERIOD}/akimat.11/recall/"],
    "authority": [
        "staff/",
        "staff/topic-lists/",
        "staff/topic-lists/?state=nonsense",
        "staff/compliance/",
        "staff/compliance/?status=nonsense",
        "staff/compliance/2026-H2/authority/",
        "staff/letters/",
        f"staff/{PERIOD}/akimat.11/",
        f"staff/{PERIOD}/akimat.11/return/",
        f"staff/{PERIOD}/akimat.11/accept/",
        f"staff/{PERIOD}/akimat.59/",
        f"staff/{PERIOD}/akimat.59/changes/",
        f"staff/{PERIOD}/akimat.59/return/",
        f"staff/{PERIOD}/akimat.71/reopen/",
        "staff/topic-lists/by-letter/",
        f"staff/{PERIOD}/akimat.75/accept/",
        f"staff/{PERIOD}/akimat.75/receipts/1/objection/answer/",
        "staff/calendars/2026-H2/2/trips/",
    ],
    "observer": ["staff/", f"staff/{PERIOD}/akimat.71/"],
    "commission.1": [
        "staff/commission/",
        "staff/calendars/2026-H2/",
        "staff/calendars/2026-H2/changes/?before=1&after=2",
        "staff/calendars/2026-H2/changes/?before=1&after=9",
        "staff/calendars/2026-H2/2/one-page/",
        "staff/commission/reading/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/",
    ],
    "secretary": ["staff/commission/", "-> main table a", "-> main a[href$='/act/']"],
    "ministry.health": ["staff/"],
}
WIDTHS = (360, 1280)


AXE = Axe()
# By far the slowest rule; what it judges is the same in every language.
COLOURS = "color-contrast"


def violations(page: Page, *, colours: bool = True) -> list[dict[str, Any]]:
    """What axe finds on the page as it is shown now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    options = {"resultTypes": ["violations"], "rules": {COLOURS: {"enabled": colours}}}
    found: list[dict[str, Any]] = page.evaluate("options => axe.run(options)", options)["violations"]
    return found


def faults_of(
    page: Page, address: str, looked: tuple[int, ...] = WIDTHS, *, colours: tuple[int, ...] = WIDTHS
) -> list[str]:
    """What axe finds at the widths `looked` at, and whether the page is too wide at either.

    `-> link` is clicked where one is; `colours` are judged at these widths.
    """
    if address.startswith("->"):
        page.click(address[3:])
        page.wait_for_load_state()
        address = page.url
    else:
        page.goto(address)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wrong = violations(page, colours=width in colours) if width in looked else []
        found += [f"{address} at {width}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in wrong]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{address} at {width}: wider than the window")
    return found


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_on_any_page(browser: Browser, live_portal: str, language: str) -> None:
    found = []
    # Languages differ by their words, widths by their styles: axe sees every page at both, the phone twice.
    looked = WIDTHS[1:] if language == "kk" else WIDTHS[:1]
    for username, addresses in PAGES.items():
        context = browser.new_context(base_url=live_portal)
        page = context.new_page()
        if username != "-":
            page.goto(f"/{language}/login/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", "demo")
            page.click("main form button.btn-primary")
            page.wait_for_url("**/staff/")
        for address in addresses:
            path = address if address.startswith("->") else f"/{language}/{address}"
            found += faults_of(page, path, looked, colours=WIDTHS if language != "en" else ())
        context.close()
    assert found == [], "\n".join(found)


def test_the_check_can_fail(browser: Browser, live_portal: str) -> None:
    """The control: a picture without a text, pale words and a wide block are found."""
    page = browser.new_page(base_url=live_portal)
    page.goto("/kk/")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x><div>some words</div>'")
    page.evaluate("document.querySelector('main div:last-child').style.width = '3000px'")
    page.evaluate("document.querySelector('main').lastElementChild.style.color = '#fefefe'")

    assert {"image-alt", COLOURS} <= {one["id"] for one in violations(page)}
    assert COLOURS not in {one["id"] for one in violations(page, colours=False)}
    assert page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
