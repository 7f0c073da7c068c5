"""Proposed meetings in the comparison of rounds and in the history of a list."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.models import User
from calendar_app.models import Submission, TopicList
from calendar_app.transitions import proposed_meetings as acts
from calendar_app.transitions import reviews, topic_lists
from procedure.proposed_meetings import MeetingDraft
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.proposals import SATURDAY, SATURDAYS, WATER
from tests.calendar_app.test_proposed_meetings import fresh
from tests.calendar_app.test_staff_pages import LIST, signed_in

pytestmark = pytest.mark.django_db

EN = LIST.replace("/kk/", "/en/")
ONLINE = MeetingDraft((WATER,), mode="online", windows=(SATURDAY,))


def submit(topic_list: TopicList, by: User) -> None:
    topic_lists.submit(topic_list=topic_list, by=by, now=IN_TIME, version=fresh(topic_list).version)


def test_two_rounds_are_compared(draft: TopicList, officer: User, authority: User) -> None:
    words = {"no_meetings_reason_kk": "Зал жоқ", "no_meetings_reason_ru": ""}
    acts.propose_none(topic_list=draft, words=words, by=officer, now=IN_TIME, version=fresh(draft).version)
    submit(draft, officer)
    lies = fresh(draft)
    reviews.return_(topic_list=lies, by=authority, now=IN_TIME, version=lies.version, comment="?")
    none = dict.fromkeys(words, "")
    acts.propose_none(topic_list=draft, words=none, by=officer, now=IN_TIME, version=fresh(draft).version)
    acts.save(topic_list=draft, draft=ONLINE, by=officer, now=IN_TIME)
    TopicList.objects.update(answer="!")
    submit(draft, officer)

    page = signed_in(authority).get(f"{EN}changes/").content.decode()

    assert Submission.objects.count() == 2
    assert "Proposed meetings added: 1" in page
    assert "6 March, Saturday, 11:00–13:00" in page
    assert "Зал жоқ" in page
    assert "Nothing in the list changed" not in page


def test_the_history_says_what_became_of_a_meeting(draft: TopicList, officer: User) -> None:
    saved = acts.save(topic_list=draft, draft=ONLINE, by=officer, now=IN_TIME)
    changed = replace(ONLINE, windows=(SATURDAYS,), key=saved.pk)
    acts.save(topic_list=draft, draft=changed, by=officer, now=IN_TIME, version=1)
    acts.remove(topic_list=draft, meeting=saved.pk, by=officer, now=IN_TIME, version=2)

    page = signed_in(officer).get(EN).content.decode()

    for words in ("Saved a proposed meeting", "Changed: Proposed times", "Removed a proposed meeting"):
        assert words in page
