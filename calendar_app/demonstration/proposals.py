"""Proposed meetings of the demonstration's lists: a Saturday in the akimat's hall, and evenings in a district."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from accounts.models import User
from calendar_app.models import Topic, TopicList
from calendar_app.transitions import proposed_meetings
from procedure.half_years import HalfYear
from procedure.moments import day_of
from procedure.proposed_meetings import ExactWindow, LooseWindow, MeetingDraft
from regions.models import Hall, Territory

SATURDAY = 5
WORKING_WEEK = (0, 1, 2, 3, 4)
VENUE_KK = "Көрнекі мысал: аудандық мәдениет үйі"
VENUE_RU = "Пример для показа: районный дом культуры"


def propose(topic_list: TopicList, by: User, now: datetime) -> None:
    """Two meetings for a list that has topics: about its first one, and about all that name a ministry."""
    topics = [topic for topic in topic_list.topics.all() if topic.ministry_id]
    for draft in _drafts(topic_list, topics, day_of(now)) if topics else ():
        proposed_meetings.save(topic_list=topic_list, draft=draft, by=by, now=now)


def _drafts(topic_list: TopicList, topics: list[Topic], today: date) -> Iterator[MeetingDraft]:
    akimat, number = topic_list.akimat, int(topic_list.akimat_id[-2:])
    saturday = _saturday(topic_list.period, weeks=number % 8)
    hall = Hall.objects.filter(owner=akimat).on(today).order_by("pk").first()
    if hall:
        first = topics[0]
        yield MeetingDraft(
            ministries=(str(first.ministry_id),),
            topics=(first.pk,),
            place=hall.territory_id,
            hall=hall.pk,
            windows=(ExactWindow(saturday, time(11), time(13)),),
            attendance=hall.capacity,
        )
    places = Territory.objects.selectable().on(today).filter(region=akimat.region_id, kind="village")
    place = places.order_by("code")[number : number + 1].first() or places.order_by("code").first()
    if place:
        month = saturday.replace(day=1)
        following = (month + timedelta(days=31)).replace(day=1)
        yield MeetingDraft(
            ministries=tuple(sorted({str(topic.ministry_id) for topic in topics})),
            topics=tuple(sorted(topic.pk for topic in topics)),
            place=place.pk,
            venue_kk=VENUE_KK,
            venue_ru=VENUE_RU,
            windows=(
                LooseWindow(month, following - timedelta(days=1), (SATURDAY,), (saturday,), "day", 120),
                LooseWindow(month, following - timedelta(days=1), WORKING_WEEK, (), "evening", 90),
            ),
        )


def _saturday(half_year: HalfYear, weeks: int) -> date:
    """A Saturday so many weeks after the first one of the third month: announced in time by any akimat."""
    first = half_year.first_day + timedelta(days=60)
    return first + timedelta(days=(SATURDAY - first.weekday()) % 7, weeks=weeks)
