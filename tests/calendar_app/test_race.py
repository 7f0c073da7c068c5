"""Eight requests at the same instant: one list, one submission, one save; nobody is overwritten unheard."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from audit.verification import verify
from calendar_app import invariants
from calendar_app.models import HandledForm, Submission, TopicList
from notices.models import Letter
from tests.audit.test_race import WRITERS, at_once
from tests.calendar_app.test_staff_pages import words_of_topic

DRAFT = "/kk/staff/topic-lists/2027-H1/akimat.33/"


@pytest.fixture
def post(
    demonstration_copy: str,
) -> Callable[[str, str, Callable[[int], dict[str, Any]]], list[HttpResponse]]:
    """Post a form of its own from each of eight browsers of one person, all at once; the answers."""

    def post(username: str, address: str, form: Callable[[int], dict[str, Any]]) -> list[HttpResponse]:
        browsers = [Client(raise_request_exception=False) for _ in range(WRITERS)]
        for browser in browsers:
            browser.force_login(User.objects.get(username=username))
        answers: list[Any] = [None] * WRITERS

        def write(writer: int) -> None:
            answers[writer] = browsers[writer].post(address, form(writer))

        at_once(write)
        return answers

    return post


Post = Callable[[str, str, Callable[[int], dict[str, Any]]], list[HttpResponse]]


def statuses(answers: list[HttpResponse]) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def draft() -> TopicList:
    return TopicList.objects.get(akimat="akimat.33", half_year="2027-H1")


def test_a_list_is_started_once(post: Post) -> None:
    form = {"akimat": "akimat.19", "half_year": "2027-H1"}

    answers = post("akimat.19", "/kk/staff/topic-lists/start/", lambda writer: form)

    assert statuses(answers) == {302: WRITERS}
    assert TopicList.objects.filter(akimat="akimat.19", half_year="2027-H1").count() == 1


def test_one_form_sent_eight_times_is_one_submission(post: Post) -> None:
    form = {"version": draft().version, "idempotency_key": str(uuid.uuid4())}
    before = HandledForm.objects.count()

    answers = post("akimat.33", f"{DRAFT}submit/", lambda writer: form)

    assert {answer.headers.get("Location") for answer in answers} == {f"{DRAFT}receipts/1/"}
    assert Submission.objects.filter(topic_list=draft()).count() == 1
    assert Letter.objects.filter(kind="topic_list_receipt", key__contains="L-2027-H1-33-1").count() == 1
    assert HandledForm.objects.count() == before + 1
    assert verify().ok
    assert invariants.broken() == {}


def test_eight_forms_of_one_version_save_once_and_tell_the_others(post: Post) -> None:
    topic = draft().topics.get(position=1)
    others = list(draft().topics.exclude(pk=topic.pk).values_list("title_kk", flat=True))

    answers = post(
        "akimat.33",
        f"{DRAFT}edit/topics/{topic.pk}/",
        lambda writer: words_of_topic(topic.version, f"Су {writer}", "Вода"),
    )

    assert statuses(answers) == {302: 1, 409: WRITERS - 1}
    winner = next(writer for writer, answer in enumerate(answers) if answer.status_code == 302)
    assert [one.title_kk for one in draft().topics.all()] == [f"Су {winner}", *others]
    for writer, answer in enumerate(answers):
        assert writer == winner or f"Су {writer}" in answer.content.decode()


def test_eight_officers_add_topics_at_once_and_none_is_lost(post: Post) -> None:
    before = draft().topics.count()

    answers = post(
        "akimat.33", f"{DRAFT}edit/topics/new/", lambda writer: words_of_topic(0, f"Су {writer}", "Вода")
    )

    assert statuses(answers) == {302: WRITERS}
    assert [one.position for one in draft().topics.all()] == list(range(1, before + WRITERS + 1))
    assert verify().ok
