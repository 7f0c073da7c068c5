"""A calendar from accepted lists to the commission, clicked as people do it: with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from base import clock
from calendar_app import terms
from calendar_app.labels.calendars import ItemKind
from calendar_app.models import CalendarVersion, PlannedMeeting, TopicList
from calendar_app.queries import brought
from calendar_app.transitions import meetings
from procedure.moments import ALMATY
from regions.models import Body
from tests.browser.tabs import tabs
from tests.calendar_app.brought_lists import bring

HALF_YEAR = "2027-H1"
PLAN = f"/kk/staff/calendars/{HALF_YEAR}/1/"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def seat(
    request: pytest.FixtureRequest, browser: Browser, live_portal: str
) -> Iterator[Callable[[str], Page]]:
    """A maker of signed-in tabs, each in a browser of its own."""
    with tabs(browser, live_portal, timeout=20_000, java_script_enabled=request.param) as sit_down:
        yield sit_down


def press(page: Page) -> None:
    page.click("form.act-form button.btn-primary")


def three_lists() -> list[TopicList]:
    """Accepted lists of three akimats, each with a meeting at an exact time and one on a choice of days."""
    period = terms.half_years_open_for_lists(clock.today())[-1]
    assert period.code == HALF_YEAR
    started = TopicList.objects.filter(half_year=period.code).values("akimat")
    akimats = Body.objects.akimats().exclude(pk__in=started).order_by("code")[:3]
    people = {one.username: one for one in User.objects.all()}
    return [
        bring(
            akimat=one, half_year=period, by=people[one.pk], authority=people["authority"], now=clock.now(),
            word=f"Су {one.pk[-2:]}",
        )
        for one in akimats
    ]  # fmt: skip


def leave_the_others_out(kept: list[TopicList]) -> None:
    """The demonstration has more accepted lists: a colleague has said already why they must wait."""
    version = CalendarVersion.objects.get(calendar__half_year=HALF_YEAR)
    authority = User.objects.get(username="authority")
    ours = {one.akimat_id for one in kept}
    for fate in brought.open_items(version):
        if fate.item.akimat.pk in ours:
            continue
        what = {"topic" if fate.item.kind == ItemKind.TOPIC else "proposal": fate.item.key}
        version.refresh_from_db()
        meetings.leave_out(
            version=version, reason="later", by=authority, now=clock.now(), revision=version.revision, **what
        )


def test_a_calendar_goes_from_accepted_lists_to_the_commission(seat: Callable[[str], Page]) -> None:
    lists = three_lists()
    authority = seat("authority")
    authority.goto("/kk/staff/calendars/")
    authority.click(f"form[action='/kk/staff/calendars/{HALF_YEAR}/open/'] button")
    expect(authority).to_have_url(re.compile(re.escape(PLAN)))
    leave_the_others_out(lists)
    compile_plan(authority)
    ask(authority)

    health, agriculture = seat("ministry.health"), seat("ministry.agriculture")
    refuse_one_and_agree_to_the_others(health)
    agriculture.goto("/kk/staff/coordination/")
    agriculture.click("main a[href$='/ministry.agriculture/']")
    press(agriculture)
    expect(agriculture.locator("main .state-agreed")).to_have_count(1)

    move_to_the_proposed_time(authority)
    ask(authority)
    health.goto("/kk/staff/coordination/")
    health.click("main a[href$='/ministry.health/']")
    press(health)
    expect(health.locator("main .state-agreed")).to_have_count(3)

    authority.goto(f"{PLAN}submit/")
    expect(authority.locator("main .notice-success")).to_be_visible()
    press(authority)
    expect(authority).to_have_url(re.compile(r"/receipt/$"))
    expect(authority.locator("main")).to_contain_text(f"C-{HALF_YEAR}-1")
    numbers = PlannedMeeting.objects.filter(version__calendar__half_year=HALF_YEAR).in_order()
    assert [one.number for one in numbers.select_related("meeting")] == [
        f"{HALF_YEAR}-{number:03}" for number in range(1, 5)
    ]
    call_command("verify_journal")
    call_command("check_invariants")


def compile_plan(page: Page) -> None:
    """Three meetings by one click each, one on a chosen day; the rest is left out with a reason."""
    page.goto(f"{PLAN}akimats/")
    for left in (2, 1, 0):
        page.locator("main tr[id^=proposal-] form button").first.click()
        expect(page.locator("main tr[id^=proposal-] form")).to_have_count(left)
    page.locator("main tr[id^=proposal-] a[href$='/plan/']").first.click()
    page.locator("[name=when]").select_option(index=3)
    press(page)
    for kind in ("proposed_meeting", "topic"):
        for left in (1, 0):
            rows = "proposal" if kind == "proposed_meeting" else "topic"
            page.locator(f"main tr[id^={rows}-] a[href*='/akimats/{kind}/']").first.click()
            page.check("[name=reason][value=other]")
            press(page)
            expect(page.locator(".problem-summary")).to_be_visible()
            page.fill("[name=explanation]", "Күзге қалдырылды")
            press(page)
            expect(page.locator(f"main tr[id^={rows}-]")).to_have_count(left)
    page.goto(f"{PLAN}conflicts/")
    expect(page.locator("main h2").first).to_contain_text("0")


def ask(page: Page) -> None:
    page.goto(f"{PLAN}coordination/")
    page.click(f"main a[href='{PLAN}ask/']")
    press(page)
    expect(page.locator("#rounds")).to_be_visible()


def refuse_one_and_agree_to_the_others(page: Page) -> None:
    page.goto("/kk/staff/coordination/")
    page.locator("main table a[href*='/coordination/']").first.click()
    page.check("[name=decision][value=refuse]")
    press(page)
    expect(page.locator(".problem-summary")).to_be_visible()
    page.fill("[name=said_words]", "Министр сапарда болады")
    page.fill("[name=counter_day]", counter_day().date().isoformat())
    page.fill("[name=counter_clock]", "15:00")
    press(page)
    expect(page.locator("main .state-refused")).to_have_count(1)
    page.click("main a[href$='/ministry.health/']")
    press(page)
    expect(page.locator("main .state-agreed")).to_have_count(2)


def counter_day() -> datetime:
    """A Sunday after the first meeting of the plan."""
    first = PlannedMeeting.objects.filter(version__calendar__half_year=HALF_YEAR).in_order()[0]
    return (first.starts + timedelta(days=1)).astimezone(ALMATY)


def move_to_the_proposed_time(page: Page) -> None:
    page.goto(f"{PLAN}coordination/")
    expect(page.locator("main")).to_contain_text("Министр сапарда болады")
    page.click("main a[href*='?answer=']")
    expect(page.locator("[name=time_from]")).to_have_value("15:00")
    page.click("main button[name=save]")
    expect(page.locator("main .messages")).not_to_be_empty()
