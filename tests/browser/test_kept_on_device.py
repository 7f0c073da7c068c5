"""What stands on the device only, because the portal was out of reach: it comes back, and overwrites nothing unseen."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Dialog, Page, expect

from tests.browser.test_kept_words import BOX, EDITOR, KEPT, STATUS, open_topic, saved_title, type_words


def close_offline(page: Page) -> None:
    """Leave the page before closing the tab: what a closing tab sends last, Chromium lets through."""
    page.goto("about:blank")
    page.close()


def test_a_copy_that_a_colleague_has_overtaken_is_compared_before_it_replaces_anything(
    desk: Callable[..., Page], colleague: str
) -> None:
    phone, office = desk(), desk(colleague)
    address = open_topic(phone)
    phone.context.set_offline(True)
    type_words(phone, "Далада жазылған")
    context = phone.context
    close_offline(phone)
    office.goto(address)
    type_words(office, "Кеңседе жазылған")
    office.click("button[name=save]")
    expect(office.locator(".notice-success")).to_be_visible()
    context.set_offline(False)

    back = context.new_page()
    back.goto(address)
    expect(back.locator(BOX)).to_have_value("Кеңседе жазылған")
    back.click("#kept-here [data-put]")
    expect(back.locator(STATUS)).to_have_text(KEPT)
    back.click("button[name=save]")

    expect(back.locator("#stale")).to_be_visible()
    expect(back.locator("main")).to_contain_text("Кеңседе жазылған")
    expect(back.locator(BOX)).to_have_value("Далада жазылған")
    assert saved_title(office) == "Кеңседе жазылған"
    back.click("button[name=save]")
    expect(back.locator(".notice-success")).to_be_visible()
    assert saved_title(office) == "Далада жазылған"


def test_a_new_topic_that_never_reached_the_portal_has_a_way_back_from_the_list(
    desk: Callable[..., Page],
) -> None:
    page = desk()
    page.goto(f"{EDITOR}topics/new/")
    context = page.context
    context.set_offline(True)
    type_words(page, "Жолда жазылған мәселе")
    close_offline(page)
    context.set_offline(False)

    again = context.new_page()
    again.goto(EDITOR)
    again.click("#kept-elsewhere a")
    again.click("#kept-here [data-put]")
    expect(again.locator(BOX)).to_have_value("Жолда жазылған мәселе")
    again.click("button[name=save]")

    expect(again.locator(".editor-topics")).to_contain_text("Жолда жазылған мәселе")
    expect(again.locator("#kept-elsewhere")).to_be_hidden()


def test_a_meeting_comes_back_with_its_place_and_the_times_that_were_added(
    desk: Callable[..., Page],
) -> None:
    page = desk()
    page.goto(f"{EDITOR}meetings/new/")
    page.fill("#id_place", "талдықорған")
    with page.expect_request("**/fit/?row=exact-0"):  # another place may have other working hours
        page.locator("[name=place]").first.check()
    page.fill("[name=exact-0-day]", "2027-03-06")
    page.fill("[name=exact-0-starts]", "11:00")
    page.fill("[name=exact-0-ends]", "13:00")
    expect(page.locator("#fit-exact-0")).to_contain_text("day off")
    page.click("button[name=add_time]")
    expect(page.locator(STATUS)).to_have_text(KEPT)
    context = page.context
    context.set_offline(True)
    page.fill("[name=exact-1-day]", "2027-03-13")
    page.fill("[name=venue_kk]", "Мектеп")
    close_offline(page)
    context.set_offline(False)

    again = context.new_page()
    again.goto(EDITOR)
    again.click("#kept-elsewhere a")
    again.click("#kept-here [data-put]")

    expect(again.locator("[name=exact-1-day]")).to_have_value("2027-03-13")
    expect(again.locator("[name=venue_kk]")).to_have_value("Мектеп")
    expect(again.locator("[name=place]:checked")).to_have_count(1)


def test_signing_out_names_what_it_would_delete_and_leaves_what_others_have_here(
    desk: Callable[..., Page],
) -> None:
    page = desk()
    open_topic(page)
    page.context.set_offline(True)
    type_words(page, "Далада жазылған")
    context = page.context
    close_offline(page)
    context.set_offline(False)
    again = context.new_page()
    again.goto(EDITOR)
    [mine] = again.evaluate("Object.keys(localStorage)")
    again.evaluate("localStorage.setItem('words:0:1:x', JSON.stringify({ at: Date.now(), words: {} }))")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    again.once("dialog", stay)
    again.click("details.menu > summary")
    again.click("text=Sign out")
    assert "is deleted from this device" in asked[0]
    assert mine in again.evaluate("Object.keys(localStorage)")

    again.once("dialog", lambda dialog: dialog.accept())
    again.click("text=Sign out")
    again.wait_for_url("**/en/")
    assert again.evaluate("Object.keys(localStorage)") == ["words:0:1:x"]
