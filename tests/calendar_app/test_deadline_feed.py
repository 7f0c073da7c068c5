"""Deadlines in a person's own calendar: read back by a parser that is not ours."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from django.test import Client

from accounts.models import Membership, User
from accounts.permissions import Role
from audit.models import Entry
from calendar_app.models import FeedAddress, Obligation
from calendar_app.transitions import feed_addresses, obligations
from regions.models import Day
from tests.calendar_app.board_pages import signed_in
from tests.calendar_app.conftest import IN_TIME

pytestmark = pytest.mark.django_db
PAGE = "/en/staff/deadline-feed/"


@pytest.fixture(autouse=True)
def day(portal: None, clock_at: Callable[[datetime], None]) -> None:
    clock_at(IN_TIME)
    obligations.derive(now=IN_TIME)


def events_of(content: bytes) -> dict[str, Any]:
    """By UID."""
    calendar = icalendar.Calendar.from_ical(content)
    assert not calendar.errors
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def address_of(user: User, language: str = "en") -> str:
    return f"/{language}/staff/deadline-feed/{feed_addresses.make(by=user, now=IN_TIME)}.ics"


def test_the_address_is_shown_once_and_kept_hashed(officer: User) -> None:
    browser = signed_in(officer)
    page = browser.get(PAGE).content.decode()
    assert "You have no address yet" in page
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page)
    assert key
    form = {"idempotency_key": key.group(1), "version": 0}

    shown = browser.post(PAGE, form)
    url = re.search(r'id="feed-url">[^<]*(/en/staff/deadline-feed/([\w-]+)\.ics)<', shown.content.decode())
    assert url
    assert Client().get(url.group(1)).status_code == 200
    # Sent twice by a double click: the same address stays, and is not shown again.
    again = browser.post(PAGE, form).content.decode()
    assert url.group(2) not in again
    assert "was shown already" in again
    assert url.group(2) not in browser.get(PAGE).content.decode()
    assert Client().get(url.group(1)).status_code == 200
    assert url.group(2) not in FeedAddress.objects.get().token_sha256
    assert not [one for one in Entry.objects.all() if url.group(2) in str(one.changes) + one.note]


def test_an_independent_reader_finds_the_deadlines(officer: User, authority: User) -> None:
    Obligation.objects.get(half_year="2027-H1", body="akimat.19")
    events = events_of(Client().get(address_of(officer)).content)
    [event] = [one for one in events.values() if "2027" in str(one["SUMMARY"])]
    assert event.decoded("DTSTART") == date(2026, 12, 1)
    assert event.decoded("DTEND") == date(2026, 12, 2)
    assert "2 December 2026, 00:00:00 (UTC+5)" in str(event["DESCRIPTION"])
    assert event["SEQUENCE"] == 0
    # Of its own body only, and nobody's name.
    assert len(events) == 2
    assert officer.full_name not in Client().get(address_of(officer)).content.decode()
    [calendar] = [
        one
        for one in events_of(Client().get(address_of(authority)).content).values()
        if one.decoded("DTSTART") == date(2027, 1, 10)
    ]
    assert "Day to aim at: 8 January 2027" in str(calendar["DESCRIPTION"])


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_long_names_are_folded_inside_no_letter(authority: User, language: str) -> None:
    content = Client().get(address_of(authority, language)).content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert events_of(content)


def test_a_moved_term_keeps_its_uid(authority: User) -> None:
    """The rules name another day: a term of a rule set that came into force, as it would in real life."""
    address = address_of(authority)
    before = events_of(Client().get(address).content)
    duty = Obligation.objects.get(kind="calendar_submission", half_year="2027-H1")
    duty.changes.create(
        at=datetime(2026, 11, 23, 7, tzinfo=UTC),
        rule_set=duty.rule_set,
        last_day=duty.last_day,
        aim_day=duty.aim_day,
        due=duty.due,
    )
    Obligation.objects.filter(pk=duty.pk).update(
        last_day=date(2027, 1, 15), aim_day=date(2027, 1, 15), due=datetime(2027, 1, 15, 19, tzinfo=UTC)
    )
    after = events_of(Client().get(address).content)
    assert after.keys() == before.keys()
    [moved] = [uid for uid in after if after[uid].decoded("DTSTART") != before[uid].decoded("DTSTART")]
    assert (before[moved]["SEQUENCE"], after[moved]["SEQUENCE"]) == (0, 1)
    assert after[moved].decoded("DTSTART") == date(2027, 1, 15)


def test_unchanged_is_told_in_a_line(officer: User) -> None:
    address = address_of(officer)
    first = Client().get(address)
    assert first["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in first.headers
    same = Client().get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert (same.status_code, same.content) == (304, b"")
    assert Client().get(address).content == first.content
    Day.objects.create(day=date(2026, 12, 1), kind=Day.Kind.DAY_OFF, name_kk="Демалыс", name_ru="Выходной")
    obligations.derive(now=IN_TIME)
    changed = Client().get(address, HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200
    assert b"SEQUENCE:1" in changed.content


def test_a_wrong_old_or_revoked_address_is_not_there(officer: User, neighbour: User) -> None:
    old = address_of(officer)
    other = address_of(neighbour)
    new = address_of(officer)
    assert [Client().get(one).status_code for one in (old, new, other)] == [404, 200, 200]
    signed_in(officer).post(f"{PAGE}revoke/")
    assert [Client().get(one).status_code for one in (new, other)] == [404, 200]
    assert Client().get("/en/staff/deadline-feed/wrong.ics").status_code == 404
    acts = list(Entry.objects.filter(act__startswith="feed_address").values_list("act", flat=True))
    assert acts.count("feed_address.renew") == 1
    assert acts[-1] == "feed_address.revoke"


def test_who_lost_the_right_loses_the_calendar(officer: User, neighbour: User, person: Any) -> None:
    address, other = address_of(officer), address_of(neighbour)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    Membership.objects.filter(user=neighbour).update(valid_to=date(2026, 11, 1))
    assert [Client().get(one).status_code for one in (address, other)] == [404, 404]
    observer = person("government", Role.OBSERVER)
    assert events_of(Client().get(address_of(observer)).content) == {}


def test_the_token_gets_into_no_log(officer: User, capfd: pytest.CaptureFixture[str]) -> None:
    import logging

    from base.log_filters import WithoutTokens
    from base.sealed_links import without_tokens

    token = "Secret-token_of-a-calendar-0123456789-abcde"
    handler = logging.StreamHandler()
    handler.addFilter(WithoutTokens())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        Client().get(f"/en/staff/deadline-feed/{token}.ics")
        try:
            raise ValueError(f"/en/staff/deadline-feed/{token}.ics")
        except ValueError:
            logger.exception("Broken: %s", f"/kk/staff/deadline-feed/{token}.ics?a=b")
    finally:
        logger.removeHandler(handler)
    said = capfd.readouterr().err
    assert "/deadline-feed/….ics" in said
    assert token not in without_tokens(said)
    assert said.count("/….ics") >= 3
