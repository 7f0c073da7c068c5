"""Acts on a topic list (procedure, section 2, rows 1 and 2, and the rounds below the table)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Actor, Subject
from base.errors import Refused, Stale
from calendar_app import letters, snapshots, terms
from calendar_app.labels import ReviewOutcome
from calendar_app.models import Recall, Review, RuleSet, Submission, Topic, TopicList
from procedure.deadlines import Due
from procedure.half_years import HalfYear
from procedure.moments import day_of
from procedure.problems import Problem
from procedure.topic_lists import ListDraft, TopicDraft, problems_to_accept, problems_to_submit
from procedure.workflows import TOPIC_LIST
from regions import workdays
from regions.models import Body


@transaction.atomic
def start(*, akimat: Body, half_year: HalfYear, by: User, now: datetime) -> TopicList:
    """Open the akimat's list for the half-year; the one that exists already if somebody was faster.

    Raises NotPermitted, and Refused where the half-year is neither the present nor the next one.
    """
    actor = access.check(by, Permission.TOPIC_LIST_WRITE, akimat, now)
    today = day_of(now)
    if half_year not in terms.half_years_open_for_lists(today):
        raise Refused([Problem("half_year_not_open", {"half_year": half_year.code}, "half_year")])
    topic_list, created = TopicList.objects.get_or_create(
        akimat=akimat,
        half_year=half_year.code,
        defaults={"rule_set": _rule_set_to_use(today), "started_at": now, "changed_at": now},
    )
    if created:
        _record("start", topic_list, actor, now, {"state": [None, topic_list.state]})
    return topic_list


@transaction.atomic
def save_draft(
    *,
    topic_list: TopicList,
    topics: Sequence[TopicDraft],
    by: User,
    now: datetime,
    version: int,
    answer: str = "",
) -> TopicList:
    """Replace the topics and the answer of a list that is being written.

    `version` is the one the officer opened: Stale if somebody saved since. Raises NotPermitted, and
    Refused while the list lies with the authorised body.
    """
    locked, actor = _lock(topic_list, Permission.TOPIC_LIST_WRITE, by, now, version)
    if not locked.is_editable:
        raise Refused([Problem("topic_list_not_editable", {"state": locked.state})])
    before = len(locked.topics.all())
    locked.topics.all().delete()
    Topic.objects.bulk_create(
        Topic(
            topic_list=locked,
            position=position,
            title_kk=topic.title_kk,
            title_ru=topic.title_ru,
            text_kk=topic.text_kk,
            text_ru=topic.text_ru,
        )
        for position, topic in enumerate(topics, start=1)
    )
    locked.answer = answer
    _save(locked, now, "answer")
    _record("save", locked, actor, now, {"topics": [before, len(topics)]})
    return locked


@transaction.atomic
def submit(
    *, topic_list: TopicList, by: User, now: datetime, version: int, explanation: str = ""
) -> Submission:
    """Submit the list as it stands: freeze a snapshot, give a receipt, decide in time or late.

    A late list is accepted, but asks for an explanation (procedure, section 3). Raises NotPermitted,
    Stale, and Refused with what is missing.
    """
    locked, actor = _lock(topic_list, Permission.TOPIC_LIST_SUBMIT, by, now, version)
    target = _target("submit", locked)
    topics = list(locked.topics.all())
    term = terms.of_list(locked, workdays.current())
    late = term.is_late(now)
    _refuse_unless_ready(locked, topics, explanation if late else None)
    submission = _freeze(locked, topics, by, now, term, explanation.strip() if late else "")
    before, locked.state, locked.answer = locked.state, target, ""
    _save(locked, now, "state", "answer")
    _record(
        "submit",
        locked,
        actor,
        now,
        {
            "state": [before, locked.state],
            "receipt_number": [None, submission.receipt_number],
            "sha256": [None, submission.sha256],
            "late": [None, submission.late],
        },
    )
    letters.topic_list_submitted(submission, topic_count=len(topics), now=now)
    return submission


@transaction.atomic
def recall(*, topic_list: TopicList, by: User, now: datetime, version: int, reason: str = "") -> TopicList:
    """Take a submitted list back before it is accepted; it becomes a draft of the same round.

    A recalled submission no longer counts, so a list sent again after the deadline is late.
    """
    locked, actor = _lock(topic_list, Permission.TOPIC_LIST_RECALL, by, now, version)
    target = _target("recall", locked)
    submission = _latest(locked)
    Recall.objects.create(submission=submission, at=now, by=by, reason=reason.strip())
    before, locked.state, locked.answer = locked.state, target, submission.answer
    _save(locked, now, "state", "answer")
    _record("recall", locked, actor, now, {"state": [before, locked.state]})
    letters.topic_list_recalled(submission, now=now)
    return locked


@transaction.atomic
def return_(*, topic_list: TopicList, by: User, now: datetime, version: int, comment: str) -> Review:
    """Send the list back with a comment; a round with a term of its own begins."""
    return _reopen_round("return_", ReviewOutcome.RETURNED, topic_list, by, now, version, comment)


@transaction.atomic
def reopen(*, topic_list: TopicList, by: User, now: datetime, version: int, comment: str) -> Review:
    """Open an accepted list again with a reason, until the calendar is submitted."""
    return _reopen_round("reopen", ReviewOutcome.REOPENED, topic_list, by, now, version, comment)


@transaction.atomic
def accept(*, topic_list: TopicList, by: User, now: datetime, version: int, comment: str = "") -> Review:
    """Accept the list: every text must be there in Kazakh and in Russian (procedure, section 9)."""
    locked, actor = _lock(topic_list, Permission.TOPIC_LIST_REVIEW, by, now, version)
    target = _target("accept", locked)
    if problems := problems_to_accept(_draft(locked.topics.all())):
        raise Refused(problems)
    submission = _latest(locked)
    review = Review.objects.create(
        submission=submission, outcome=ReviewOutcome.ACCEPTED, at=now, by=by, comment=comment.strip()
    )
    before, locked.state = locked.state, target
    _save(locked, now, "state")
    _record("accept", locked, actor, now, {"state": [before, locked.state]})
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
    locked, actor = _lock(topic_list, Permission.TOPIC_LIST_REVIEW, by, now, version)
    target = _target(act, locked)
    if not comment.strip():
        raise Refused([Problem("comment_required", field="comment")])
    term = terms.of_new_round(locked, now, workdays.current())
    review = Review.objects.create(
        submission=_latest(locked),
        outcome=outcome,
        at=now,
        by=by,
        comment=comment.strip(),
        last_day=term.last_day,
        due=term.due,
    )
    before, locked.state = [locked.state, locked.round], target
    locked.round += 1
    _save(locked, now, "state", "round")
    changes = {
        "state": [before[0], locked.state],
        "round": [before[1], locked.round],
        "last_day": [None, term.last_day.isoformat()],
    }
    _record(act.rstrip("_"), locked, actor, now, changes)
    letters.topic_list_reviewed(review, locked, now=now)
    return review


def _rule_set_to_use(today: date) -> RuleSet:
    """The rule set in force; from now on it is used, hence frozen."""
    rule_set = RuleSet.objects.in_force_on(today)
    if not rule_set.used:
        RuleSet.objects.filter(pk=rule_set.pk).update(used=True)
    return rule_set


def _lock(
    topic_list: TopicList, permission: Permission, by: User, now: datetime, version: int
) -> tuple[TopicList, Actor]:
    """Permission, row lock, and nobody else saved meanwhile. The row is read anew."""
    actor = access.check(by, permission, topic_list.akimat, now)
    locked = (
        TopicList.objects.select_related("akimat", "rule_set")
        .select_for_update(of=("self",))
        .prefetch_related("topics")
        .with_submissions()
        .get(pk=topic_list.pk)
    )
    if locked.version != version:
        raise Stale
    return locked, actor


def _target(act: str, topic_list: TopicList) -> str:
    target = TOPIC_LIST.target(act, topic_list.state)
    if isinstance(target, Problem):
        raise Refused([target])
    return target


def _latest(topic_list: TopicList) -> Submission:
    submission = topic_list.latest_submission
    assert submission is not None, "a list that lies with the authorised body was submitted"
    submission.topic_list = topic_list
    return submission


def _draft(topics: Sequence[Topic]) -> ListDraft:
    return ListDraft(
        topics=[TopicDraft(t.title_kk, t.title_ru, t.text_kk, t.text_ru) for t in topics],
    )


def _refuse_unless_ready(topic_list: TopicList, topics: Sequence[Topic], explanation: str | None) -> None:
    """Raise Refused with everything that is missing; `explanation` is None for a list in time."""
    problems = list(problems_to_submit(_draft(topics)))
    if topic_list.round > 1 and not topic_list.answer.strip():
        problems.append(Problem("answer_required", field="answer"))
    if explanation is not None and not explanation.strip():
        problems.append(Problem("explanation_required", field="explanation"))
    if problems:
        raise Refused(problems)


def _freeze(
    topic_list: TopicList,
    topics: Sequence[Topic],
    by: User,
    now: datetime,
    term: Due,
    explanation: str,
) -> Submission:
    number = len(topic_list.submissions.all()) + 1
    region = topic_list.akimat.code.removeprefix("akimat.")
    submission = Submission(
        topic_list=topic_list,
        number=number,
        round=topic_list.round,
        receipt_number=f"L-{topic_list.half_year}-{region}-{number}",
        submitted_at=now,
        submitted_by=by,
        rule_set=topic_list.rule_set,
        last_day=term.last_day,
        due=term.due,
        late=term.is_late(now),
        explanation=explanation,
        answer=topic_list.answer,
    )
    submission.snapshot = snapshots.canonical(snapshots.content_of(submission, topics))
    submission.sha256 = snapshots.sha256_of(submission.snapshot)
    submission.save(force_insert=True)
    return submission


def _save(topic_list: TopicList, now: datetime, *fields: str) -> None:
    topic_list.version += 1
    topic_list.changed_at = now
    topic_list.save(update_fields=["version", "changed_at", *fields])


def _record(
    act: str, topic_list: TopicList, actor: Actor, now: datetime, changes: dict[str, list[object]]
) -> None:
    akimat = topic_list.akimat
    journal.record(
        act=f"topic_list.{act}",
        actor=actor,
        now=now,
        subject=Subject(
            "topic_list", str(topic_list.pk), f"{topic_list.half_year} {akimat.code}", akimat.code
        ),
        changes=changes,
    )
