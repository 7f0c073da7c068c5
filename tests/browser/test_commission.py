"""The commission on a telephone: the secretary plans, members vote, the calendar is published, and not before."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from accounts.models import User
from base import clock
from calendar_app import terms
from calendar_app.labels.calendars import ItemKind
from calendar_app.models import CalendarVersion, CoordinationAnswer
from calendar_app.queries import brought
from calendar_app.transitions import calendars, coordination, meetings
from notices import rendering
from notices.models import Letter
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from regions.models import Hall
from tests.browser.tabs import tabs

SUBJECT = "Отырыстан кейін ғана көрінетін кездесу"
MINISTRY = "ministry.health"


@pytest.fixture
def version(live_portal: str) -> CalendarVersion:
    """The calendar of the coming half-year with one meeting, submitted to the commission."""
    now, by = clock.now(), User.objects.get(username="authority")
    period = terms.half_years_open_for_lists(clock.today())[-1]
    made = calendars.open_(half_year=period, by=by, now=now)
    hall = Hall.objects.order_by("pk")[0]
    starts = datetime.combine(period.last_day - timedelta(days=30), time(18), tzinfo=ALMATY)
    draft = MeetingDraft(
        hall.territory_id, starts, starts + timedelta(hours=2), (MINISTRY,), hall=hall.pk,
        subject_kk=SUBJECT, subject_ru=SUBJECT,
    )  # fmt: skip

    def at_hand() -> dict[str, object]:
        revision = CalendarVersion.objects.values_list("revision", flat=True).get(pk=made.pk)
        return {"by": by, "now": now, "revision": revision}

    meetings.plan(version=made, drafts=[draft], **at_hand())
    for item in brought.open_items(made):
        kind = "topic" if item.item.kind == ItemKind.TOPIC else "proposal"
        meetings.leave_out(version=made, reason="later", **{kind: item.item.key}, **at_hand())
    coordination.ask(version=made, **at_hand())
    rows = list(CoordinationAnswer.objects.filter(planned__version=made))
    coordination.answer(answers=rows, agree=True, by=User.objects.get(username=MINISTRY), now=now)
    calendars.submit(version=made, **at_hand())
    return CalendarVersion.objects.select_related("calendar").get(pk=made.pk)


@pytest.fixture
def desk(browser: Browser, live_portal: str) -> Iterator[Callable[[str], Page]]:
    """A maker of signed-in telephones."""
    small = ViewportSize(width=360, height=740)
    with tabs(browser, live_portal, viewport=small, locale="kk-KZ") as sit_down:
        yield sit_down


def press(page: Page) -> None:
    page.click("form.act-form button.btn-primary")
    page.wait_for_load_state()


def test_members_vote_the_secretary_closes_the_authority_publishes(
    desk: Callable[[str], Page], version: CalendarVersion
) -> None:
    secretary, anonymous = desk("secretary"), desk("")
    public = f"/kk/calendar/?q={SUBJECT.split()[0]}"
    _plan(secretary, version)

    _read_by_link(desk(""))

    secretary.click("a[href$='/open/']")
    press(secretary)
    for number in range(1, 6):
        _vote(desk(f"commission.{number}"))
    anonymous.goto(public)
    expect(anonymous.locator("main")).not_to_contain_text(SUBJECT)
    secretary.reload()
    secretary.click("a[href$='/close/']")
    secretary.fill("[name=protocol_number]", "12")
    press(secretary)
    expect(secretary.locator("main")).to_contain_text("№ 12")

    authority = desk("authority")
    authority.goto(version.get_absolute_url().replace("/ru/", "/kk/"))
    authority.click("a[href$='/publish/']")
    anonymous.goto(public)
    expect(anonymous.locator("main")).not_to_contain_text(SUBJECT)
    press(authority)
    # A reader's browser may keep a page for a minute; to reload is to ask.
    anonymous.reload()
    expect(anonymous.locator("main")).to_contain_text(SUBJECT)


def _plan(secretary: Page, version: CalendarVersion) -> None:
    """The secretary plans a session in two weeks and sends the materials."""
    secretary.goto("/kk/staff/commission/")
    secretary.click(f"a[href$='/commission/plan/{version.pk}/']")
    secretary.check("[name=kind][value=session]")
    held = (clock.now() + timedelta(days=14)).astimezone(ALMATY)
    secretary.fill("[name=held_at]", f"{held:%Y-%m-%dT%H:%M}")
    press(secretary)
    secretary.click("a[href$='/materials/']")
    press(secretary)


def _vote(member: Page) -> None:
    """A member votes for the calendar."""
    member.goto("/kk/staff/commission/")
    member.click("a[href$='/vote/']")
    member.check("[name=value][value=for]")
    press(member)
    expect(member.locator("main")).to_contain_text("Дауысыңыз қабылданды")


def _read_by_link(page: Page) -> None:
    """The member's letter opens the materials without a password."""
    letter = Letter.objects.filter(kind="session_materials", user__username="commission.3").latest("pk")
    address = re.search(r"/\w\w/staff/commission/reading/[\w-]+/", rendering.render(letter).body)
    assert address
    page.goto(address[0])
    expect(page.locator("main")).not_to_contain_text("Өңірлер")
    page.click("main form button")
    expect(page.locator("main")).to_contain_text("Өңірлер")
    with page.expect_response(re.compile(r"packet\.kk\.pdf")) as got:
        page.click("a[href$='packet.kk.pdf']")
    assert got.value.status == 200
