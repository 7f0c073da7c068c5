"""What is typed on a page of the editor is not lost, whatever happens before it is saved: clicked as people do it."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Callable

from django.conf import settings
from playwright.sync_api import Page, expect
from redis import Redis

EDITOR = "/en/staff/topic-lists/2027-H1/akimat.33/edit/"
TYPED = "Ауыз су жет"  # a word that is not finished
BOX = "[name=title_kk]"
STATUS = "#keep-status"
KEPT = re.compile("Kept for you at")
MEGABYTE, LINE = 2**19 + 100, "Ауыз су жетпейді, құдық тартылып қалды.\n"  # letters of two bytes each
PASTE = "(box, text) => { box.value = text; box.dispatchEvent(new Event('input', { bubbles: true })); }"
OFFLINE = re.compile("no connection")


def open_topic(page: Page) -> str:
    """Open the first topic of the list as people do; its address."""
    page.goto(EDITOR)
    page.click(".editor-topics tbody th a")
    expect(page.locator(BOX)).to_be_visible()
    return page.url


def type_words(page: Page, text: str = TYPED) -> None:
    page.click(BOX)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def words_back(page: Page) -> str:
    """What stands in the box, after the page's offer was taken if it made one."""
    offer = page.locator("#kept-here [data-put]")
    if offer.is_visible():
        offer.click()
    return page.locator(BOX).input_value()


def saved_title(page: Page) -> str:
    page.goto(EDITOR)
    return page.locator(".editor-topics tbody th a").first.inner_text()


def test_a_tab_closed_in_the_middle_of_a_word(desk: Callable[..., Page]) -> None:
    page = desk()
    address = open_topic(page)
    type_words(page)
    context = page.context
    page.close()

    again = context.new_page()
    again.goto(address)

    assert words_back(again) == TYPED
    assert saved_title(again) != TYPED  # it is nobody's text but the writer's until it is saved


def test_without_the_script_the_word_would_be_gone(desk: Callable[..., Page]) -> None:
    """The control: what brings the word back above is the script."""
    page = desk()
    page.context.route("**/autosave*.js", lambda route: route.abort())
    address = open_topic(page)
    type_words(page)
    context = page.context
    page.close()

    again = context.new_page()
    again.goto(address)

    assert words_back(again) != TYPED


def test_another_device_of_the_same_person_has_the_words(desk: Callable[..., Page]) -> None:
    page, phone = desk(), desk()
    address = open_topic(page)
    type_words(page)
    expect(page.locator(STATUS)).to_have_text(KEPT)

    phone.goto(address)

    expect(phone.locator(BOX)).to_have_value(TYPED)
    expect(phone.locator("main")).to_contain_text("not saved yet")


def test_a_session_that_ended_in_the_middle_of_a_word(desk: Callable[..., Page]) -> None:
    page = desk()
    address = open_topic(page)
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    type_words(page)
    page.click("button[name=save]")
    page.wait_for_url("**/login/**")

    page.fill("[name=username]", "akimat.33")
    page.fill("[name=password]", "demo")
    page.click("main button[type=submit]")
    page.wait_for_url(address)

    assert words_back(page) == TYPED
    page.click("button[name=save]")
    expect(page.locator(".notice-success")).to_be_visible()
    assert saved_title(page) == TYPED


def test_a_broker_that_hangs_is_not_noticed(desk: Callable[..., Page]) -> None:
    page = desk()
    open_topic(page)
    broker = int(Redis.from_url(settings.CELERY_BROKER_URL).info("server")["process_id"])
    os.kill(broker, signal.SIGSTOP)
    try:
        type_words(page)
        expect(page.locator(STATUS)).to_have_text(KEPT)
        page.click("button[name=save]")
        expect(page.locator(".notice-success")).to_be_visible()
    finally:
        os.kill(broker, signal.SIGCONT)

    assert saved_title(page) == TYPED


def test_a_phone_that_goes_offline_between_the_field_and_the_button(desk: Callable[..., Page]) -> None:
    page = desk()
    address = open_topic(page)
    page.context.set_offline(True)
    type_words(page)
    page.click("button[name=save]")
    expect(page.locator(STATUS)).to_have_text(OFFLINE)
    assert page.url == address
    expect(page.locator(BOX)).to_have_value(TYPED)

    page.context.set_offline(False)

    expect(page.locator(STATUS)).to_have_text(KEPT)
    page.click("button[name=save]")
    expect(page.locator(".notice-success")).to_be_visible()
    assert saved_title(page) == TYPED


def test_two_officers_see_each_other_and_neither_loses_a_word(
    desk: Callable[..., Page], colleague: str
) -> None:
    first, second = desk(), desk(colleague)
    address = open_topic(first)
    second.goto(address)
    expect(second.locator("#others")).to_contain_text("has this page open too")
    type_words(first, "Бірінші мәтін")
    type_words(second, "Екінші мәтін")
    expect(second.locator(STATUS)).to_have_text(KEPT)
    first.click("button[name=save]")
    expect(first.locator(".notice-success")).to_be_visible()

    second.click("button[name=save]")

    expect(second.locator("#stale")).to_be_visible()
    expect(second.locator("main")).to_contain_text("Бірінші мәтін")
    expect(second.locator(BOX)).to_have_value("Екінші мәтін")
    assert saved_title(first) == "Бірінші мәтін"


def test_officers_at_different_topics_do_not_meet(desk: Callable[..., Page], colleague: str) -> None:
    first, second = desk(), desk(colleague)
    open_topic(first)
    second.goto(EDITOR)
    second.locator(".editor-topics tbody th a").nth(1).click()
    type_words(first, "Бірінші мәтін")
    type_words(second, "Екінші мәтін")
    for page in (first, second):
        page.click("button[name=save]")
        expect(page.locator(".notice-success")).to_be_visible()

    first.goto(EDITOR)
    assert first.locator(".editor-topics tbody th a").all_inner_texts()[:2] == [
        "Бірінші мәтін",
        "Екінші мәтін",
    ]


def test_a_megabyte_is_refused_politely_and_stays_in_the_box(desk: Callable[..., Page]) -> None:
    page = desk()
    open_topic(page)
    # As one pastes: typing a million characters would take the browser minutes.
    page.locator("[name=text_kk]").evaluate(PASTE, LINE * (MEGABYTE // len(LINE)))

    expect(page.locator(STATUS)).to_contain_text("too long")
    assert page.locator("[name=text_kk]").evaluate("box => box.value.length") >= MEGABYTE - len(LINE)


def test_signing_out_leaves_nothing_on_the_device(desk: Callable[..., Page]) -> None:
    page = desk()
    open_topic(page)
    type_words(page)
    assert page.evaluate("Object.keys(localStorage).length") == 1  # the control: there is a copy
    page.click("details.menu > summary")
    page.click("text=Sign out")
    page.wait_for_url("**/en/")

    assert page.evaluate("Object.keys(localStorage).length") == 0
