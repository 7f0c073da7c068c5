"""One instant everywhere: what page, calendar, admin, letter and command say of a deadline is what is enforced."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO

import icalendar
import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from base.dates import at_almaty, long_date
from calendar_app.models import Obligation, TopicList
from calendar_app.queries import compliance
from calendar_app.transitions import feed_addresses, obligations, reminders
from notices import rendering
from notices.models import Letter
from tests.calendar_app.board_pages import signed_in
from tests.calendar_app.conftest import IN_TIME, PERIOD

pytestmark = pytest.mark.django_db
KINDS = {"topic_list": "akimat.19", "calendar_submission": "authority"}
# What stands in the procedure (section 2) for the first half of 2027, written by hand.
TABLE = {
    "topic_list": ("2026-12-01", "2026-12-01", "2026-12-02T00:00:00+05:00"),
    "calendar_submission": ("2027-01-08", "2027-01-10", "2027-01-11T00:00:00+05:00"),
}


def duty(kind: str) -> Obligation:
    return Obligation.objects.get(kind=kind, half_year=PERIOD.code, body=KINDS[kind])


@pytest.fixture(autouse=True)
def day(portal: None, clock_at: Callable[[datetime], None]) -> None:
    clock_at(IN_TIME)
    obligations.derive(now=IN_TIME)


@pytest.mark.parametrize("kind", KINDS)
def test_page_calendar_and_command_name_the_same_instant(kind: str, officer: User, authority: User) -> None:
    aim, last, due = TABLE[kind]
    last_day, instant = datetime.fromisoformat(last).date(), datetime.fromisoformat(due)
    person = officer if kind == "topic_list" else authority

    page = signed_in(person).get(f"/en/staff/compliance/duties/{duty(kind).pk}/").content.decode()
    assert long_date(last_day, language="en") in page
    assert at_almaty(instant, "seconds", "en") in page

    token = feed_addresses.make(by=person, now=IN_TIME)
    feed = icalendar.Calendar.from_ical(Client().get(f"/en/staff/deadline-feed/{token}.ics").content)
    events = [one for one in feed.walk("VEVENT") if one.decoded("DTSTART") == last_day]
    assert [at_almaty(instant, "seconds", "en") in str(one["DESCRIPTION"]) for one in events] == [True]

    out = StringIO()
    call_command("obligations", "--on", "2026-11-23", "--json", stdout=out)
    [told] = [
        one
        for one in json.loads(out.getvalue())
        if (one["kind"], one["body"], one["half_year"]) == (kind, KINDS[kind], PERIOD.code)
    ]
    assert (told["last_day"], told["due"]) == (last, due)
    kept = duty(kind)
    assert (str(kept.aim_day), str(kept.last_day), kept.due) == (aim, last, instant)


def test_the_letter_names_the_same_day(draft: TopicList) -> None:
    reminders.remind(now=IN_TIME + timedelta(days=1))
    letter = Letter.objects.get(kind="topic_list_reminder", user__username="akimat.19")
    assert rendering.facts_of(letter)["last_day"] == datetime.fromisoformat(TABLE["topic_list"][1]).date()
    assert "2026 жылғы 1 желтоқсан" in rendering.render(letter).body


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("off", "status"), [(-1, "due_soon"), (0, "overdue"), (1, "overdue")])
def test_the_status_turns_at_the_instant(kind: str, off: int, status: str) -> None:
    """Seconds from the first late instant; the board, the half-year and the certificate read the same rows."""
    moment = datetime.fromisoformat(TABLE[kind][2]) + timedelta(seconds=off)
    [row] = compliance.read([PERIOD], moment, bodies=[KINDS[kind]])[:1]
    assert (row.duty.kind, row.status) == (kind, status)


@pytest.mark.parametrize(("off", "badge"), [(-60, "Due soon"), (0, "Overdue")])
def test_the_page_turns_with_it(
    off: int, badge: str, officer: User, clock_at: Callable[[datetime], None]
) -> None:
    clock_at(datetime.fromisoformat(TABLE["topic_list"][2]) + timedelta(seconds=off))
    page = signed_in(officer).get(f"/en/staff/compliance/duties/{duty('topic_list').pk}/").content.decode()
    assert f">{badge}</span>" in page
