"""Acts around a list that came as a signed letter (procedure, section 1, by letter).

The authorised body enters what the letter says on the pages of the editor, as long as `entry_letter` names it,
and submits it with `topic_lists.submit`. The akimat is told, may object once to each such submission, and the
list is not accepted before it was answered.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit.actors import Actor
from base.errors import NotPermitted, Refused
from calendar_app import terms
from calendar_app.labels.signed_letters import LetterAct
from calendar_app.letters import entries as letters
from calendar_app.models import EntryObjection, ObjectionAnswer, Submission, TopicList
from calendar_app.transitions import signed_letters, steps, topic_lists
from calendar_app.transitions.signed_letters import NewLetter
from procedure.half_years import HalfYear
from procedure.moments import day_of, start_of_day
from procedure.problems import Problem
from procedure.signed_letters import preparation_begins, problems_to_answer_objection, problems_to_object
from regions.models import Body


@transaction.atomic
def begin(*, akimat: Body, half_year: HalfYear, letter: NewLetter, by: User, now: datetime) -> TopicList:
    """Record the letter and open the akimat's list for entering what it says; the draft it has is gone on with.

    Raises NotPermitted, and Refused for a half-year that is not open, a list that lies with the authorised
    body or is being entered already, and for what is wrong with the letter.
    """
    actor = access.check(by, Permission.TOPIC_LIST_ENTER_BY_LETTER, akimat, now)
    if akimat.kind != Body.Kind.AKIMAT:
        raise NotPermitted
    if half_year not in terms.half_years_open_for_lists(day_of(now)):
        raise Refused([Problem("half_year_not_open", {"half_year": half_year.code}, "half_year")])
    if letter.head.received_at is None:
        raise Refused([Problem("letter_receipt_missing", field="received_at")])
    topic_list = topic_lists.opened(akimat, half_year, actor, now)
    locked = TopicList.objects.select_for_update(of=("self",)).with_standing().get(pk=topic_list.pk)
    locked.akimat = akimat
    steps.refuse_unless_editable(locked)
    if locked.entry_letter_id:
        raise Refused([Problem("entry_already_begun")])
    since = locked.round_opened_at or start_of_day(preparation_begins(half_year))
    kept = signed_letters.record(
        letter=letter, body=akimat, act=LetterAct.TOPIC_LIST, since=since, by=by, now=now
    )
    locked.entry_letter = kept
    steps.save(locked, now, "entry_letter")
    changes = {"letter": [None, kept.pk], "letter_sha256": [None, kept.file_id]}
    steps.record("begin_entry", locked, actor, now, changes | steps.entered_for(locked))
    letters.entry_begun(locked, kept, now=now)
    return locked


@transaction.atomic(savepoint=False)
def stop(*, topic_list: TopicList, by: User, now: datetime, version: int) -> TopicList:
    """Give the list back to its akimat unsubmitted: the letter was entered by mistake. What was typed stays."""
    locked, actor = steps.lock(topic_list, Permission.TOPIC_LIST_ENTER_BY_LETTER, by, now, version)
    if locked.entry_letter_id is None:
        raise Refused([Problem("entry_not_begun")])
    changes = {"letter": [locked.entry_letter_id, None], **steps.entered_for(locked)}
    locked.entry_letter = None
    steps.save(locked, now, "entry_letter")
    steps.record("stop_entry", locked, actor, now, changes)
    return locked


@transaction.atomic(savepoint=False)
def object_(*, topic_list: TopicList, words: str, by: User, now: datetime, version: int) -> EntryObjection:
    """The akimat says that the entry is not what its letter says.

    Raises NotPermitted, Stale, and Refused where nothing was entered by letter, or it was objected to already.
    """
    locked, actor = steps.lock(topic_list, Permission.TOPIC_LIST_WRITE, by, now, version)
    submission = _standing(locked)
    objected = EntryObjection.objects.filter(submission=submission).exists()
    if problems := problems_to_object(submission.came_at is not None, objected, words):
        raise Refused(problems)
    objection = EntryObjection.objects.create(submission=submission, at=now, by=by, words=words.strip())
    _journalled("object", locked, submission, actor, now)
    letters.entry_objected(objection, locked, now=now)
    return objection


@transaction.atomic(savepoint=False)
def answer_objection(
    *, topic_list: TopicList, words: str, by: User, now: datetime, version: int
) -> ObjectionAnswer:
    """The authorised body answers the open objection. Raises NotPermitted, Stale and Refused."""
    locked, actor = steps.lock(topic_list, Permission.TOPIC_LIST_ENTER_BY_LETTER, by, now, version)
    submission = _standing(locked)
    objection = EntryObjection.objects.filter(submission=submission, answer=None).first()
    if problems := problems_to_answer_objection(objection is not None, words):
        raise Refused(problems)
    assert objection
    answer = ObjectionAnswer.objects.create(objection=objection, at=now, by=by, words=words.strip())
    _journalled("answer_objection", locked, submission, actor, now)
    letters.objection_answered(answer, locked, now=now)
    return answer


def _standing(topic_list: TopicList) -> Submission:
    """The submission that lies with the authorised body, or was accepted."""
    if topic_list.is_editable:
        raise Refused([Problem("nothing_to_object_to")])
    return steps.latest(topic_list)


def _journalled(act: str, topic_list: TopicList, submission: Submission, actor: Actor, now: datetime) -> None:
    """The list moves a version on: whoever decides about it has seen the objection."""
    steps.save(topic_list, now)
    steps.record(act, topic_list, actor, now, {"receipt_number": [None, submission.receipt_number]})
