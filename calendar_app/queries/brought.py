"""What akimats brought for a calendar: topics and proposed meetings of accepted lists, and what became of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from calendar_app import meeting_snapshots
from calendar_app.labels.calendars import ItemKind
from calendar_app.labels.topic_lists import TopicListState
from calendar_app.models import (
    CalendarVersion,
    LeftOutItem,
    LeftOutTopic,
    PlannedMeeting,
    PlannedTopic,
    Submission,
)
from procedure.half_years import HalfYear
from procedure.proposed_meetings import MeetingDraft
from regions.models import Body

TITLE_LIMIT = 300


@dataclass(frozen=True)
class AcceptedTopic:
    """A topic of an accepted list that was not left out at acceptance, with the words it had."""

    key: int
    akimat: Body
    title_kk: str
    title_ru: str
    ministry: str
    district: str
    number: int = 0

    kind = ItemKind.TOPIC


@dataclass(frozen=True)
class AcceptedMeeting:
    """A meeting that an accepted list proposes; it is called by the titles of its topics."""

    key: int
    akimat: Body
    number: int
    draft: MeetingDraft
    topics: tuple[AcceptedTopic, ...] = ()

    kind = ItemKind.PROPOSED_MEETING

    @property
    def title_kk(self) -> str:
        return "; ".join(one.title_kk for one in self.topics if one.title_kk)[:TITLE_LIMIT]

    @property
    def title_ru(self) -> str:
        return "; ".join(one.title_ru for one in self.topics if one.title_ru)[:TITLE_LIMIT]


Item = AcceptedTopic | AcceptedMeeting


@dataclass(frozen=True)
class Brought:
    """Everything that the calendar of a half-year has to answer, by akimat and in the order of the lists."""

    topics: list[AcceptedTopic] = field(default_factory=list)
    meetings: list[AcceptedMeeting] = field(default_factory=list)

    @cached_property
    def topics_by_key(self) -> dict[int, AcceptedTopic]:
        return {one.key: one for one in self.topics}

    @cached_property
    def meetings_by_key(self) -> dict[int, AcceptedMeeting]:
        return {one.key: one for one in self.meetings}

    def item(self, kind: str, key: int) -> Item | None:
        """The topic or the proposed meeting with this key."""
        known: dict[int, Item] = {**(self.topics_by_key if kind == ItemKind.TOPIC else self.meetings_by_key)}
        return known.get(key)


def of_half_year(half_year: HalfYear | str, akimat: str | None = None) -> Brought:
    """What accepted lists of the half-year brought; of one akimat if its code is given. Two queries."""
    code = half_year if isinstance(half_year, str) else half_year.code
    rows = Submission.objects.filter(
        topic_list__half_year=code, topic_list__state=TopicListState.ACCEPTED, recall=None
    )
    if akimat:
        rows = rows.filter(topic_list__akimat=akimat)
    rows = rows.select_related("topic_list__akimat").order_by("topic_list__akimat", "number")
    latest = {one.topic_list_id: one for one in rows}
    at_acceptance = LeftOutTopic.objects.filter(review__submission__in=latest.values())
    left_out = set(at_acceptance.values_list("topic_key", flat=True))
    found = Brought()
    for one in latest.values():
        _add(found, one, left_out)
    return found


def _add(found: Brought, latest: Submission, left_out: set[int]) -> None:
    akimat, content = latest.topic_list.akimat, json.loads(latest.snapshot)
    topics = {
        topic["key"]: AcceptedTopic(
            topic["key"],
            akimat,
            topic["title"]["kk"],
            topic["title"]["ru"],
            topic["ministry"],
            topic["district"],
            topic["position"],
        )
        for topic in content["topics"]
        if topic["key"] not in left_out
    }
    found.topics.extend(topics.values())
    meetings = content.get("meetings", ())
    for meeting, draft in zip(meetings, meeting_snapshots.drafts(meetings), strict=True):
        kept = tuple(key for key in draft.topics if key in topics)
        about = tuple(topics[key] for key in kept)
        assert draft.key is not None
        found.meetings.append(
            AcceptedMeeting(draft.key, akimat, meeting["position"], replace(draft, topics=kept), about)
        )


@dataclass(frozen=True)
class Fate:
    """What a version does with one thing that was brought: a meeting takes it up, or it is left out, or neither."""

    item: Item
    planned: PlannedMeeting | None = None
    left_out: LeftOutItem | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a decision."""
        return self.planned is None and self.left_out is None


@dataclass
class Share:
    """How much of what one akimat brought is taken up: (taken, all) of topics and of proposed meetings."""

    akimat: Body
    topics: list[int] = field(default_factory=lambda: [0, 0])
    meetings: list[int] = field(default_factory=lambda: [0, 0])
    waiting: int = 0


def fates(version: CalendarVersion, brought: Brought) -> list[Fate]:
    """What became of everything in the version: proposed meetings first, then topics; three queries."""
    planned = version.planned.filter(cancelled=False).select_related("meeting", "place")
    by_key = {one.pk: one for one in planned}
    proposals = {one.proposal_key: one for one in by_key.values() if one.proposal_key}
    topics = PlannedTopic.objects.filter(planned__in=by_key).order_by("planned__starts")
    raised: dict[int, PlannedMeeting] = {}
    for key, meeting in topics.values_list("topic_key", "planned_id"):
        raised.setdefault(key, by_key[meeting])
    left = {(one.kind, one.key): one for one in version.left_out.all()}
    items: Sequence[Item] = [*brought.meetings, *brought.topics]
    return [
        Fate(
            one,
            (proposals if isinstance(one, AcceptedMeeting) else raised).get(one.key),
            left.get((one.kind, one.key)),
        )
        for one in items
    ]


def shares(found: Iterable[Fate]) -> list[Share]:
    """The share taken up for each akimat that brought anything, in the order in which they come."""
    rows: dict[str, Share] = {}
    for one in found:
        row = rows.setdefault(one.item.akimat.pk, Share(one.item.akimat))
        count = row.topics if one.item.kind == ItemKind.TOPIC else row.meetings
        count[0] += one.planned is not None
        count[1] += 1
        row.waiting += one.is_open
    return [rows[code] for code in sorted(rows)]


def open_items(version: CalendarVersion) -> list[Fate]:
    """What waits for a decision: neither in a meeting nor left out with a reason (section 6)."""
    return [one for one in fates(version, of_half_year(version.half_year)) if one.is_open]
