"""Acts on the proposed meetings of a list that is being written: one meeting at a time.

Each has a version of its own, so that officers who write different meetings never collide; the version of the
list moves with every save, so that submitting sees it. A save that changes nothing leaves no trace. All raise
NotPermitted, Stale, and Refused while the list lies with the authorised body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from audit.actors import Actor
from base.errors import Refused, Stale
from calendar_app.models import ProposedMeeting, ProposedWindow, TopicList
from calendar_app.models.proposed_meetings import MEETING_WORDS
from calendar_app.models.topic_lists import MEETINGS_WORDS
from calendar_app.queries import proposed_meetings as queries
from calendar_app.transitions import steps
from procedure.list_changes import field_changes
from procedure.meeting_changes import MEETING_FIELDS
from procedure.moments import day_of
from procedure.problems import Problem
from procedure.proposed_meetings import (
    MEETINGS_LIMIT,
    MeetingDraft,
    problems_of_meeting,
    problems_of_names,
)
from procedure.topic_lists import ListDraft, problems_to_propose_none
from regions.models import Body

UP, DOWN = "up", "down"
KK, RU = MEETINGS_WORDS


@transaction.atomic(savepoint=False)
def save(
    *, topic_list: TopicList, draft: MeetingDraft, by: User, now: datetime, version: int = 0
) -> ProposedMeeting:
    """Save one meeting: the saved one that `draft.key` names, else a new one at the end of the list.

    Refused for whatever is wrong with it or with what it names; what it lacks yet is asked for when the list
    is submitted. Stale also for a meeting that was removed meanwhile.
    """
    locked, actor = steps.lock_to_write(topic_list, by, now)
    meetings = list(locked.meetings.all() if draft.key is None else locked.meetings.whole())
    if problems := _problems(locked, draft, len(meetings), now):
        raise Refused(problems)
    if draft.key is None:
        return _add(locked, meetings, draft, actor, now)
    number, meeting = _found(meetings, draft.key, version)
    fields = [one.name for one in field_changes(meeting.as_draft(), draft, MEETING_FIELDS)]
    if not fields:
        return meeting
    meeting.take(draft)
    meeting.version += 1
    meeting.save(update_fields=["version", *MEETING_WORDS, "place", "hall"])
    _hang_on(meeting, draft, fields)
    changes = {"meeting": [number, number], "key": [meeting.pk, meeting.pk], "meeting_fields": fields}
    _keep(locked, "save_meeting", actor, now, changes)
    return meeting


@transaction.atomic(savepoint=False)
def remove(*, topic_list: TopicList, meeting: int, by: User, now: datetime, version: int) -> None:
    """Take the meeting with this key out of the list; Stale if it was changed since it was looked at."""
    locked, actor = steps.lock_to_write(topic_list, by, now)
    meetings = list(locked.meetings.all())
    number, found = _found(meetings, meeting, version)
    found.delete()
    changes = {
        "meeting": [number, None],
        "key": [meeting, None],
        "meetings": [len(meetings), len(meetings) - 1],
    }
    _keep(locked, "remove_meeting", actor, now, changes)


@transaction.atomic(savepoint=False)
def move(*, topic_list: TopicList, meeting: int, to: str, by: User, now: datetime) -> None:
    """Let the meeting change places with the one above (UP) or below (DOWN); at the end nothing happens.

    It is a step from where the meeting stands now, so it carries no version.
    """
    locked, actor = steps.lock_to_write(topic_list, by, now)
    meetings = list(locked.meetings.all())
    number, found = _found(meetings, meeting, None)
    place = number + (1 if to == DOWN else -1)
    if not 1 <= place <= len(meetings):
        return
    other = meetings[place - 1]
    found.position, other.position = other.position, found.position
    ProposedMeeting.objects.bulk_update([found, other], ["position"])
    _keep(locked, "move_meeting", actor, now, {"meeting": [number, place], "key": [meeting, meeting]})


@transaction.atomic(savepoint=False)
def propose_none(
    *, topic_list: TopicList, words: Mapping[str, str], by: User, now: datetime, version: int
) -> TopicList:
    """Say why no meetings are proposed: `words` by the names of MEETINGS_WORDS, blank to say nothing.

    `version` is that of the list. Refused beside proposed meetings.
    """
    locked, actor = steps.lock_to_write(topic_list, by, now)
    if locked.version != version:
        raise Stale
    drafts = [one.as_draft() for one in locked.proposed]
    said = ListDraft(meetings=drafts, no_meetings_reason_kk=words[KK], no_meetings_reason_ru=words[RU])
    if problems := problems_to_propose_none(said):
        raise Refused(problems)
    fields = [name for name in MEETINGS_WORDS if getattr(locked, name) != words[name]]
    if not fields:
        return locked
    for name in fields:
        setattr(locked, name, words[name])
    _keep(locked, "propose_no_meetings", actor, now, {"fields": fields}, *MEETINGS_WORDS)
    return locked


def _problems(topic_list: TopicList, draft: MeetingDraft, others: int, now: datetime) -> list[Problem]:
    if draft.key is None and others >= MEETINGS_LIMIT:
        return [Problem("too_many_meetings", {"limit": MEETINGS_LIMIT})]
    if draft.key is None and any(getattr(topic_list, name) for name in MEETINGS_WORDS):
        return [Problem("reason_beside_meetings")]
    today = day_of(now)
    problems = problems_of_meeting(draft, topic_list.period)
    return problems + problems_of_names(draft, queries.known(topic_list, draft, today), today)


def _found(meetings: Sequence[ProposedMeeting], key: int, version: int | None) -> tuple[int, ProposedMeeting]:
    """The meeting with its number from 1; Stale if it is gone or, where a version is given, was saved since."""
    for number, meeting in enumerate(meetings, start=1):
        if meeting.pk == key and version in (None, meeting.version):
            return number, meeting
    raise Stale


def _add(
    topic_list: TopicList,
    meetings: Sequence[ProposedMeeting],
    draft: MeetingDraft,
    actor: Actor,
    now: datetime,
) -> ProposedMeeting:
    number = len(meetings) + 1
    meeting = ProposedMeeting(topic_list=topic_list, position=meetings[-1].position + 1 if meetings else 1)
    meeting.take(draft)
    meeting.save(force_insert=True)
    _hang_on(meeting, draft, MEETING_FIELDS)
    changes = {
        "meeting": [None, number],
        "key": [None, meeting.pk],
        "meetings": [len(meetings), number],
    }
    _keep(topic_list, "save_meeting", actor, now, changes)
    return meeting


def _hang_on(meeting: ProposedMeeting, draft: MeetingDraft, fields: Sequence[str]) -> None:
    """Write what stands in other tables, where it changed."""
    if "ministries" in fields:
        meeting.ministries.set(Body.objects.filter(pk__in=draft.ministries))
    if "topics" in fields:
        meeting.topics.set(draft.topics)
    if "windows" in fields:
        meeting.windows.all().delete()
        ProposedWindow.objects.bulk_create(ProposedWindow.rows(meeting, draft.windows))


def _keep(
    topic_list: TopicList, act: str, actor: Actor, now: datetime, changes: dict[str, Any], *fields: str
) -> None:
    steps.save(topic_list, now, *fields)
    steps.record(act, topic_list, actor, now, changes)
