"""A topic list from an empty page to accepted, clicked as people do it: with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from tests.browser.tabs import tabs

LIST = "/kk/staff/topic-lists/2027-H1/akimat.19/"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def desk(
    request: pytest.FixtureRequest, browser: Browser, live_portal: str
) -> Iterator[Callable[[str], Page]]:
    """A maker of signed-in tabs, each in a browser of its own."""
    with tabs(browser, live_portal, java_script_enabled=request.param) as sit_down:
        yield sit_down


def write_topic(page: Page, kk: str, ru: str) -> None:
    for language, text in (("kk", kk), ("ru", ru)):
        page.fill(f"[name=title_{language}]", text)


def press(page: Page) -> None:
    page.click("form.act-form button.btn-primary")


def test_a_list_goes_from_an_empty_page_to_accepted(desk: Callable[[str], Page]) -> None:
    akimat, authority = desk("akimat.19"), desk("authority")
    before = letters(authority)

    writes_and_submits(akimat)
    returns_with_comments(authority)
    answers_and_submits_again(akimat)
    compares_and_accepts(authority)

    history_is_complete(authority)
    after = letters(authority)
    assert {kind: after[kind] - before[kind] for kind in before} == EXPECTED_LETTERS
    call_command("verify_journal")
    call_command("check_invariants")


def writes_and_submits(akimat: Page) -> None:
    """The akimat writes two topics and submits the list."""
    akimat.click("form[action='/kk/staff/topic-lists/start/'] button")
    akimat.locator(f"a[href='{LIST}edit/topics/new/']").first.click()
    write_topic(akimat, "Ауыз су тапшы", "Не хватает питьевой воды")
    akimat.click("button[name=add]")
    write_topic(akimat, "Мектеп ескі", "Школа в аварийном состоянии")
    akimat.click("button[name=save]")
    akimat.click(f"a[href='{LIST}submit/']")
    expect(akimat.locator(".topic")).to_have_count(2)
    press(akimat)
    expect(akimat).to_have_url(re.compile(r"/receipts/1/$"))
    expect(akimat.locator("main")).to_contain_text("L-2027-H1-19-1")


def returns_with_comments(authority: Page) -> None:
    """The authorised body cannot return it without a comment; then it comments on the whole and on one topic."""
    authority.goto("/kk/staff/")
    authority.click(f"main a[href='{LIST}']")
    authority.click(f"a[href='{LIST}return/']")
    press(authority)
    expect(authority.locator(".problem-summary")).to_be_visible()
    authority.fill("[name=comment]", "Қай ауылдар туралы екенін жазыңыз")
    authority.locator("[name^=comment-]").nth(1).fill("Қай мектеп?")
    press(authority)
    expect(authority.locator("main .state-returned").first).to_be_visible()


def answers_and_submits_again(akimat: Page) -> None:
    """The akimat mends one topic, answers both comments and submits the second round."""
    akimat.goto("/kk/staff/")
    akimat.click(f"a[href='{LIST}edit/']")
    expect(akimat.locator("main")).to_contain_text("Қай ауылдар туралы екенін жазыңыз")
    akimat.locator("tr[id^=topic-] th a").first.click()
    write_topic(akimat, "Төрт ауылда ауыз су тапшы", "В четырёх сёлах не хватает воды")
    akimat.click("button[name=next]")
    expect(akimat.locator(".remark")).to_contain_text("Қай мектеп?")
    akimat.fill("[name=answer]", "Орталық мектеп")
    akimat.click("button[name=save]")
    akimat.click("main .notice a[href$='answer/#id_answer']")
    akimat.fill("[name=answer]", "Ауылдар көрсетілді")
    akimat.click("button[name=save]")
    akimat.click(f"a[href='{LIST}submit/']")
    press(akimat)
    expect(akimat).to_have_url(re.compile(r"/receipts/2/$"))


def compares_and_accepts(authority: Page) -> None:
    """The authorised body sees what changed and accepts the list without one of its topics."""
    authority.goto(LIST)
    expect(authority.locator("main")).to_contain_text("Ауылдар көрсетілді")
    expect(authority.locator(".remark")).to_contain_text("Орталық мектеп")
    authority.click(f"main a[href='{LIST}changes/']")
    expect(authority.locator("main ins").first).to_contain_text("Төрт")
    authority.go_back()
    authority.click(f"a[href='{LIST}accept/']")
    authority.locator("main form .topic summary").nth(1).click()
    authority.locator("[name^=leave-]").nth(1).select_option("later")
    press(authority)
    expect(authority.locator("main .topic").nth(1)).to_contain_text("Кейінгі жартыжылдыққа")
    expect(authority.locator("main .state-accepted").first).to_be_visible()


def history_is_complete(page: Page) -> None:
    """Start, two topics, a change and two answers, two submissions, return, accept: an entry each."""
    page.goto(LIST)
    expect(page.locator("#history tbody tr")).to_have_count(10)


EXPECTED_LETTERS = {
    "topic_list_receipt": 2,
    "topic_list_submitted": 1,
    "topic_list_returned": 1,
    "topic_list_resubmitted": 1,
    "topic_list_accepted": 1,
}


def letters(page: Page) -> dict[str, int]:
    """How many letters of each kind the staff page shows, on all its pages."""
    found = {}
    for kind in EXPECTED_LETTERS:
        found[kind], number = 0, 1
        while True:
            page.goto(f"/kk/staff/letters/?kind={kind}&page={number}")
            found[kind] += page.locator("tbody tr").count()
            if not page.locator("a[rel=next]").count():
                break
            number += 1
    return found
