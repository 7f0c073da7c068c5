"""The page that tells how to compute a receipt's hash again names what is really in the snapshot."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from accounts.models import User
from calendar_app.models import Submission, TopicComment, TopicList
from calendar_app.transitions import reviews, topic_lists
from tests.calendar_app.conftest import IN_TIME

pytestmark = pytest.mark.django_db

PAGE = Path(settings.BASE_DIR) / "docs" / "receipts.md"


def documented(start: str) -> set[str]:
    """The keys that stand behind these words, up to the end of the list of names."""
    text = " ".join(PAGE.read_text().split())
    listed = re.match(r"(?:[,\s]*`[a-z0-9_]+`)+", text[text.index(start) + len(start) :])
    assert listed
    return set(re.findall(r"`([a-z0-9_]+)`", listed[0]))


@pytest.fixture
def snapshot(submitted: TopicList, officer: User, authority: User) -> dict[str, object]:
    """Of a list that answers a comment on a topic."""
    topic = submitted.topics.get(position=1)
    reviews.return_(
        topic_list=submitted,
        by=authority,
        now=IN_TIME,
        version=submitted.version,
        topic_comments={topic.pk: "?"},
    )
    TopicList.objects.update(answers={str(TopicComment.objects.get().pk): "!"})
    version = TopicList.objects.get().version
    topic_lists.submit(topic_list=submitted, by=officer, now=IN_TIME, version=version)
    content: dict[str, object] = json.loads(Submission.objects.get(number=2).snapshot)
    return content


def test_documented_keys_are_the_real_ones(snapshot: dict[str, object]) -> None:
    assert documented("one object with the keys ") == snapshot.keys()
    for name, start in [
        ("topics", "`topics` is a list of objects with the keys "),
        ("answers", "those to comments on topics: a list of objects with the keys "),
    ]:
        rows = snapshot[name]
        assert isinstance(rows, list)
        assert documented(start) == rows[0].keys()


def test_every_text_in_two_languages_is_one_object(snapshot: dict[str, object]) -> None:
    for name in ("analysis", "no_topics_reason"):
        value = snapshot[name]
        assert isinstance(value, dict)
        assert list(value) == ["kk", "ru"]
