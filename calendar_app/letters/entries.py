"""Letters about what is entered from a letter: that it began, what the akimat objects to, and the answer."""

from __future__ import annotations

from datetime import datetime

from accounts.permissions import Permission
from calendar_app.letters.topic_lists import AUTHORITY, context_of
from calendar_app.models import EntryObjection, ObjectionAnswer, SignedLetter, TopicList
from calendar_app.recipients import officers_of
from notices import outbox
from notices.outbox import Mailing
from procedure.moments import day_of


def entry_begun(topic_list: TopicList, letter: SignedLetter, *, now: datetime) -> None:
    """The akimat hears that its list is being entered: if it wrote no such letter, it can say so in time."""
    akimat = topic_list.akimat_id
    context = context_of(topic_list) | {"letter_number": letter.number, "letter_day": letter.day.isoformat()}
    officers = officers_of({akimat: Permission.TOPIC_LIST_WRITE}, day_of(now))[akimat]
    outbox.queue_all(
        [Mailing("topic_list_entry_begun", f"entry:{letter.pk}", officers, context, akimat)], now=now
    )


def entry_objected(objection: EntryObjection, topic_list: TopicList, *, now: datetime) -> None:
    """The authorised body hears what is not as in the letter."""
    number = objection.submission.receipt_number
    context = context_of(topic_list) | {"receipt_number": number, "objection": objection.words}
    officers = officers_of({AUTHORITY: Permission.TOPIC_LIST_ENTER_BY_LETTER}, day_of(now))[AUTHORITY]
    outbox.queue_all([Mailing("topic_list_objected", number, officers, context, AUTHORITY)], now=now)


def objection_answered(answer: ObjectionAnswer, topic_list: TopicList, *, now: datetime) -> None:
    """The akimat hears what became of its objection."""
    number, akimat = answer.objection.submission.receipt_number, topic_list.akimat_id
    context = context_of(topic_list) | {
        "receipt_number": number,
        "objection": answer.objection.words,
        "objection_answer": answer.words,
    }
    officers = officers_of({akimat: Permission.TOPIC_LIST_WRITE}, day_of(now))[akimat]
    outbox.queue_all([Mailing("topic_list_objection_answered", number, officers, context, akimat)], now=now)
