"""What the authorised body decides about a submission (procedure, section 2, row 2 and rounds)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission
from audit.actors import Actor
from base.errors import Refused
from calendar_app import letters, snapshots, terms
from calendar_app.labels import ReviewOutcome
from calendar_app.models import Review, Submission, TopicComment, TopicList
from calendar_app.transitions import steps
from procedure.problems import Problem
from procedure.reviews import problems_to_open_round
from procedure.topic_lists import problems_to_accept
from regions import workdays


@transaction.atomic(savepoint=False)
def return_(
    *,
    topic_list: TopicList,
    by: User,
    now: datetime,
    version: int,
    comment: str = "",
    topic_comments: Mapping[int, str] | None = None,
) -> Review:
    """Send the list back with comments on the whole or on topics; a round with a term of its own begins.

    `topic_comments` maps the key of a topic to what is said about it. Raises NotPermitted, Stale, and
    Refused without any comment or for a topic of another list.
    """
    lock = steps.lock(topic_list, Permission.TOPIC_LIST_REVIEW, by, now, version)
    return _open_round("return_", ReviewOutcome.RETURNED, lock, by, now, comment, topic_comments or {})


@transaction.atomic(savepoint=False)
def reopen(
    *,
    topic_list: TopicList,
    by: User,
    now: datetime,
    version: int,
    comment: str = "",
    topic_comments: Mapping[int, str] | None = None,
) -> Review:
    """Open an accepted list again with a reason, until the calendar is submitted; as `return_`."""
    lock = steps.lock(topic_list, Permission.TOPIC_LIST_REVIEW, by, now, version)
    return _open_round("reopen", ReviewOutcome.REOPENED, lock, by, now, comment, topic_comments or {})


@transaction.atomic(savepoint=False)
def accept(*, topic_list: TopicList, by: User, now: datetime, version: int, comment: str = "") -> Review:
    """Accept the list: every text must be there in Kazakh and in Russian (procedure, section 9)."""
    locked, actor = steps.lock(topic_list, Permission.TOPIC_LIST_REVIEW, by, now, version)
    target = steps.target("accept", locked)
    if problems := problems_to_accept(locked.as_draft()):
        raise Refused(problems)
    submission = steps.latest(locked)
    review = Review.objects.create(
        submission=submission, outcome=ReviewOutcome.ACCEPTED, at=now, by=by, comment=comment.strip()
    )
    before, locked.state = locked.state, target
    steps.save(locked, now, "state")
    steps.record("accept", locked, actor, now, {"state": [before, locked.state]})
    letters.topic_list_reviewed(review, locked, now=now)
    return review


def _open_round(
    act: str,
    outcome: ReviewOutcome,
    lock: tuple[TopicList, Actor],
    by: User,
    now: datetime,
    comment: str,
    topic_comments: Mapping[int, str],
) -> Review:
    locked, actor = lock
    target = steps.target(act, locked)
    if problems := problems_to_open_round(comment, topic_comments.values()):
        raise Refused(problems)
    submission = steps.latest(locked)
    term = terms.of_new_round(locked, now, workdays.current())
    about = _comments(submission, topic_comments)
    review = Review.objects.create(
        submission=submission,
        outcome=outcome,
        at=now,
        by=by,
        comment=comment.strip(),
        last_day=term.last_day,
        due=term.due,
    )
    for one in about:
        one.review = review
    TopicComment.objects.bulk_create(about)
    before, locked.state = [locked.state, locked.round], target
    locked.round += 1
    locked.answers = {str(one.pk): "" for one in about}
    steps.save(locked, now, "state", "round", "answers")
    changes = {
        "state": [before[0], locked.state],
        "round": [before[1], locked.round],
        "last_day": [None, term.last_day.isoformat()],
        "comments": [0, len(about)],
    }
    steps.record(act.rstrip("_"), locked, actor, now, changes)
    letters.topic_list_reviewed(review, locked, about, now=now)
    return review


def _comments(submission: Submission, said: Mapping[int, str]) -> list[TopicComment]:
    """Comments on topics of the submission, in its order; Refused for a topic that is not in it."""
    said = {key: text.strip() for key, text in said.items() if text.strip()}
    topics = snapshots.topics_of(submission) if said else {}
    if said.keys() - topics.keys():
        raise Refused([Problem("topic_not_in_list")])
    return [
        TopicComment(
            topic_key=key,
            number=topic["position"],
            title_kk=topic["title"]["kk"],
            title_ru=topic["title"]["ru"],
            comment=said[key],
        )
        for key, topic in topics.items()
        if key in said
    ]
