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
from audit.actors import Actor
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
    if half_year not in terms.half_years_open_for_lists(day_of(now)):
        raise Refused([Problem("half_year_not_open", {"half_year": half_year.code}, "half_year")])
    return opened(akimat, half_year, actor, now)


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
    # Proposed meetings are saved one by one, by acts of their own.
    before = locked.as_draft(saved, with_meetings=False)
    draft = replace(draft, **{name: getattr(before, name) for name in ("meetings", *MEETINGS_WORDS)})
    found = list_changes(before, draft)
    changes = _changes(locked, found, answer, answered)
    if found.is_nothing and (answer, answered) == (locked.answer, locked.answers):
        return locked
    changes["topics"] = [len(saved), len(draft.topics)]
    _save_topics(locked, saved, draft.topics, by, now)
    _save_words(locked, draft, answer, answered, now)
    steps.record("save", locked, actor, now, changes)
    return locked


@transaction.atomic(savepoint=False)
def submit(
    *,
    topic_list: TopicList,
    by: User,
    now: datetime,
    version: int,
    explanation_kk: str = "",
    explanation_ru: str = "",
    letter: NewLetter | None = None,
) -> Submission:
    """Submit the list as it stands: freeze a snapshot, give a receipt, decide in time or late.

    It rests on the signing right of the person, on the covering letter that carries the signature, or on the
    letter from which it was entered, which then says when it came (procedure, section 1). A late list is
    accepted, but asks for an explanation in one language (section 3). Raises NotPermitted, Stale, and Refused
    with what is missing.
    """
    permission = Permission.TOPIC_LIST_SUBMIT_LETTER if letter else Permission.TOPIC_LIST_SUBMIT
    locked, actor = steps.lock(topic_list, permission, by, now, version)
    target, before = steps.target("submit", locked), locked.state
    prefetch_related_objects([locked], "topics")
    comments = list(TopicComment.objects.filter(pk__in=locked.answers)) if locked.answers else []
    submission = Submission(topic_list=locked, submitted_at=now, submitted_by=by, letter=locked.entry_letter)
    submission.came_at = submission.letter.received_at if submission.letter else None
    term = terms.of_standing(locked, workdays.current())
    submission.late = term.is_late(submission.counts_at)
    if submission.late:
        submission.explanation_kk, submission.explanation_ru = explanation_kk.strip(), explanation_ru.strip()
    _refuse_unless_ready(submission, comments, day_of(now))
    if letter and not submission.letter:
        submission.letter = _record_letter(letter, locked, by, now)
    _freeze(submission, comments, term)
    changes = _submitted(submission) | steps.entered_for(locked)
    locked.state, locked.answer, locked.answers, locked.entry_letter = target, "", {}, None
    steps.save(locked, now, "state", "answer", "answers", "entry_letter")
    steps.record("submit", locked, actor, now, {"state": [before, locked.state], **changes})
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


def opened(akimat: Body, half_year: HalfYear, actor: Actor, now: datetime) -> TopicList:
    """The list of the akimat, begun if there is none: the step that acts share that may open one."""
    rule_set = RuleSet.objects.in_force_on(day_of(now))
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


def _save_words(
    topic_list: TopicList, draft: ListDraft, answer: str, answers: Mapping[str, str], now: datetime
) -> None:
    """Take over what a draft says of the whole list, and the answers; versions move where something changes."""
    said = {name: getattr(draft, name) for name in LIST_WORDS}
    topic_list.analysis_version += any(getattr(topic_list, name) != text for name, text in said.items())
    topic_list.answer_version += (answer, answers) != (topic_list.answer, topic_list.answers)
    for name, text in said.items():
        setattr(topic_list, name, text)
    topic_list.answer, topic_list.answers = answer, dict(answers)
    steps.save(topic_list, now, *LIST_WORDS, "answer", "answers", "analysis_version", "answer_version")


def _refuse_unless_ready(submission: Submission, comments: Sequence[TopicComment], today: date) -> None:
    """Raise Refused with everything that is missing, the explanation of a late list included."""
    topic_list = submission.topic_list
    problems = problems_to_submit(topic_list.as_draft())
    problems += proposed_meetings.problems_now(topic_list, today)
    remarks = topic_list.remarks_on(comments)
    problems += problems_to_answer(topic_list.round_comment or "", topic_list.answer, remarks)
    if submission.late and not (submission.explanation_kk or submission.explanation_ru):
        problems.append(Problem("explanation_required", field="explanation_kk"))
    if problems:
        raise Refused(problems)


def _record_letter(letter: NewLetter, topic_list: TopicList, by: User, now: datetime) -> SignedLetter:
    """Keep the covering letter: none is older than what it covers."""
    since = topic_list.round_opened_at or start_of_day(preparation_begins(topic_list.period))
    return signed_letters.record(
        letter=letter, body=topic_list.akimat, act=LetterAct.TOPIC_LIST, since=since, by=by, now=now
    )


def _submitted(submission: Submission) -> dict[str, Any]:
    """For the journal: number, hash and verdict; which letter, and the hash of its file; no names."""
    changes: dict[str, Any] = {
        "receipt_number": [None, submission.receipt_number],
        "sha256": [None, submission.sha256],
        "late": [None, submission.late],
    }
    if letter := submission.letter:
        changes |= {"letter": [None, letter.pk], "letter_sha256": [None, letter.file_id]}
    if submission.came_at:
        changes["came_at"] = [None, snapshots.instant_text(submission.came_at)]
    return changes


def _freeze(submission: Submission, comments: Sequence[TopicComment], term: Due) -> None:
    """Give the submission its number, term, answers and snapshot, and save it for good."""
    topic_list = submission.topic_list
    submission.number = number = (topic_list.last_number or 0) + 1
    region = topic_list.akimat.code.removeprefix("akimat.")
    submission.receipt_number = f"L-{topic_list.half_year}-{region}-{number}"
    submission.round, submission.rule_set = topic_list.round, topic_list.rule_set
    submission.last_day, submission.due = term.last_day, term.due
    submission.answer, submission.answers = topic_list.answer, topic_list.answers
    content = snapshots.content_of(submission, topic_list.topics.all(), comments)
    submission.snapshot = snapshots.canonical(content)
    submission.sha256 = snapshots.sha256_of(submission.snapshot)
    submission.save(force_insert=True)
