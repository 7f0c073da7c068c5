"""What the authorised body decides about a submission (procedure, section 2, row 2 and rounds)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.permissions import Permission
from audit.actors import Actor
from base.errors import Refused
from calendar_app import snapshots, terms
from calendar_app.labels.topic_lists import ReviewOutcome
from calendar_app.letters import topic_lists as letters
from calendar_app.models import LeftOutTopic, Review, Submission, Topic, TopicComment, TopicList
from calendar_app.transitions import steps
from procedure.deadlines import Due
from procedure.problems import Problem
from procedure.reviews import LeftOut, problems_to_leave_out, problems_to_open_round, problems_to_reopen
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
    if problems := problems_to_reopen(terms.calendar_submitted_at(topic_list.period)):
        raise Refused(problems)
    return _open_round("reopen", ReviewOutcome.REOPENED, lock, by, now, comment, topic_comments or {})


@transaction.atomic(savepoint=False)
def accept(
    *,
    topic_list: TopicList,
    by: User,
    now: datetime,
    version: int,
    comment: str = "",
    left_out: Mapping[int, tuple[str, str]] | None = None,
) -> Review:
    """Accept the list: every text must be there in Kazakh and in Russian (procedure, section 9).

    `left_out` maps the key of a topic that does not go into the calendar to the code of the reason and
    the words about it. Raises NotPermitted, Stale, and Refused with what stands in the way.
    """
    locked, actor = steps.lock(topic_list, Permission.TOPIC_LIST_REVIEW, by, now, version)
    target = steps.target("accept", locked)
    topics = list(locked.topics.all())
    without = _left_out(topics, left_out or {})
    problems = problems_to_leave_out(without, len(topics))
    problems += problems_to_accept(locked.as_draft(topics), {one.number for one in without})
    submission = steps.latest(locked)
    if submission.open_objection:
        problems.append(Problem("objection_unanswered"))
    if problems:
        raise Refused(problems)
    review = Review.objects.create(
        submission=submission, outcome=ReviewOutcome.ACCEPTED, at=now, by=by, comment=comment.strip()
    )
    register = [_registered(review, one, topics[one.number - 1]) for one in without]
    LeftOutTopic.objects.bulk_create(register)
    before, locked.state = locked.state, target
    steps.save(locked, now, "state")
    changes = {"state": [before, locked.state], "left_out": [0, len(register)]}
    steps.record("accept", locked, actor, now, changes)
    letters.topic_list_reviewed(review, locked, left_out=register, now=now)
    return review


def _left_out(topics: Sequence[Topic], asked: Mapping[int, tuple[str, str]]) -> list[LeftOut]:
    """What is asked to be left out, in the order of the list; Refused for a topic that is not in it."""
    if asked.keys() - {topic.pk for topic in topics}:
        raise Refused([Problem("topic_not_in_list")])
    return [
        LeftOut(topic.pk, number, asked[topic.pk][0], asked[topic.pk][1].strip())
        for number, topic in enumerate(topics, start=1)
        if topic.pk in asked
    ]


def _registered(review: Review, one: LeftOut, topic: Topic) -> LeftOutTopic:
    return LeftOutTopic(
        review=review,
        topic_key=one.key,
        number=one.number,
        title_kk=topic.title_kk,
        title_ru=topic.title_ru,
        reason=one.reason,
        words=one.words,
    )


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
    changes = _next_round(locked, target, about, term)
    steps.save(locked, now, "state", "round", "answers")
    steps.record(act.rstrip("_"), locked, actor, now, changes)
    letters.topic_list_reviewed(review, locked, about, now=now)
    return review


def _next_round(
    topic_list: TopicList, target: str, comments: Sequence[TopicComment], term: Due
) -> dict[str, Any]:
    """Put the list into its next round, with the comments to be answered; what changes, for the journal."""
    before = topic_list.state, topic_list.round
    topic_list.state, topic_list.round = target, topic_list.round + 1
    topic_list.answers = {str(one.pk): "" for one in comments}
    return {
        "state": [before[0], topic_list.state],
        "round": [before[1], topic_list.round],
        "last_day": [None, term.last_day.isoformat()],
        "comments": [0, len(comments)],
    }


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
