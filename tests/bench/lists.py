"""Topic lists that the measured acts use up: written into the database beforehand, sent by HTTP."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from base.clock import now, today
from calendar_app.models import ProposedMeeting, ProposedWindow, RuleSet, Topic, TopicList
from procedure.half_years import HalfYear
from regions.models import Body, Territory

TITLE = "Ауылдық елді мекендерді сапалы ауызсумен қамтамасыз ету туралы / О питьевой воде в сёлах"
TEXT = "Өңірдегі ахуалдың талдауы: не істелді, не қалды, қандай шешім күтіледі. " * 5


@dataclass(frozen=True)
class Scratch:
    """A list for one act after another."""

    pk: int
    akimat: str
    half_year: str
    topics: int

    @property
    def path(self) -> str:
        return f"/kk/staff/topic-lists/{self.half_year}/{self.akimat}/"


class Stock:
    """Makes lists of half-years to come, each half-year used once."""

    def __init__(self) -> None:
        day = today()
        self.akimats = list(Body.objects.akimats().on(day).order_by("code"))
        self.rule_set = RuleSet.objects.in_force_on(day)
        self.half_years = _from(HalfYear.of(day).next.next)

    def lists(self, count: int, topics: int) -> list[Scratch]:
        """`count` fresh drafts (one per akimat at most), each with so many complete topics."""
        half_year, moment = next(self.half_years), now()
        made = TopicList.objects.bulk_create(
            TopicList(
                akimat=akimat,
                half_year=half_year.code,
                rule_set=self.rule_set,
                started_at=moment,
                changed_at=moment,
            )
            for akimat in self.akimats[:count]
        )
        Topic.objects.bulk_create(
            Topic(topic_list=one, position=number, title_kk=TITLE, title_ru=TITLE, text_kk=TEXT, text_ru=TEXT)
            for one in made
            for number in range(1, topics + 1)
        )
        return [Scratch(one.pk, one.akimat.code, one.half_year, topics) for one in made]


def propose(one: Scratch, count: int) -> None:
    """`count` proposed meetings in the list: each about one of its topics, with a place, a ministry and two times."""
    topic_list = TopicList.objects.select_related("akimat").get(pk=one.pk)
    places = Territory.objects.filter(region=topic_list.akimat.region_id, kind="village", selectable=True)
    ministry = Body.objects.filter(kind=Body.Kind.MINISTRY).order_by("code")[0]
    made = ProposedMeeting.objects.bulk_create(
        ProposedMeeting(topic_list=topic_list, position=number, place=place, attendance=100)
        for number, place in enumerate(places.order_by("code")[:count], start=1)
    )
    about, heard = ProposedMeeting.topics.through, ProposedMeeting.ministries.through
    keys = topic_list.topics.values_list("pk", flat=True)[:count]
    pairs = zip(made, keys, strict=True)
    about.objects.bulk_create(about(proposedmeeting=each, topic_id=key) for each, key in pairs)
    heard.objects.bulk_create(heard(proposedmeeting=each, body=ministry) for each in made)
    first = topic_list.period.first_day
    ProposedWindow.objects.bulk_create(
        window for each in made for window in (_exact(each, first), _loose(each, first))
    )


def _exact(meeting: ProposedMeeting, first: date) -> ProposedWindow:
    day = first + timedelta(days=7 * meeting.position)
    return ProposedWindow(meeting=meeting, position=1, kind="exact", day=day, starts=time(11), ends=time(13))


def _loose(meeting: ProposedMeeting, first: date) -> ProposedWindow:
    last = first + timedelta(days=60)
    return ProposedWindow(
        meeting=meeting,
        position=2,
        kind="loose",
        first_day=first,
        last_day=last,
        weekdays=[5],
        part="day",
        minutes=120,
    )


def _from(half_year: HalfYear) -> Iterator[HalfYear]:
    while True:
        yield half_year
        half_year = half_year.next


def versions(lists: Sequence[Scratch]) -> dict[int, int]:
    """The version at which each list stands now, which its next form has to carry."""
    return dict(TopicList.objects.filter(pk__in=[one.pk for one in lists]).values_list("pk", "version"))


def head(version: int) -> dict[str, str]:
    """The hidden fields of every act's form."""
    return {"version": str(version), "idempotency_key": str(uuid.uuid4())}


def first_topics(lists: Sequence[Scratch]) -> dict[int, tuple[int, int]]:
    """The first topic of each list and its version, by the list's key."""
    found = Topic.objects.filter(topic_list__in=[one.pk for one in lists], position=1)
    return {one.topic_list_id: (one.pk, one.version) for one in found}


def topic_form() -> dict[str, str]:
    """The fields of the page of one topic, with another text each time."""
    fields = {"title_kk": TITLE, "title_ru": TITLE, "text_kk": TEXT, "text_ru": TEXT}
    return fields | {"evidence": str(uuid.uuid4())}
