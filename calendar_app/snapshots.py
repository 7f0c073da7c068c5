"""The canonical snapshot of a submission: anybody can compute its hash again.

Recipe: UTF-8 JSON, keys sorted, no spaces, non-ASCII letters as they are, instants in UTC with six
digits of a second and `Z`; SHA-256 over exactly those bytes. The downloaded file holds exactly those
bytes, so `sha256sum FILE` is enough; docs/receipts.md shows how to build them from the printed list.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from calendar_app import meeting_snapshots as meetings
from calendar_app.models import SignedLetter, Submission, Topic, TopicComment
from procedure.topic_lists import LANGUAGES, ListDraft, TopicDraft

# Format 1 knew no proposed meetings; until format 2 the explanation was one text of any language, and nothing came
# by letter. What was submitted in them stays readable.
FORMAT = "topic-list/3"


def instant_text(moment: datetime) -> str:
    """An aware instant as `2026-11-30T18:59:59.999999Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def canonical(content: dict[str, Any]) -> str:
    """The one text of a content: what is stored, hashed and downloaded."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(
    submission: Submission, topics: Iterable[Topic], comments: Sequence[TopicComment] = ()
) -> dict[str, Any]:
    """Everything the akimat answers for: who, which half-year, when, under which rules, which topics.

    `comments` are those on topics that the submission answers, in their order.
    """
    topic_list = submission.topic_list
    return {
        "format": FORMAT,
        "akimat": topic_list.akimat.code,
        "half_year": topic_list.half_year,
        "round": submission.round,
        "receipt_number": submission.receipt_number,
        "submitted_at": instant_text(submission.submitted_at),
        "last_day": submission.last_day.isoformat(),
        "late": submission.late,
        "came_at": instant_text(submission.came_at) if submission.came_at else None,
        "explanation": {"kk": submission.explanation_kk, "ru": submission.explanation_ru},
        "answer": submission.answer,
        "answers": [_answer(comment, submission.answers[str(comment.pk)]) for comment in comments],
        "letter": _letter(submission.letter),
        "rule_set": {"code": submission.rule_set.code, "sha256": submission.rule_set.sha256},
        "analysis": {"kk": topic_list.analysis_kk, "ru": topic_list.analysis_ru},
        "no_topics_reason": {
            "kk": topic_list.no_topics_reason_kk,
            "ru": topic_list.no_topics_reason_ru,
        },
        "no_meetings_reason": {
            "kk": topic_list.no_meetings_reason_kk,
            "ru": topic_list.no_meetings_reason_ru,
        },
        "meetings": meetings.contents(topic_list.proposed),
        "topics": [_topic(position, topic) for position, topic in enumerate(topics, start=1)],
    }


def _topic(position: int, topic: Topic) -> dict[str, Any]:
    return {
        "position": position,
        "key": topic.pk,
        "title": {"kk": topic.title_kk, "ru": topic.title_ru},
        "text": {"kk": topic.text_kk, "ru": topic.text_ru},
        "sector": topic.sector,
        "district": topic.district_id or "",
        "ministry": topic.ministry_id or "",
        "urgency": topic.urgency,
        "evidence": topic.evidence,
    }


def _letter(letter: SignedLetter | None) -> dict[str, str] | None:
    """The letter that carries the signature; None where a person with the signing right submitted."""
    if letter is None:
        return None
    return {
        "number": letter.number,
        "day": letter.day.isoformat(),
        "signatory": letter.signatory,
        "post": letter.post,
        "sha256": letter.file_id,
    }


def _answer(comment: TopicComment, answer: str) -> dict[str, Any]:
    """Question and answer together; the topic is named as it was when the comment was made."""
    return {
        "position": comment.number,
        "title": {"kk": comment.title_kk, "ru": comment.title_ru},
        "comment": comment.comment,
        "answer": answer,
    }


def draft_of(submission: Submission) -> ListDraft:
    """The list as it was submitted, as the rules see it."""
    content = json.loads(submission.snapshot)
    whole = {
        f"{name}_{language}": content[name][language]
        for name in ("analysis", "no_topics_reason", "no_meetings_reason")
        for language in LANGUAGES
        if name in content
    }
    proposed = meetings.drafts(content.get("meetings", ()))
    return ListDraft([_draft(topic) for topic in content["topics"]], meetings=proposed, **whole)


def _draft(topic: dict[str, Any]) -> TopicDraft:
    texts = {f"{name}_{code}": topic[name][code] for name in ("title", "text") for code in LANGUAGES}
    choices = {name: topic[name] for name in ("sector", "district", "ministry", "urgency", "evidence", "key")}
    return TopicDraft(**texts, **choices)


def topics_of(submission: Submission) -> dict[int, dict[str, Any]]:
    """The topics as they were submitted, in their order, by the key under which the portal knows them."""
    return {topic["key"]: topic for topic in json.loads(submission.snapshot)["topics"]}
