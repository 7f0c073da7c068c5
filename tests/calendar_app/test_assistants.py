"""Assistants can be of any body; topic lists are of akimats only."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction

from accounts.models import User
from accounts.permissions import Role
from base.errors import NotPermitted
from calendar_app.models import TopicList
from calendar_app.transitions import topic_lists
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD
from tests.calendar_app.test_staff_pages import signed_in

pytestmark = pytest.mark.django_db

START = "/kk/staff/topic-lists/start/"


@pytest.mark.parametrize(
    ("body", "status", "lists"), [("ministry.health", 404, 0), ("authority", 404, 0), ("akimat.19", 302, 1)]
)
def test_an_assistant_starts_a_list_of_an_akimat_only(
    person: Callable[..., User], body: str, status: int, lists: int
) -> None:
    client = signed_in(person(body, Role.ASSISTANT))
    client.raise_request_exception = False

    assert client.post(START, {"akimat": body, "half_year": PERIOD.code}).status_code == status
    assert TopicList.objects.count() == lists


def test_the_act_refuses_a_list_of_another_body_whoever_asks(person: Callable[..., User]) -> None:
    assistant, ministry = person("ministry.health", Role.ASSISTANT), Body.objects.get(pk="ministry.health")

    with pytest.raises(NotPermitted), transaction.atomic():
        topic_lists.start(akimat=ministry, half_year=PERIOD, by=assistant, now=IN_TIME)
