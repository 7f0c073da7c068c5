"""Acts on the parts of a list that is being written: one topic, the analysis, the answers.

Each part has a version of its own, so that officers who write different parts never collide. The list's
version moves with every one of them: whoever submits must have seen what is submitted. What changes nothing
is not written anywhere. All raise NotPermitted, Stale, and Refused while the list lies with the authorised
body.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.models import User
from audit.actors import Actor
from base.errors import Refused, Stale
from calendar_app.models import Topic, TopicComment, TopicList
from calendar_app.models.topic_lists import LIST_WORDS, TOPIC_WORDS
from calendar_app.transitions import steps
from procedure.list_changes import TOPIC_FIELDS, field_changes
from procedure.problems import Problem
from procedure.topic_lists import TopicDraft, problems_of_topics
from regions.models import Body, Territory

# Columns that `put` writes.
SAVED = (*TOPIC_WORDS, "district", "ministry", "version", "changed_at", "changed_by")


@transaction.atomic(savepoint=False)
def save_topic(
    *,
    topic_list: TopicList,
    draft: TopicDraft,
    by: User,
    now: datetime,
    version: int = 0,
    answer: str | None = None,
) -> Topic:
    """Save one topic: the one that `draft.key` names, or without a key a new one at the end.

    `version` is that of the topic as it was opened: Stale if it was changed or removed since, or if
    `answer` answers a comment that is not of this round. Refused for an empty topic, one too many, or a
    district or ministry that is none.
    """
    locked, actor = steps.lock_to_write(topic_list, by, now)
    if draft.key is None:
        return _add(locked, [draft], actor, by, now)[0]
    topic = _opened(locked, draft.key, version)
    fields = [one.name for one in field_changes(topic.as_draft(), draft, TOPIC_FIELDS)]
    answers = _answered(locked, draft.key, answer)
    if not fields and answers == locked.answers:
        return topic
    _refuse_unfit(locked.akimat, [draft])
    topic.take(draft)
    stamp(topic, by, now)
    topic.save(update_fields=SAVED)
    said = [0, int(answers != locked.answers)]
    locked.answers = answers
    steps.save(locked, now, "answers")
    changes = {"topic": [topic.position] * 2, "topic_fields": fields, "answers": said}
    steps.record("save_topic", locked, actor, now, changes)
    return topic


@transaction.atomic(savepoint=False)
def add_topics(
    *, topic_list: TopicList, drafts: Sequence[TopicDraft], by: User, now: datetime
) -> list[Topic]:
    """Add many topics at the end at once, in their order, with one entry in the journal: all or none."""
    locked, actor = steps.lock_to_write(topic_list, by, now)
    return _add(locked, drafts, actor, by, now) if drafts else []


@transaction.atomic(savepoint=False)
def remove_topic(*, topic_list: TopicList, key: int, by: User, now: datetime, version: int) -> None:
    """Take a topic out of the list; those behind it move up.

    A comment on it stays and wants its answer. Stale if it was changed or removed since `version`.
    """
    locked, actor = steps.lock_to_write(topic_list, by, now)
    topic, before = _opened(locked, key, version), locked.topics.count()
    topic.delete()
    locked.topics.filter(position__gt=topic.position).update(position=F("position") - 1)
    steps.save(locked, now)
    changes = {"topic": [topic.position, None], "topics": [before, before - 1]}
    steps.record("remove_topic", locked, actor, now, changes)


@transaction.atomic(savepoint=False)
def move_topic(*, topic_list: TopicList, key: int, to: int, by: User, now: datetime) -> None:
    """Put a topic at the place `to`, counted from 1; those between make room.

    Doing it twice is doing it once, so it needs no version. Stale if the topic is gone.
    """
    locked, actor = steps.lock_to_write(topic_list, by, now)
    topic = locked.topics.filter(pk=key).first()
    if topic is None:
        raise Stale
    was, place = topic.position, max(1, min(to, locked.topics.count()))
    if was == place:
        return
    between = locked.topics.exclude(pk=key).filter(position__range=sorted((was, place)))
    between.update(position=F("position") + (1 if place < was else -1))
    topic.position = place
    topic.save(update_fields=["position"])
    steps.save(locked, now)
    steps.record("move_topic", locked, actor, now, {"topic": [was, place]})


@transaction.atomic(savepoint=False)
def save_analysis(
    *, topic_list: TopicList, words: Mapping[str, str], by: User, now: datetime, version: int
) -> None:
    """Save the analysis of the situation and the reason for having no topics: `words` by name of field.

    `version` is the list's `analysis_version` as it was opened.
    """
    locked, actor = steps.lock_to_write(topic_list, by, now)
    if locked.analysis_version != version:
        raise Stale
    fields = [name for name in LIST_WORDS if words[name] != getattr(locked, name)]
    if fields:
        for name in fields:
            setattr(locked, name, words[name])
        locked.analysis_version += 1
        steps.save(locked, now, "analysis_version", *fields)
        steps.record("save_analysis", locked, actor, now, {"fields": fields})


@transaction.atomic(savepoint=False)
def save_answer(
    *,
    topic_list: TopicList,
    answer: str,
    by: User,
    now: datetime,
    version: int,
    answers: Mapping[str, str] | None = None,
) -> None:
    """Save the answer to the comment on the whole list, and those to comments on topics that were removed.

    `answers` maps the key of a comment, as text, to the answer; Stale for a comment of another round.
    `version` is the list's `answer_version` as it was opened.
    """
    locked, actor = steps.lock_to_write(topic_list, by, now)
    said = {key: text.strip() for key, text in (answers or {}).items()}
    if locked.answer_version != version or said.keys() - locked.answers.keys():
        raise Stale
    changed = sum(text != locked.answers[key] for key, text in said.items())
    if answer == locked.answer and not changed:
        return
    changes = {"fields": ["answer"] * (answer != locked.answer), "answers": [0, changed]}
    locked.answer, locked.answers = answer, locked.answers | said
    locked.answer_version += 1
    steps.save(locked, now, "answer", "answers", "answer_version")
    steps.record("save_answer", locked, actor, now, changes)


def refuse_foreign(akimat: Body, drafts: Sequence[TopicDraft]) -> None:
    """Raise Refused when a topic names a district outside the region, or a body that is no ministry."""
    districts = {draft.district for draft in drafts if draft.district}
    if districts:
        own = Territory.objects.within(akimat.region_id or "").filter(pk__in=districts)
        if own.count() < len(districts):
            raise Refused([Problem("district_of_another_region", field="district")])
    ministries = {draft.ministry for draft in drafts if draft.ministry}
    if ministries and Body.objects.ministries().filter(pk__in=ministries).count() < len(ministries):
        raise Refused([Problem("not_a_ministry", field="ministry")])


def put(topic: Topic, draft: TopicDraft, by: User, now: datetime) -> None:
    """Take over what the draft says; a topic that becomes another one gets a new version. The caller saves."""
    if topic.pk and not field_changes(topic.as_draft(), draft, TOPIC_FIELDS):
        return
    topic.take(draft)
    stamp(topic, by, now)


def _add(
    topic_list: TopicList, drafts: Sequence[TopicDraft], actor: Actor, by: User, now: datetime
) -> list[Topic]:
    before = topic_list.topics.count()
    _refuse_unfit(topic_list.akimat, drafts, before)
    added = [Topic(topic_list=topic_list, position=before + 1 + place) for place in range(len(drafts))]
    for topic, draft in zip(added, drafts, strict=True):
        put(topic, draft, by, now)
    Topic.objects.bulk_create(added)
    steps.save(topic_list, now)
    changes: dict[str, Any] = {"topics": [before, before + len(added)]}
    if len(added) == 1:
        changes["topic"] = [None, before + 1]
    else:
        changes["added"] = [0, len(added)]
    steps.record("add_topic" if len(added) == 1 else "add_topics", topic_list, actor, now, changes)
    return added


def _refuse_unfit(akimat: Body, drafts: Sequence[TopicDraft], beside: int = 0) -> None:
    """Raise Refused for topics that say nothing, are too many or too long, or name something foreign."""
    if problems := problems_of_topics(drafts, beside):
        raise Refused(problems)
    refuse_foreign(akimat, drafts)


def _opened(topic_list: TopicList, key: int, version: int) -> Topic:
    """The topic as it was opened; Stale if it is not that any more."""
    topic = topic_list.topics.filter(pk=key).first()
    if topic is None or topic.version != version:
        raise Stale
    return topic


def stamp(topic: Topic, by: User, now: datetime) -> None:
    """Note that the topic became another one; whoever has it open is told when they save. The caller saves."""
    topic.version = topic.version + 1 if topic.pk else 1
    topic.changed_at, topic.changed_by = now, by


def _answered(topic_list: TopicList, topic: int, answer: str | None) -> dict[str, str]:
    """The answers of the round with this one; Stale if there is no comment on the topic to answer."""
    if answer is None:
        return topic_list.answers
    comment = TopicComment.objects.filter(pk__in=topic_list.answers, topic_key=topic).first()
    if comment is None:
        raise Stale
    return topic_list.answers | {str(comment.pk): answer.strip()}
