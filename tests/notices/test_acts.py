"""Letters that failed are queued again by those who may; old ones are forgotten, waiting ones never."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models.functions import Now
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Entry
from base.errors import NotPermitted, Refused
from notices import claims, delivery
from notices.models import Letter
from notices.transitions import letters as acts
from regions.models import Body
from tests.notices.conftest import NOW, MailServer, only_letter, queue
from tests.notices.test_staff_letters import neighbour, officer, watcher

__all__ = ["neighbour", "officer", "watcher"]  # fixtures
pytestmark = pytest.mark.django_db


def sweep() -> int:
    return delivery.sweep(clock=lambda: NOW)


@pytest.fixture
def failed(mail: MailServer) -> Letter:
    """A letter that the server refused for ever."""
    queue("refuse")
    sweep()
    letter = only_letter()
    assert (letter.state, letter.last_error) == ("failed", "SMTPRecipientsRefused 550")
    return letter


def test_a_failed_letter_is_tried_again_at_the_present_address(
    failed: Letter, watcher: User, officer: User, mail: MailServer
) -> None:
    Letter.objects.filter(pk=failed.pk).update(user=officer)
    Letter.objects.filter(pk=failed.pk).update(recipient_key=failed.recipient_key)
    acts.queue_again(letter=failed, by=watcher, now=NOW)
    assert only_letter().state == "queued"
    sweep()
    assert only_letter().state == "failed", "the same wrong address"
    Body.objects.filter(pk="akimat.39").update(official_email="right@39.example")
    address = acts._address(Letter(recipient_key="body:akimat.39", email="wrong@39.example"))
    assert address == "right@39.example"
    assert acts._address(Letter(recipient_key=f"user:{officer.pk}", user=officer)) == officer.email
    entry = Entry.objects.filter(act="letter.queue_again").get()
    assert "@" not in str(entry.changes)


def test_a_letter_that_was_given_up_has_all_its_tries_again(watcher: User) -> None:
    """Attempts go on being counted, which fences claims; the control is the limit that the letter had reached."""
    queue("officer")
    tired = {"attempts": claims.MAX_ATTEMPTS - 1, "doubts": claims.MAX_DOUBTS - 1}
    Letter.objects.update(**tired)

    def attempt(*, outcome: Callable[[Letter, str], bool]) -> str:
        Letter.objects.filter(state__in=["queued", "in_doubt"]).update(next_attempt_at=Now())
        claimed = claims.claim_next()
        assert claimed
        outcome(claimed, "TimeoutError")
        return only_letter().state

    assert attempt(outcome=claims.put_back) == "failed"
    acts.queue_again(letter=only_letter(), by=watcher, now=NOW)
    assert [attempt(outcome=claims.put_back) for _ in range(3)] == ["queued"] * 3
    assert [attempt(outcome=claims.doubt) for _ in range(3)] == ["in_doubt", "in_doubt", "failed"]


def test_only_a_failed_one(watcher: User) -> None:
    queue("officer")
    with pytest.raises(Refused):
        acts.queue_again(letter=only_letter(), by=watcher, now=NOW)


def test_not_by_everybody(failed: Letter, officer: User) -> None:
    with pytest.raises(NotPermitted):
        acts.queue_again(letter=failed, by=officer, now=NOW)


def test_the_page_shows_the_cause_and_the_button(failed: Letter, watcher: User, officer: User) -> None:
    browser = Client()
    browser.force_login(watcher)
    page = browser.get(failed.get_absolute_url()).content.decode()
    assert "SMTPRecipientsRefused 550" in page
    again = reverse("notices:letter_again", args=[failed.pk])
    assert again in page
    assert browser.post(again).status_code == 302
    assert only_letter().state == "queued"
    assert again not in browser.get(failed.get_absolute_url()).content.decode()


def test_other_letters_are_not_held_up_by_one_that_fails(mail: MailServer) -> None:
    queue("refuse", "later", "full", "officer", "other")
    assert sweep() == 2
    assert sorted(Letter.objects.values_list("state", flat=True)) == [
        "failed", "failed", "queued", "sent", "sent",
    ]  # fmt: skip


def test_old_letters_are_forgotten_and_waiting_ones_are_not(mail: MailServer, settings: Any) -> None:
    queue("officer", "refuse", "later")
    sweep()
    late = NOW + timedelta(days=settings.LETTERS_KEPT_DAYS)
    assert acts.forget(now=late) == 0, "not a moment earlier"
    assert acts.forget(now=late + timedelta(seconds=1)) == 2
    assert only_letter().state == "queued"
    assert acts.forget(now=late + timedelta(days=1)) == 0
    assert Entry.objects.get(act="letter.forget").changes == {"letters": [2, 0]}
