"""What every act on a topic list shares: lock it, find where the act leads, save, write the journal."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from accounts import access
from accounts.models import User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Actor, Subject
from base.errors import Refused, Stale
from calendar_app.models import Submission, TopicList
from procedure.moments import day_of
from procedure.problems import Problem
from procedure.workflows import TOPIC_LIST

# As in models/standings.py: text that the ORM would write anew for every act.
_LATEST = """
    SELECT s.* FROM calendar_app_submission s LEFT JOIN calendar_app_recall r ON r.submission_id = s.id
    WHERE s.topic_list_id = %s AND r.submission_id IS NULL ORDER BY s.number DESC LIMIT 1
"""


# What an akimat does by the letter itself while it is entered.
WRITERS = frozenset(
    {
        Permission.TOPIC_LIST_WRITE,
        Permission.TOPIC_LIST_SUBMIT,
        Permission.TOPIC_LIST_SUBMIT_LETTER,
    }
)


def lock(
    topic_list: TopicList, permission: Permission, by: User, now: datetime, version: int
) -> tuple[TopicList, Actor]:
    """Permission, row lock, and nobody else saved meanwhile. The row is read anew; its akimat never changes."""
    locked = (
        TopicList.objects.select_related("rule_set", "entry_letter")
        .with_standing()
        .with_round_comment()
        .select_for_update(of=("self",))
        .get(pk=topic_list.pk)
    )
    locked.akimat = topic_list.akimat
    actor = _actor(locked, permission, by, now)
    if locked.version != version:
        raise Stale
    return locked, actor


def lock_to_write(topic_list: TopicList, by: User, now: datetime) -> tuple[TopicList, Actor]:
    """Permission and row lock for a change of one part, which has a version of its own.

    Raises NotPermitted, and Refused while the list lies with the authorised body.
    """
    locked = TopicList.objects.select_for_update().get(pk=topic_list.pk)
    locked.akimat = topic_list.akimat
    actor = _actor(locked, Permission.TOPIC_LIST_WRITE, by, now)
    refuse_unless_editable(locked)
    return locked, actor


def _actor(topic_list: TopicList, permission: Permission, by: User, now: datetime) -> Actor:
    """Who acts. While a list is entered from a letter, only whoever enters it writes and submits it."""
    if topic_list.entry_letter_id is None or permission not in WRITERS:
        return access.check(by, permission, topic_list.akimat, now)
    enters = by.may(Permission.TOPIC_LIST_ENTER_BY_LETTER, topic_list.akimat, on=day_of(now))
    if not enters and by.may(permission, topic_list.akimat, on=day_of(now)):
        raise Refused([Problem("entered_by_letter")])
    return access.check(by, Permission.TOPIC_LIST_ENTER_BY_LETTER, topic_list.akimat, now)


def entered_for(topic_list: TopicList) -> dict[str, Any]:
    """For the journal: who acts by the letter that somebody else types; nothing where nobody does."""
    return {"acts": [None, topic_list.akimat.code]} if topic_list.entry_letter_id else {}


def refuse_unless_editable(topic_list: TopicList) -> None:
    """Raise Refused while the list lies with the authorised body."""
    if not topic_list.is_editable:
        raise Refused([Problem("topic_list_not_editable", {"state": topic_list.state})])


def target(act: str, topic_list: TopicList) -> str:
    target = TOPIC_LIST.target(act, topic_list.state)
    if isinstance(target, Problem):
        raise Refused([target])
    return target


def latest(topic_list: TopicList) -> Submission:
    """The submission that lies with the authorised body."""
    [submission] = Submission.objects.raw(_LATEST, [topic_list.pk])
    submission.topic_list = topic_list
    return submission


def save(topic_list: TopicList, now: datetime, *fields: str) -> None:
    topic_list.version += 1
    topic_list.changed_at = now
    topic_list.save(update_fields=["version", "changed_at", *fields])


def record(act: str, topic_list: TopicList, actor: Actor, now: datetime, changes: dict[str, Any]) -> None:
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
