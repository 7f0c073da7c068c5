"""A return with comments on topics: what is refused, and what stays on the page."""

from __future__ import annotations

import pytest
from django.db import transaction

from accounts.models import User
from base.errors import Refused
from calendar_app.models import Review, TopicList
from calendar_app.transitions import reviews
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.test_staff_pages import LIST, signed_in
from tests.calendar_app.test_topic_comments import ok

pytestmark = pytest.mark.django_db


def test_a_topic_of_another_list_is_refused(submitted: TopicList, authority: User) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        reviews.return_(
            topic_list=submitted,
            by=authority,
            now=IN_TIME,
            version=submitted.version,
            topic_comments={10**9: "x"},
        )

    assert [one.code for one in refusal.value.problems] == ["topic_not_in_list"]
    assert not Review.objects.exists()


@pytest.mark.parametrize("said", [{}, {1: "  "}])
def test_a_return_says_something(submitted: TopicList, authority: User, said: dict[int, str]) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        reviews.return_(
            topic_list=submitted, by=authority, now=IN_TIME, version=submitted.version, topic_comments=said
        )

    assert [one.code for one in refusal.value.problems] == ["comment_required"]


@pytest.mark.parametrize("text", ["x" * 5_000, "бір\x00екі"])
def test_a_refused_comment_stays_on_the_page(submitted: TopicList, authority: User, text: str) -> None:
    first, second = submitted.topics.order_by("position")
    sent = ok(submitted, **{f"comment-{first.pk}": "Сақталатын сөз", f"comment-{second.pk}": text})

    answer = signed_in(authority).post(f"{LIST}return/", sent)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Сақталатын сөз" in page
    assert f'href="#id_comment-{second.pk}"' in page
    assert not Review.objects.exists()


def test_a_stale_page_keeps_the_comments(submitted: TopicList, authority: User) -> None:
    first = submitted.topics.get(position=1)
    sent = ok(submitted, **{f"comment-{first.pk}": "Сақталатын сөз"}) | {"version": 1}

    answer = signed_in(authority).post(f"{LIST}return/", sent)

    assert answer.status_code == 409
    assert "Сақталатын сөз" in answer.content.decode()
