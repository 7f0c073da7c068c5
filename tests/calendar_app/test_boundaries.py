"""A second before a deadline, at it, and a second after it: whoever is asked says the same.

Asked are the page, the board, the act, the letter to the authorised body, the admin and `manage.py obligations`.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client

from accounts.models import Membership, User
from accounts.permissions import Role
from calendar_app.models import Obligation, TopicList
from calendar_app.queries import obligations as queries
from calendar_app.transitions import extensions, obligations, topic_lists
from calendar_app.transitions.reminders import remind
from notices.models import Letter
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
DUE = datetime.fromisoformat("2026-12-02T00:00:00+05:00")
EXTENDED_DUE = datetime.fromisoformat("2026-12-09T00:00:00+05:00")
AROUND = [(-1, False), (0, True), (1, True)]


class Portal:
    """The portal with its clock set to an instant; pages are asked again if the answer took too long."""

    def __init__(self, settings: Any, folder: Path) -> None:
        self.settings, self.path = settings, folder / "clock.json"

    def page(self, user: User, address: str, moment: datetime) -> str:
        browser = Client()
        browser.force_login(user)
        for _ in range(20):
            began = time.monotonic()
            anchor = {"real": datetime.now(UTC).isoformat(), "portal": moment.isoformat()}
            self.path.write_text(json.dumps(anchor))
            self.settings.CLOCK_FILE = self.path
            answer = browser.get(address, follow=True)
            assert answer.status_code == 200
            if time.monotonic() - began < 0.9:
                return answer.content.decode()
        raise AssertionError("no page within a second")


@pytest.fixture
def watched(settings: Any, tmp_path: Path) -> Portal:
    return Portal(settings, tmp_path)


@pytest.fixture
def administrator(portal: None) -> User:
    user = User.objects.create_user("admin", full_name="Demo admin", email="admin@x.example", language="ru")
    body = Body.objects.get(code="authority")
    Membership.objects.create(user=user, body=body, role=Role.ADMIN, valid_from=date(2020, 1, 1))
    return user


def told(moment: datetime) -> str:
    [one] = [
        one for one in queries.as_known(moment) if one.owed.key == ("topic_list", "2027-H1", "akimat.19", 1)
    ]
    return one.status


def printed(day: str) -> str:
    out = StringIO()
    call_command("obligations", "--on", day, "--json", stdout=out)
    [row] = [
        one
        for one in json.loads(out.getvalue())
        if (one["kind"], one["subject"], one["body"]) == ("topic_list", "2027-H1", "akimat.19")
    ]
    return str(row["status"])


def missed_letters(moment: datetime) -> int:
    """Letters to the authorised body about the term, as if the sweep ran at the instant; undone."""
    with transaction.atomic():
        remind(now=moment)
        found = Letter.objects.filter(kind="topic_list_missed", context__bodies_en__icontains="Almaty Region")
        number = found.count()
        transaction.set_rollback(True)
    return number


def comes_late(draft: TopicList, officer: User, moment: datetime) -> bool:
    with transaction.atomic():
        made = topic_lists.submit(
            topic_list=draft, by=officer, now=moment, version=draft.version, explanation_kk="Кешікті"
        )
        transaction.set_rollback(True)
    return made.late


def everybody(
    watched: Portal, draft: TopicList, moment: datetime, people: dict[str, User]
) -> dict[str, bool]:
    """Whether each of those that are asked calls the list late at the instant."""
    board = watched.page(people["authority"], "/en/staff/topic-lists/?q=almaty+region", moment)
    own = watched.page(people["officer"], draft.get_absolute_url(), moment)
    duty = Obligation.objects.get(kind="topic_list", half_year="2027-H1", body="akimat.19")
    admin = watched.page(people["admin"], f"/admin/calendar_app/obligation/?q={duty.pk}", moment)
    row = admin.partition(f"/obligation/{duty.pk}/change/")[2].partition("</tr>")[0]
    return {
        "board": "state-overdue" in board.partition("<tbody>")[2],
        "list": "state-overdue" in own,
        "act": comes_late(draft, people["officer"], moment),
        "letter": missed_letters(moment) == 1,
        "obligations": told(moment) == "overdue",
        "admin": "overdue" in row,
    }


@pytest.fixture
def people(officer: User, authority: User, administrator: User) -> dict[str, User]:
    obligations.derive(now=IN_TIME)
    return {"officer": officer, "authority": authority, "admin": administrator}


@pytest.mark.parametrize(("seconds", "late"), AROUND)
def test_the_term_of_a_list(
    watched: Portal, draft: TopicList, people: dict[str, User], seconds: int, late: bool
) -> None:
    found = everybody(watched, draft, DUE + seconds * SECOND, people)
    assert found == dict.fromkeys(found, late)


@pytest.mark.parametrize(("seconds", "late"), AROUND)
def test_an_extended_term(
    watched: Portal, draft: TopicList, people: dict[str, User], seconds: int, late: bool
) -> None:
    """At the old instant nobody calls it late any more; at the new one everybody does."""
    duty = Obligation.objects.get(kind="topic_list", half_year="2027-H1", body="akimat.19")
    extensions.extend(
        obligation=duty,
        last_day=date(2026, 12, 8),
        reason="Су тасқыны",
        by=people["authority"],
        now=IN_TIME,
        version=0,
    )
    before = everybody(watched, draft, DUE + seconds * SECOND, people)
    assert before == dict.fromkeys(before, False)
    found = everybody(watched, draft, EXTENDED_DUE + seconds * SECOND, people)
    assert found == dict.fromkeys(found, late)


def test_the_command_speaks_of_whole_days(draft: TopicList, people: dict[str, User]) -> None:
    assert [printed(day) for day in ("2026-12-01", "2026-12-02")] == ["due_soon", "overdue"]
