"""What the authorised body decides about a submission (procedure, section 2, row 2 and rounds)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission
from base.errors import Refused
from calendar_app import letters, terms
from calendar_app.labels import ReviewOutcome
from calendar_app.models import Review, TopicList
from calendar_app.transitions import steps
from procedure.problems import Problem
from procedure.topic_lists import problems_to_accept
from regions import workdays


@transaction.atomic(savepoint=False)
def return_(*, topic_list: TopicList, by: User, now: datetime, version: int, comment: str) -> Review:
    """Send the list back with a comment; a round with a term of its own begins."""
    return _reopen_round("return_", ReviewOutcome.RETURNED, topic_list, by, now, version, comment)


@transaction.atomic(savepoint=False)
def reopen(*, topic_list: TopicList, by: User, now: datetime, version: int, comment: str) -> Review:
    """Open an accepted list again with a reason, until the calendar is submitted."""
    return _reopen_round("reopen", ReviewOutcome.REOPENED, topic_list, by, now, version, comment)


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


def _reopen_round(
    act: str,
    outcome: ReviewOutcome,
    topic_list: TopicList,
    by: User,
    now: datetime,
    version: int,
    comment: str,
) -> Review:
    locked, actor = steps.lock(topic_list, Permission.TOPIC_LIST_REVIEW, by, now, version)
    target = steps.target(act, locked)
    if not comment.strip():
        raise Refused([Problem("comment_required", field="comment")])
    term = terms.of_new_round(locked, now, workdays.current())
    review = Review.objects.create(
        submission=steps.latest(locked),
        outcome=outcome,
        at=now,
        by=by,
        comment=comment.strip(),
        last_day=term.last_day,
        due=term.due,
    )
    before, locked.state = [locked.state, locked.round], target
    locked.round += 1
    steps.save(locked, now, "state", "round")
    changes = {
        "state": [before[0], locked.state],
        "round": [before[1], locked.round],
        "last_day": [None, term.last_day.isoformat()],
    }
    steps.record(act.rstrip("_"), locked, actor, now, changes)
    letters.topic_list_reviewed(review, locked, now=now)
    return review
