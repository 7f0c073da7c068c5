"""The boundary table: page, board, calendar program, admin, letter and `obligations` agree, second by second.

Every kind of duty with a term is asked a second before its first late instant, at it, and a second after it;
the decision of the commission, which has none, is asked at the same instants and is never late.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.test import Client

from accounts.models import Membership, User
from accounts.permissions import Role
from calendar_app.models import Obligation, TopicList
from calendar_app.queries import obligations as queries
from calendar_app.transitions import feed_addresses, obligations
from calendar_app.transitions.reminders import remind
from notices import rendering
from notices.models import Letter
from procedure.moments import end_of_day
from regions.models import Body
from tests.calendar_app.board_pages import signed_in
from tests.calendar_app.conftest import IN_TIME

pytestmark = pytest.mark.django_db
# Kind → body, last day, first late instant, kind of its letters: from the procedure (sections 2 and 3), by hand.
# The list of akimat 19 came on Monday 23 November, so that its review is due on the fifth working day after it.
TABLE = {
    "topic_list": ("akimat.33", "2026-12-01", "2026-12-02T00:00:00+05:00", "topic_list_"),
    "topic_list_review": ("authority", "2026-11-30", "2026-12-01T00:00:00+05:00", "review_reminder"),
    "calendar_submission": ("authority", "2027-01-10", "2027-01-11T00:00:00+05:00", "calendar_reminder"),
}
AROUND = [(-1, False), (0, True), (1, True)]


def duty(kind: str, body: str) -> Obligation:
    return Obligation.objects.get(kind=kind, half_year="2027-H1", body=body)


@pytest.fixture
def people(submitted: TopicList, authority: User, neighbour: User) -> tuple[User, User, str]:
    """Somebody of the authorised body who is its administrator too, and the address of their calendar."""
    body = Body.objects.get(code="authority")
    admin = User.objects.create_user("admin", full_name="Demo admin", email="admin@x.example", language="ru")
    Membership.objects.create(user=admin, body=body, role=Role.ADMIN, valid_from=date(2020, 1, 1))
    obligations.derive(now=IN_TIME + timedelta(seconds=1))
    return authority, admin, feed_addresses.make(by=authority, now=IN_TIME)


@pytest.fixture
def stopped(clock_at: Callable[[datetime], None]) -> Iterator[Callable[[datetime], None]]:
    """Real time stands still, so that the portal's clock stays at the instant to which it is set."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        yield clock_at


def in_calendar(token: str, pk: int) -> str | None:
    """What the calendar program shows about the duty; None where it has no event."""
    feed = icalendar.Calendar.from_ical(Client().get(f"/en/staff/deadline-feed/{token}.ics").content)
    told = [one for one in feed.walk("VEVENT") if str(one["URL"]).endswith(f"/duties/{pk}/")]
    return str(told[0]["DESCRIPTION"]) if told else None


def row_of(page: str, address: str) -> str:
    return next((row for row in page.split("<tr") if address in row), "")


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def everybody(
    kind: str, people: tuple[User, User, str], moment: datetime, clock_at: Callable[[datetime], None]
) -> dict[str, bool]:
    """Whether each of those that are asked calls the duty late, all of them at this very instant."""
    authority, admin, token = people
    one = duty(kind, TABLE[kind][0] if kind in TABLE else "commission")
    [known] = [row for row in queries.as_known(moment) if row.owed.key == one.key]
    clock_at(moment)
    desk, engine_room = signed_in(authority), signed_in(admin)
    own = page(desk, f"/en/staff/compliance/duties/{one.pk}/")
    board = page(desk, f"/en/staff/compliance/?half_year=2027-H1&kind={kind}")
    listed = page(engine_room, f"/admin/calendar_app/obligation/?q={one.pk}")
    event = in_calendar(token, one.pk)
    found = {
        "page": ">Overdue</span>" in own,
        "board": "Overdue" in row_of(board, f"/duties/{one.pk}/"),
        "admin": "overdue" in row_of(listed, f"/obligation/{one.pk}/change/"),
        "obligations": known.status == "overdue",
    }
    # The calendar program of the authorised body has no events of others.
    return found | ({"calendar": "Overdue" in event} if event else {})


@pytest.mark.parametrize("kind", TABLE)
def test_everybody_turns_at_the_same_instant(
    kind: str, people: tuple[User, User, str], stopped: Callable[[datetime], None]
) -> None:
    body, _, due, _ = TABLE[kind]
    for seconds, late in AROUND:
        found = everybody(kind, people, datetime.fromisoformat(due) + timedelta(seconds=seconds), stopped)
        assert found == dict.fromkeys(found, late), seconds
        assert ("calendar" in found) is (body == "authority")


def test_the_decision_of_the_commission_is_never_late(
    people: tuple[User, User, str], stopped: Callable[[datetime], None]
) -> None:
    for _, _, due, _ in TABLE.values():
        found = everybody("decision", people, datetime.fromisoformat(due), stopped)
        assert found == dict.fromkeys(found, False)
        assert "calendar" not in found
    assert duty("decision", "commission").due is None


def test_letters_name_the_day_and_turn_after_it(people: tuple[User, User, str]) -> None:
    """At the step of the last working day the term is ahead, at the next one it is over."""
    # In the order of time: a step is not owed after a later one was taken.
    for kind, (body, last_day, due, letters) in sorted(TABLE.items(), key=lambda one: one[1][2]):
        late = datetime.fromisoformat(due)
        assert late == end_of_day(date.fromisoformat(last_day))
        steps = [duty(kind, body).aim_day, late.date()]
        for day, over in zip(steps, (False, True), strict=True):
            at_nine = datetime.combine(day, datetime.min.time().replace(hour=9), tzinfo=late.tzinfo)
            remind(now=at_nine)
            of_body = Letter.objects.filter(kind__startswith=letters, created_at=at_nine, user__isnull=False)
            letter = of_body.filter(body_code=body).exclude(kind="topic_list_missed").latest("pk")
            facts = rendering.facts_of(letter)
            assert (facts["last_day"], facts["overdue"]) == (date.fromisoformat(last_day), over), kind
