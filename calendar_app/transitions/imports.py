"""Acts that take what was brought in into the list: a whole batch with one journal entry, or nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from accounts.models import User
from base.errors import Refused, Stale
from calendar_app.labels.imports import ImportState
from calendar_app.models import Import, Topic, TopicList
from calendar_app.queries import imports as queries
from calendar_app.transitions import steps
from calendar_app.transitions import topics as parts
from calendar_app.transitions.import_files import lock_import, lock_list, settle
from procedure.imports import Difference, is_unchanged, taking
from procedure.moments import day_of
from procedure.problems import Problem
from procedure.topic_lists import TOPICS_LIMIT, TopicDraft
from regions.models import Body, Territory


@transaction.atomic
def take(
    *,
    batch: Import,
    left_out: Collection[str],
    districts: Mapping[int, str],
    decisions: Mapping[str, str],
    by: User,
    now: datetime,
    version: int,
) -> TopicList:
    """Take the topics of an import into the list, look-alikes merged as decided.

    left_out   keys of topics that do not come in
    districts  file → КАТО code for its topics that name none; "" is the whole region
    decisions  group of look-alikes → "all", "join" or the key that is kept
    Raises NotPermitted, Stale if the import changed, Refused with what is undecided or too much.
    """
    topic_list, actor = lock_list(batch.own_list, by, now)
    one = lock_import(batch, "take", version)
    present = list(topic_list.topics.all())
    known = queries.known_topics(present)
    topics = [each for each in queries.read_topics(one.files.all()) if each.key not in left_out]
    fresh = {each.key: queries.placed(each, districts) for each in topics}
    places = queries.place_names(draft.district for draft in [*known.values(), *fresh.values()])
    found = taking(known, fresh, queries.alike(known, topics), decisions, places)
    problems = [*found.problems, *_foreign(topic_list, [*found.added, *found.changed.values()], now)]
    if not topics:
        problems.append(Problem("nothing_to_take"))
    if problems:
        raise Refused(problems)
    files = one.files.count()
    _add(topic_list, present, found.added, by, now)
    _change(present, found.changed, by, now)
    settle(one, ImportState.TAKEN, now)
    _finish("import", topic_list, actor, now, present, added=len(found.added), changed=len(found.changed),
            files=files)  # fmt: skip
    return topic_list


@transaction.atomic
def take_translation(
    *, batch: Import, chosen: Mapping[str, str], by: User, now: datetime, version: int
) -> TopicList:
    """Take translations into the list. `chosen` maps a difference to the mark of the text it replaces.

    Raises Stale if one of these texts was changed since the page was shown: nothing is overwritten unseen.
    """
    topic_list, actor = lock_list(batch.own_list, by, now)
    one = lock_import(batch, "take", version)
    present = list(topic_list.topics.all())
    found, problems = queries.translated(one, topic_list, present)
    wanted = [each for each in found if each.key in chosen]
    if len(wanted) < len(chosen) or not is_unchanged(chosen, wanted):
        raise Stale
    if not wanted:
        problems = [*problems, Problem("nothing_to_take")]
    if problems:
        raise Refused(problems)
    changed = _translate(topic_list, present, wanted, by, now)
    settle(one, ImportState.TAKEN, now)
    _finish("translate", topic_list, actor, now, present, texts=len(wanted), changed=changed)
    return topic_list


@transaction.atomic
def bring_over(
    *, topic_list: TopicList, previous: TopicList, keys: Collection[int], by: User, now: datetime
) -> int:
    """Add topics of the akimat's list for the half-year before; what stands in the list stays as it is.

    A district or ministry that ended meanwhile is replaced by its successor. Returns how many were added.
    """
    locked, actor = lock_list(topic_list, by, now)
    if previous.akimat_id != locked.akimat_id or previous.half_year != locked.period.previous.code:
        raise Refused([Problem("topic_not_in_list")])
    chosen = list(previous.topics.filter(pk__in=keys).select_related("district", "ministry"))
    if len(chosen) < len(set(keys)):
        raise Refused([Problem("topic_not_in_list")])
    if not chosen:
        raise Refused([Problem("nothing_to_take")])
    present = list(locked.topics.all())
    if len(present) + len(chosen) > TOPICS_LIMIT:
        raise Refused([Problem("too_many_topics_with_import", {"limit": TOPICS_LIMIT})])
    _add(locked, present, [_of_today(topic, now) for topic in chosen], by, now)
    _finish("bring_over", locked, actor, now, present, added=len(chosen))
    return len(chosen)


def _of_today(topic: Topic, now: datetime) -> TopicDraft:
    def present(one: Territory | Body | None) -> str:
        ended = one is not None and not one.exists_on(day_of(now))
        return ((one.successor_id if ended else one.pk) or "") if one is not None else ""

    draft = topic.as_draft()
    return replace(draft, key=None, district=present(topic.district), ministry=present(topic.ministry))


def _foreign(topic_list: TopicList, drafts: Sequence[TopicDraft], now: datetime) -> Iterable[Problem]:
    """Districts of another region, bodies that are no ministry: a form can be forged, a code can end."""
    districts = {draft.district for draft in drafts if draft.district}
    own = Territory.objects.within(topic_list.akimat.region_id or "").filter(pk__in=districts)
    if own.count() < len(districts):
        yield Problem("district_of_another_region")
    ministries = {draft.ministry for draft in drafts if draft.ministry}
    if Body.objects.ministries().filter(pk__in=ministries).count() < len(ministries):
        yield Problem("not_a_ministry")


def _add(
    topic_list: TopicList, present: Sequence[Topic], drafts: Sequence[TopicDraft], by: User, now: datetime
) -> None:
    last = max((topic.position for topic in present), default=0)
    added = []
    for position, draft in enumerate(drafts, start=last + 1):
        added.append(Topic(topic_list=topic_list, position=position))
        parts.put(added[-1], draft, by, now)
    Topic.objects.bulk_create(added)


def _change(present: Sequence[Topic], drafts: Mapping[str, TopicDraft], by: User, now: datetime) -> None:
    changed = []
    for topic in present:
        if draft := drafts.get(f"t{topic.pk}"):
            parts.put(topic, draft, by, now)
            changed.append(topic)
    Topic.objects.bulk_update(changed, parts.SAVED)


def _translate(
    topic_list: TopicList, present: Sequence[Topic], wanted: Sequence[Difference], by: User, now: datetime
) -> int:
    """Set the texts; returns how many topics they belong to."""
    known = {f"T{topic.pk}": topic for topic in present}
    touched: dict[int, Topic] = {}
    for one in wanted:
        owner, part = one.name.split(".")
        if topic := known.get(owner):
            setattr(topic, f"{part}_{one.language}", one.after)
            touched[topic.pk] = topic
        else:
            setattr(topic_list, f"{part}_{one.language}", one.after)
            topic_list.analysis_version += 1
    for topic in touched.values():
        parts.stamp(topic, by, now)
    Topic.objects.bulk_update(touched.values(), parts.SAVED)
    return len(touched)


def _finish(
    act: str, topic_list: TopicList, actor: object, now: datetime, present: Sequence[Topic], **counts: int
) -> None:
    """Version and journal: what was added and changed, in numbers."""
    words = [f"{part}_{language}" for part in queries.OF_LIST for language in ("kk", "ru")]
    steps.save(topic_list, now, "analysis_version", *words)
    changes = {name: [0, count] for name, count in counts.items()}
    changes["topics"] = [len(present), len(present) + counts.get("added", 0)]
    steps.record(act, topic_list, actor, now, changes)  # type: ignore[arg-type]
