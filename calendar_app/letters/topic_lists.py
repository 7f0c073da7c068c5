"""Letters about topic lists: who is written to, and the facts the text is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import translation

from accounts.permissions import Permission
from base.names import in_language
from calendar_app.labels.topic_lists import ReviewOutcome
from calendar_app.models import LeftOutTopic, Review, SignedLetter, Submission, TopicComment, TopicList
from calendar_app.recipients import officers_of
from notices import outbox
from notices.outbox import Mailing
from procedure.moments import day_of

AUTHORITY = "authority"

REVIEW_KINDS = {
    ReviewOutcome.RETURNED: "topic_list_returned",
    ReviewOutcome.ACCEPTED: "topic_list_accepted",
    ReviewOutcome.REOPENED: "topic_list_reopened",
}


def topic_list_submitted(
    submission: Submission, *, topic_count: int, comments: Sequence[TopicComment], now: datetime
) -> None:
    """A receipt to the akimat, and the news to the authorised body, with the answers to its comments."""
    answers = {one: submission.answers[str(one.pk)] for one in comments}
    context = context_of(submission.topic_list) | {
        "receipt_number": submission.receipt_number,
        "submitted_at": submission.counts_at.isoformat(),
        "sha256": submission.sha256,
        "last_day": submission.last_day.isoformat(),
        "round": submission.round,
        "topic_count": topic_count,
        "late": submission.late,
        **_explained(submission),
        "answer": submission.answer,
        **_rests_on(submission.letter),
    }
    context |= _topic_by_topic("answers", answers)
    kind = "topic_list_submitted"
    if submission.round > 1:
        kind = "topic_list_resubmitted"
    elif submission.late:
        kind = "topic_list_late_submitted"
    akimat = submission.topic_list.akimat_id
    officers = officers_of(
        {akimat: Permission.TOPIC_LIST_WRITE, AUTHORITY: Permission.TOPIC_LIST_REVIEW}, day_of(now)
    )
    key = submission.receipt_number
    to_akimat = "topic_list_entered" if submission.came_at else "topic_list_receipt"
    outbox.queue_all(
        [
            Mailing(to_akimat, key, officers[akimat], context, akimat),
            Mailing(kind, key, officers[AUTHORITY], context, AUTHORITY),
        ],
        now=now,
    )


def topic_list_recalled(submission: Submission, *, now: datetime) -> None:
    """The authorised body hears that it need not review the list any more."""
    context = context_of(submission.topic_list) | {"receipt_number": submission.receipt_number}
    officers = officers_of({AUTHORITY: Permission.TOPIC_LIST_REVIEW}, day_of(now))[AUTHORITY]
    mailing = Mailing("topic_list_recalled", submission.receipt_number, officers, context, AUTHORITY)
    outbox.queue_all([mailing], now=now)


def topic_list_reviewed(
    review: Review,
    topic_list: TopicList,
    comments: Sequence[TopicComment] = (),
    left_out: Sequence[LeftOutTopic] = (),
    *,
    now: datetime,
) -> None:
    """The akimat hears what was decided, why, and by when it is asked to answer."""
    context = context_of(topic_list) | {
        "receipt_number": review.submission.receipt_number,
        "submitted_at": review.submission.counts_at.isoformat(),
        "comment": review.comment,
        "round": topic_list.round,
        "last_day": review.last_day.isoformat() if review.last_day else "",
    }
    context |= _topic_by_topic("topic_comments", {one: one.comment for one in comments})
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            context[f"left_out_{language}"] = "\n\n".join(_left_out(one, language) for one in left_out)
    kind = REVIEW_KINDS[ReviewOutcome(review.outcome)]
    akimat = topic_list.akimat_id
    officers = officers_of({akimat: Permission.TOPIC_LIST_WRITE}, day_of(now))[akimat]
    mailing = Mailing(kind, review.submission.receipt_number, officers, context, akimat)
    outbox.queue_all([mailing], now=now)


def _explained(submission: Submission) -> dict[str, str]:
    """The explanation of lateness for a letter of each language: its own text, else the other one."""
    kk, ru = submission.explanation_kk, submission.explanation_ru
    return {"explanation_kk": kk or ru, "explanation_ru": ru or kk, "explanation_en": kk or ru}


def _rests_on(letter: SignedLetter | None) -> dict[str, str]:
    """The covering letter that carries the signature, for the text below the subject; blanks without one."""
    if letter is None:
        return {"letter_number": "", "letter_day": "", "letter_signatory": "", "letter_post": ""}
    return {
        "letter_number": letter.number,
        "letter_day": letter.day.isoformat(),
        "letter_signatory": letter.signatory,
        "letter_post": letter.post,
    }


def _left_out(one: LeftOutTopic, language: str) -> str:
    """Number, title and reason of a topic that was left out; the label of the reason in the active language."""
    reason = f"{one.get_reason_display()}. {one.words}".strip()
    return f"{one.number}. {in_language(one, 'title', language)}\n{reason}"


def _topic_by_topic(name: str, said: Mapping[TopicComment, str]) -> dict[str, str]:
    """What was said about topics as one text, each below number and title, for a Kazakh and a Russian letter."""
    return {
        f"{name}_{language}": "\n\n".join(
            f"{one.number}. {in_language(one, 'title', language)}\n{text}" for one, text in said.items()
        )
        for language in ("kk", "ru")
    }


def context_of(topic_list: TopicList) -> dict[str, Any]:
    """What every letter about a list knows of it."""
    akimat = topic_list.akimat
    return {
        "akimat_kk": akimat.full_name_kk,
        "akimat_ru": akimat.full_name_ru,
        "akimat_en": akimat.full_name_en,
        "half_year_code": topic_list.half_year,
        "path": topic_list.get_absolute_url(),
    }
