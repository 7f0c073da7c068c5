"""What a document is made of: the frozen snapshot of a submission, or the list as it is being written.

Both have the shape of `calendar_app.snapshots.content_of`, so a draft reads as it would be submitted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from calendar_app import snapshots
from calendar_app.models import Submission, TopicList
from procedure.moments import day_of
from regions.models import Body

LANGUAGES = ("kk", "ru")


@dataclass(frozen=True)
class Source:
    """akimat: whose list; content: shape of a snapshot; at: instant of the document, written into the file;
    receipt_number and sha256: empty for a draft."""

    akimat: Body
    content: Mapping[str, Any]
    at: datetime
    receipt_number: str = ""
    sha256: str = ""

    @property
    def is_draft(self) -> bool:
        return not self.sha256

    @property
    def day(self) -> date:
        """The day in Almaty whose names and posts the document bears."""
        return day_of(self.at)


def of_submission(submission: Submission, akimat: Body) -> Source:
    """The document of what was submitted: later changes of the list do not reach it."""
    return Source(
        akimat, json.loads(submission.snapshot), submission.submitted_at.astimezone(UTC),
        submission.receipt_number, submission.sha256,
    )  # fmt: skip


def of_list(topic_list: TopicList) -> Source:
    """The document of a list: of its standing submission, or the draft of one that is being written.

    topic_list: read with topics, submissions, akimat and rule set.
    """
    submission = None if topic_list.is_editable else topic_list.latest_submission
    if submission:
        return of_submission(submission, topic_list.akimat)
    return Source(topic_list.akimat, _unfrozen(topic_list), topic_list.changed_at.astimezone(UTC))


def untranslated(content: Mapping[str, Any], language: str) -> list[int]:
    """Numbers of the topics that say in the other language what they lack in this one."""
    other = "ru" if language == "kk" else "kk"
    return [
        topic["position"]
        for topic in content["topics"]
        if any(not topic[part][language].strip() and topic[part][other].strip() for part in ("title", "text"))
    ]


def lacks_words(content: Mapping[str, Any], language: str) -> bool:
    """Whether a dash stands in the document where the other language has words."""
    other = "ru" if language == "kk" else "kk"
    pairs = [content.get(part) or {} for part in ("analysis", "no_topics_reason", "no_meetings_reason")]
    pairs += [meeting["venue"] for meeting in content.get("meetings", ())]
    return bool(untranslated(content, language)) or any(
        not pair.get(language, "").strip() and pair.get(other, "").strip() for pair in pairs
    )


def _unfrozen(topic_list: TopicList) -> dict[str, Any]:
    """What the snapshot of the present list would hold; nothing is saved."""
    submission = Submission(
        topic_list=topic_list,
        round=topic_list.round,
        submitted_at=topic_list.changed_at,
        last_day=day_of(topic_list.changed_at),
        late=False,
        answer=topic_list.answer,
        rule_set=topic_list.rule_set,
    )
    return snapshots.content_of(submission, topic_list.topics.all())
