"""The page that goes with a reminder: one page, the words of the letter, the same bytes each time."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

import pytest
from pypdf import PdfReader
from pytest_django.fixtures import Settings

from accounts.models import User
from calendar_app.models import TopicList
from calendar_app.transitions import reminders
from notices import attachments, delivery, rendering
from notices.models import Letter
from tests.calendar_app.board_pages import signed_in
from tests.calendar_app.official_papers import pdf_text
from tests.notices.conftest import MailServer, mail, mail_process

__all__ = ["mail", "mail_process"]

pytestmark = pytest.mark.django_db
A_WEEK_BEFORE = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture
def reminder(draft: TopicList) -> Letter:
    reminders.remind(now=A_WEEK_BEFORE)
    return Letter.objects.get(kind="topic_list_reminder", user__username="akimat.19")


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_says_what_the_letter_says(reminder: Letter, language: str, settings: Settings) -> None:
    reminder.language = language
    text = rendering.render(reminder)
    [paper] = attachments.of(reminder, text)
    assert paper.name == f"topic-list-reminder-{language}.pdf"
    assert paper.content == attachments.of(reminder, text)[0].content
    said = pdf_text(paper.content)
    assert len(PdfReader(BytesIO(paper.content)).pages) == 1
    for sentence in re.split(r"(?<=[.!?])\s+", text.body.partition("\n--\n")[0]):
        assert "".join(sentence.split())[:60] in "".join(said.split())


def test_whoever_gets_the_letter_gets_its_page(reminder: Letter, officer: User, neighbour: User) -> None:
    address = f"/en/staff/letters/{reminder.pk}/papers/1/"
    answer = signed_in(officer).get(address)
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert address in signed_in(officer).get(f"/en/staff/letters/{reminder.pk}/").content.decode()
    assert signed_in(neighbour).get(address).status_code == 404
    assert signed_in(officer).get(address.replace("/1/", "/2/")).status_code == 404


def test_the_page_goes_with_the_mail(reminder: Letter, mail: MailServer) -> None:
    assert delivery.deliver_waiting(clock=lambda: A_WEEK_BEFORE)
    [message] = [one for one in mail.accepted() if one["Message-ID"] == reminder.message_id]
    text = rendering.render(reminder)
    assert message.get_body().get_content().splitlines() == text.body.splitlines()
    [part] = message.iter_attachments()
    assert part.get_content_type() == "application/pdf"
    assert part.get_content() == attachments.of(reminder, text)[0].content
