"""What the form of a meeting and the page to submit say in good time: nothing filled in, a small hall, unfinished."""

from __future__ import annotations

import re
import uuid

import pytest

from accounts.models import User
from calendar_app.models import Import, ProposedMeeting, TopicList
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.proposals import make_hall
from tests.calendar_app.test_proposed_meeting_pages import NEW, form
from tests.calendar_app.test_staff_pages import signed_in

pytestmark = pytest.mark.django_db


def test_a_form_in_which_nothing_is_filled_in_makes_no_meeting(draft: TopicList, officer: User) -> None:
    blank = {name: "" for name in form() if "FORMS" not in name and name not in ("mode", "idempotency_key")}

    answer = signed_in(officer).post(NEW, form(**blank) | {"ministries": [], "loose-0-weekdays": []})

    assert answer.status_code == 422
    assert "Choose at least the ministries, the place or a time" in answer.content.decode()
    assert not ProposedMeeting.objects.exists()


def test_a_hall_that_is_too_small_is_said_and_stops_nothing(
    draft: TopicList, officer: User, akimat: Body
) -> None:
    hall, client = make_hall(akimat), signed_in(officer)
    sentence = "people expected: 201, seats in the hall: 200"
    assert "200 seats" in client.get(NEW).content.decode()
    client.post(NEW, form(place="", hall=str(hall.pk), attendance="200"))
    submit = NEW.replace("edit/meetings/new/", "submit/")
    assert "seats in the hall" not in client.get(submit).content.decode()  # the control: just enough

    told = client.post(NEW, form(place="", hall=str(hall.pk), attendance="201"), follow=True)

    assert "More people are expected than the hall has seats." in told.content.decode()
    assert sentence in client.get(submit).content.decode()


def test_the_answer_to_a_search_is_where_the_page_begins(draft: TopicList, officer: User) -> None:
    client = signed_in(officer)
    assert "autofocus" not in client.get(NEW).content.decode()

    page = client.post(NEW, form(place="", place_q="қонаев", find_place="1")).content.decode()

    assert re.search(r'id="id_place_1" value="\d{9}" autofocus', page)
    assert f'formaction="{NEW}#div_id_place"' in page


def test_the_page_to_submit_names_what_was_begun_and_is_not_in_the_list(
    draft: TopicList, officer: User
) -> None:
    client, submit = signed_in(officer), NEW.replace("edit/meetings/new/", "submit/")
    assert "Not in the list yet" not in client.get(submit).content.decode()
    key = draft.topics.all()[0].pk
    sent = {"act": "keep", "stroke": "1795600000000", "version": "1", "title_kk": "Жол"}
    client.post(
        NEW.replace("meetings/new/", f"words/topic-{key}/"), sent | {"idempotency_key": str(uuid.uuid4())}
    )
    batch = Import.objects.create(topic_list=draft, kind="topics", made_by=officer, made_at=IN_TIME)

    page = client.get(submit).content.decode()

    assert "Not in the list yet" in page
    assert f'href="{NEW.replace("meetings/new/", f"topics/{key}/")}">Topic 1</a>: typed and not saved' in page
    assert f"/import/{batch.pk}/" in page
