"""To whom a body's letters go, down to a body that has neither officers with an address nor one of its own."""

from __future__ import annotations

import pytest

from accounts.models import User
from calendar_app import invariants
from calendar_app.models import TopicList
from calendar_app.transitions import topic_lists
from notices.models import Letter
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME

pytestmark = pytest.mark.django_db


def receipts() -> list[tuple[str, str]]:
    return list(Letter.objects.filter(kind="topic_list_receipt").values_list("recipient_key", "email"))


def submit(draft: TopicList, officer: User) -> None:
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)


def test_an_officer_is_written_to(draft: TopicList, officer: User) -> None:
    submit(draft, officer)
    assert receipts() == [(f"user:{officer.pk}", officer.email)]


def test_a_body_whose_people_have_no_address_is_written_to_itself(draft: TopicList, officer: User) -> None:
    User.objects.update(email="")
    Body.objects.filter(pk="akimat.19").update(official_email="office@akimat.example")
    submit(draft, officer)
    assert receipts() == [("body:akimat.19", "office@akimat.example")]


def test_a_letter_that_nobody_can_receive_still_stands_among_the_letters(
    draft: TopicList, officer: User
) -> None:
    """It will be shown as not delivered, instead of being missing without a word."""
    User.objects.update(email="")
    Body.objects.update(official_email="")
    submit(draft, officer)
    assert receipts() == [("body:akimat.19", "")]
    assert invariants.broken() == {}
