"""A proposed meeting that is typed and not saved yet comes back whole; two officers see both texts."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.permissions import Role
from calendar_app.models import ProposedMeeting, TopicList, UnsavedWords
from calendar_app.transitions import proposed_meetings as acts
from calendar_app.transitions import topic_lists
from procedure.proposed_meetings import MeetingDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.proposals import make_hall, place_in
from tests.calendar_app.test_proposed_meeting_pages import NEW, form
from tests.calendar_app.test_staff_pages import signed_in

pytestmark = pytest.mark.django_db

WORDS = NEW.replace("meetings/new/", "words/")
WRITTEN = ("exact-", "loose-", "ministries", "mode", "place", "attendance", "venue_")


@pytest.fixture
def colleague(person: Callable[..., User]) -> User:
    return person("akimat.19", Role.AKIMAT_OFFICER, username="colleague")


@pytest.fixture
def saved(draft: TopicList, officer: User) -> ProposedMeeting:
    return acts.save(topic_list=draft, draft=MeetingDraft(), by=officer, now=IN_TIME)


def typed(**more: object) -> dict[str, Any]:
    """The boxes of the filled page, as the script sends them: without hidden ones."""
    sent = form(**more)
    return {name: value for name, value in sent.items() if name.startswith(WRITTEN) and "FORMS" not in name}


def keep(client: Client, item: str, version: int = 1, **more: object) -> Any:
    sent = {"act": "keep", "stroke": "1795600000000", "version": version}
    sent |= {"idempotency_key": str(uuid.uuid4())}
    return client.post(f"{WORDS}{item}/", sent | typed(**more))


def test_every_box_comes_back_also_those_to_tick_and_times_that_were_added(
    saved: ProposedMeeting, officer: User, colleague: User
) -> None:
    client, address = signed_in(officer), NEW.replace("new", str(saved.pk))
    second = {"exact__1__day": "2027-03-09", "exact__1__starts": "18:30", "exact__1__ends": "20:00"}
    before = client.get(address).content.decode()
    assert 'value="2027-03-09"' not in before  # the control: one blank time

    assert keep(client, f"meeting-{saved.pk}", **second).json()["status"] == "kept"

    page = client.get(address).content.decode()
    for box in ('value="2027-03-06"', 'value="2027-03-09"', 'value="18:30"', 'value="2027-03" selected'):
        assert box in page, box
    assert page.count(" checked") == before.count(" checked") + 3  # ministry, Saturday, place
    assert "is in the form" in page
    assert 'value="2027-03-09"' not in signed_in(colleague).get(address).content.decode()
    assert not ProposedMeeting.objects.exclude(version=1).exists()


def test_a_new_meeting_has_a_way_back_from_the_list(draft: TopicList, officer: User) -> None:
    client, slot = signed_in(officer), uuid.uuid4().hex
    keep(client, f"propose-{slot}", version=0, venue_kk="Мектеп")

    overview = client.get(NEW.replace("meetings/new/", "")).content.decode()

    assert f"meetings/new/?kept={slot}" in overview
    page = client.get(f"{NEW}?kept={slot}").content.decode()
    assert "Мектеп" in page
    assert client.post(NEW, form(slot=slot, venue_kk="Мектеп")).status_code == 302
    assert not UnsavedWords.objects.exclude(words=None).exists()
    assert f"?kept={slot}" not in client.get(NEW.replace("meetings/new/", "")).content.decode()


def test_what_was_kept_before_a_colleague_saved_stands_beside_what_was_saved(
    saved: ProposedMeeting, officer: User, colleague: User
) -> None:
    client, address = signed_in(officer), NEW.replace("new", str(saved.pk))
    keep(client, f"meeting-{saved.pk}", venue_ru="Моя школа")
    assert "Compare" not in client.get(address).content.decode()
    assert signed_in(colleague).post(address, form(version=1, venue_ru="Другая школа")).status_code == 302

    page = client.get(address).content.decode()

    assert "Compare" in page
    assert "Другая школа" in page
    assert "Моя школа" in page


def test_two_officers_see_both_meetings_side_by_side(
    saved: ProposedMeeting, officer: User, colleague: User
) -> None:
    address = NEW.replace("new", str(saved.pk))
    assert signed_in(colleague).post(address, form(version=1)).status_code == 302

    page = signed_in(officer).post(address, form(version=1, attendance="77")).content.decode()

    both = page.split('id="stale"')[1].split("</section>")[0]
    assert "150" in both
    assert "77" in both
    assert "Proposed times" not in both  # they are the same


def test_a_meeting_that_was_removed_can_be_saved_as_a_new_one(
    saved: ProposedMeeting, officer: User, colleague: User, draft: TopicList
) -> None:
    address = NEW.replace("new", str(saved.pk))
    acts.remove(topic_list=draft, meeting=saved.pk, by=colleague, now=IN_TIME, version=1)

    stale = signed_in(officer).post(address, form(version=1, venue_ru="Школа"))

    page = stale.content.decode()
    assert stale.status_code == 409
    assert "This was removed while you were writing" in page
    assert f'action="{NEW}"' in page
    assert 'value="Школа"' in page


def test_colleagues_see_who_writes_which_meeting(
    saved: ProposedMeeting, officer: User, colleague: User
) -> None:
    address = NEW.replace("new", str(saved.pk))
    signed_in(colleague).get(address)

    assert "has this page open too" in signed_in(officer).get(address).content.decode()
    overview = signed_in(officer).get(NEW.replace("meetings/new/", "")).content.decode()
    assert "Proposed meeting 1" in overview.split('id="presence"')[1].split("</div>")[0]


@pytest.mark.parametrize("total", ["-1", "0", "x", "", "9" * 30])
def test_a_forged_number_of_times_loses_none(draft: TopicList, officer: User, total: str) -> None:
    client = signed_in(officer)

    answer = client.post(NEW, form(**{"loose-TOTAL_FORMS": total}))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The form came incomplete" in page
    assert 'name="loose-TOTAL_FORMS" value="1"' in page
    assert 'value="2027-03" selected' in page
    assert not ProposedMeeting.objects.exists()


def test_a_hall_says_what_the_times_mean_in_its_place(draft: TopicList, officer: User, akimat: Body) -> None:
    hall = make_hall(akimat)
    address = f"{NEW.replace('new', 'fit')}?row=exact-0"

    page = signed_in(officer).post(address, form(place="", hall=str(hall.pk))).content.decode()

    assert "A day off" in page


def test_a_hall_and_a_ministry_that_were_closed_since_stop_the_submission(
    draft: TopicList, officer: User, akimat: Body
) -> None:
    hall = make_hall(akimat)
    windows = form()
    client = signed_in(officer)
    assert (
        client.post(NEW, windows | {"hall": str(hall.pk), "place": place_in("190000000").pk}).status_code
        == 302
    )
    fresh = TopicList.objects.select_related("akimat").get(pk=draft.pk)
    submit = NEW.replace("edit/meetings/new/", "submit/")
    assert "hall is closed" not in client.get(submit).content.decode()
    hall.valid_to = IN_TIME.date() - timedelta(days=1)
    hall.save()
    Body.objects.filter(pk="ministry.water").update(valid_to=IN_TIME.date() - timedelta(days=1))

    answer = client.post(submit, {"version": fresh.version, "idempotency_key": str(uuid.uuid4())})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Proposed meeting 1: the hall is closed" in page
    assert "Proposed meeting 1: one of the ministries does not exist any more" in page
    assert (
        "Proposed meeting 1: the hall is closed"
        in client.get(NEW.replace("meetings/new/", "")).content.decode()
    )
    assert TopicList.objects.get().state == "draft"
    Body.objects.filter(pk="ministry.water").update(valid_to=None)
    hall.valid_to = None
    hall.save()
    topic_lists.submit(topic_list=fresh, by=officer, now=IN_TIME, version=fresh.version)  # the control
