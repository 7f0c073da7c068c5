"""Acts on a topic list (procedure, section 2, rows 1 and 2, and the rounds below the table)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from base.errors import NotPermitted, Refused
from calendar_app import snapshots, terms
from calendar_app.labels.signed_letters import LetterAct
from calendar_app.letters import topic_lists as letters
from calendar_app.models import Recall, RuleSet, SignedLetter, Submission, Topic, TopicComment, TopicList
from calendar_app.models.topic_lists import LIST_WORDS, MEETINGS_WORDS
from calendar_app.queries import proposed_meetings
from calendar_app.transitions import signed_letters, steps, topics
from calendar_app.transitions.signed_letters import NewLetter
from procedure.deadlines import Due
from procedure.half_years import HalfYear
from procedure.list_changes import ADDED, CHANGED, MOVED, REMOVED, ListChanges, list_changes
from procedure.moments import day_of, start_of_day
from procedure.problems import Problem
from procedure.reviews import problems_to_answer
from procedure.signed_letters import preparation_begins
from procedure.topic_lists import ListDraft, TopicDraft, problems_to_submit
from regions import workdays
from regions.models import Body


@transaction.atomic
def start(*, akimat: Body, half_year: HalfYear, by: User, now: datetime) -> TopicList:
    """Open the akimat's list for the half-year; the one that exists already if somebody was faster.

    Raises NotPermitted (assistants of other bodies than akimats have no list to write either), and Refused
    where the half-year is neither the present nor the next one.
    """
    actor = access.check(by, Permission.TOPIC_LIST_WRITE, akimat, now)
    if akimat.kind != Body.Kind.AKIMAT:
        raise NotPermitted
    today = day_of(now)
    if half_year not in terms.half_years_open_for_lists(today):
        raise Refused([Problem("half_year_not_open", {"half_year": half_year.code}, "half_year")])
    rule_set = RuleSet.objects.in_force_on(today)
    topic_list, created = TopicList.objects.get_or_create(
        akimat=akimat,
        half_year=half_year.code,
        defaults={"rule_set": rule_set, "started_at": now, "changed_at": now},
    )
    if created:
        # From now on it is used, hence frozen.
        RuleSet.objects.filter(pk=rule_set.pk, used=False).update(used=True)
        steps.record("start", topic_list, actor, now, {"state": [None, topic_list.state]})
    return topic_list


@transaction.atomic(savepoint=False)
def save_draft(
    *,
    topic_list: TopicList,
    draft: ListDraft,
    by: User,
    now: datetime,
    version: int,
    answer: str = "",
    answers: Mapping[str, str] | None = None,
) -> TopicList:
    """Save a whole list at once: topics keep their identity by `key`, missing ones are removed.

    Pages save topic by topic (`transitions.topics`); this is for whole lists that come from elsewhere.
    Nothing is written where nothing changes.

    `answers` maps the key of a comment on a topic to the answer so far; one that it leaves out stays.
    `version` is the one the officer opened: Stale if somebody saved since. Raises NotPermitted, and
    Refused while the list lies with the authorised body, or for a district of another region.
    """
    locked, actor = steps.lock(topic_list, Permission.TOPIC_LIST_WRITE, by, now, version)
    steps.refuse_unless_editable(locked)
    topics.refuse_foreign(locked.akimat, draft.topics)
    saved = list(locked.topics.all())
    answered = {key: (answers or {}).get(key, said).strip() for key, said in locked.answers.items()}
    before = locked.as_draft(saved)
    # Proposed meetings are saved one by one, by acts of their own.
    draft = replace(draft, **{name: getattr(before, name) for name in ("meetings", *MEETINGS_WORDS)})
    found = list_changes(before, draft)
    changes = _changes(locked, found, answer, answered)
    if found.is_nothing and (answer, answered) == (locked.answer, locked.answers):
        return locked
    changes["topics"] = [len(saved), len(draft.topics)]
    _save_topics(locked, saved, draft.topics, by, now)
    for name in LIST_WORDS:
        setattr(locked, name, getattr(draft, name))
    locked.analysis_version += bool(found.fields)
    locked.answer_version += (answer, answered) != (locked.answer, locked.answers)
    locked.answer, locked.answers = answer, answered
    steps.save(locked, now, *LIST_WORDS, "answer", "answers", "analysis_version", "answer_version")
    steps.record("save", locked, actor, now, changes)
    return locked


@transaction.atomic(savepoint=False)
def submit(
    *,
    topic_list: TopicList,
    by: User,
    now: datetime,
    version: int,
    explanation: str = "",
    letter: NewLetter | None = None,
) -> Submission:
    """Submit the list as it stands: freeze a snapshot, give a receipt, decide in time or late.

    It rests on the signing right of the person, or on the covering letter that carries the signature
    (procedure, section 1). A late list is accepted, but asks for an explanation (section 3). Raises
    NotPermitted, Stale, and Refused with what is missing.
    """
    permission = Permission.TOPIC_LIST_SUBMIT_LETTER if letter else Permission.TOPIC_LIST_SUBMIT
    locked, actor = steps.lock(topic_list, permission, by, now, version)
    target = steps.target("submit", locked)
    prefetch_related_objects([locked], "topics")
    comments = list(TopicComment.objects.filter(pk__in=locked.answers)) if locked.answers else []
    term = terms.of_standing(locked, workdays.current())
    late = term.is_late(now)
    _refuse_unless_ready(locked, comments, explanation if late else None, day_of(now))
    kept = _record_letter(letter, locked, by, now) if letter else None
    submission = _freeze(locked, comments, by, now, term, explanation.strip() if late else "", kept)
    before, locked.state, locked.answer, locked.answers = locked.state, target, "", {}
    steps.save(locked, now, "state", "answer", "answers")
    steps.record(
        "submit",
        locked,
        actor,
        now,
        {
            "state": [before, locked.state],
            "receipt_number": [None, submission.receipt_number],
            "sha256": [None, submission.sha256],
            "late": [None, submission.late],
            **_rests_on(kept),
        },
    )
    letters.topic_list_submitted(submission, topic_count=len(locked.topics.all()), comments=comments, now=now)
    return submission


@transaction.atomic(savepoint=False)
def recall(*, topic_list: TopicList, by: User, now: datetime, version: int, reason: str = "") -> TopicList:
    """Take a submitted list back before it is accepted; it becomes a draft of the same round.

    A recalled submission no longer counts, so a list sent again after the deadline is late.
    """
    locked, actor = steps.lock(topic_list, Permission.TOPIC_LIST_RECALL, by, now, version)
    target = steps.target("recall", locked)
    submission = steps.latest(locked)
    Recall.objects.create(submission=submission, at=now, by=by, reason=reason.strip())
    before, locked.state = locked.state, target
    locked.answer, locked.answers = submission.answer, submission.answers
    steps.save(locked, now, "state", "answer", "answers")
    steps.record("recall", locked, actor, now, {"state": [before, locked.state]})
    letters.topic_list_recalled(submission, now=now)
    return locked


def _changes(
    topic_list: TopicList, found: ListChanges, answer: str, answers: Mapping[str, str]
) -> dict[str, Any]:
    """What a save changes, for the journal: numbers of topics by kind of change, names of other fields."""
    kinds = {kind: [0, found.counts[kind]] for kind in (ADDED, REMOVED, CHANGED, MOVED)}
    fields = [one.name for one in found.fields] + ["answer"] * (topic_list.answer != answer)
    said = sum(answers[key] != topic_list.answers[key] for key in answers)
    return {**kinds, "fields": fields, "answers": [0, said]}


def _save_topics(
    topic_list: TopicList, saved: Iterable[Topic], drafts: Sequence[TopicDraft], by: User, now: datetime
) -> None:
    """Add, change, order and remove topics."""
    known = {topic.pk: topic for topic in saved}
    kept: list[Topic] = []
    new: list[Topic] = []
    for position, draft in enumerate(drafts, start=1):
        topic = known.pop(draft.key, None) if draft.key else None
        (kept if topic else new).append(topic := topic or Topic(topic_list=topic_list))
        topic.position = position
        topics.put(topic, draft, by, now)
    if known:
        topic_list.topics.filter(pk__in=known).delete()
    Topic.objects.bulk_update(kept, ["position", *topics.SAVED])
    Topic.objects.bulk_create(new)


def _refuse_unless_ready(
    topic_list: TopicList, comments: Sequence[TopicComment], explanation: str | None, today: date
) -> None:
    """Raise Refused with everything that is missing; `explanation` is None for a list in time."""
    problems = problems_to_submit(topic_list.as_draft())
    problems += proposed_meetings.problems_now(topic_list, today)
    remarks = topic_list.remarks_on(comments)
    problems += problems_to_answer(topic_list.round_comment or "", topic_list.answer, remarks)
    if explanation is not None and not explanation.strip():
        problems.append(Problem("explanation_required", field="explanation"))
    if problems:
        raise Refused(problems)


def _record_letter(letter: NewLetter, topic_list: TopicList, by: User, now: datetime) -> SignedLetter:
    """Keep the covering letter: none is older than what it covers."""
    since = topic_list.round_opened_at or start_of_day(preparation_begins(topic_list.period))
    return signed_letters.record(
        letter=letter, body=topic_list.akimat, act=LetterAct.TOPIC_LIST, since=since, by=by, now=now
    )


def _rests_on(letter: SignedLetter | None) -> dict[str, Any]:
    """For the journal: which letter, and the hash of its file; no names."""
    return {"letter": [None, letter.pk], "letter_sha256": [None, letter.file_id]} if letter else {}


def _freeze(
    topic_list: TopicList,
    comments: Sequence[TopicComment],
    by: User,
    now: datetime,
    term: Due,
    explanation: str,
    letter: SignedLetter | None,
) -> Submission:
    number = (topic_list.last_number or 0) + 1
    region = topic_list.akimat.code.removeprefix("akimat.")
    submission = Submission(
        topic_list=topic_list,
        number=number,
        round=topic_list.round,
        receipt_number=f"L-{topic_list.half_year}-{region}-{number}",
        submitted_at=now,
        submitted_by=by,
        letter=letter,
        rule_set=topic_list.rule_set,
        last_day=term.last_day,
        due=term.due,
        late=term.is_late(now),
        explanation=explanation,
        answer=topic_list.answer,
        answers=topic_list.answers,
    )
    content = snapshots.content_of(submission, topic_list.topics.all(), comments)
    submission.snapshot = snapshots.canonical(content)
    submission.sha256 = snapshots.sha256_of(submission.snapshot)
    submission.save(force_insert=True)
    return submission
