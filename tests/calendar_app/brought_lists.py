"""Accepted lists that propose meetings, as akimats bring them for a calendar."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from accounts.models import User
from calendar_app.models import TopicList
from calendar_app.transitions import proposed_meetings, reviews, topic_lists
from procedure.half_years import HalfYear
from procedure.proposed_meetings import ExactWindow, LooseWindow, MeetingDraft
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body, Hall, Territory

MINISTRIES = ("ministry.health", "ministry.agriculture")


def hall_of(akimat: Body) -> Hall:
    """A hall of the akimat, made if it has none."""
    found = Hall.objects.filter(owner=akimat).order_by("pk").first()
    place = Territory.objects.filter(region=akimat.region, selectable=True).order_by("level", "code")[0]
    named = {f"{name}_{code}": f"Зал {akimat.pk}" for name in ("name", "address") for code in ("kk", "ru")}
    return found or Hall.objects.create(owner=akimat, territory=place, capacity=200, **named)


def bring(
    *, akimat: Body, half_year: HalfYear, by: User, authority: User, now: datetime, word: str = "Су"
) -> TopicList:
    """An accepted list of two topics and two proposed meetings: at an exact time, and on one of several days."""
    one = topic_lists.start(akimat=akimat, half_year=half_year, by=by, now=now)
    topics = [
        TopicDraft(f"{word} {number}", f"{word} по-русски {number}", ministry=code)
        for number, code in enumerate(MINISTRIES, start=1)
    ]
    one = topic_lists.save_draft(topic_list=one, draft=ListDraft(topics), by=by, now=now, version=one.version)
    keys = list(one.topics.values_list("pk", flat=True).order_by("position"))
    hall = hall_of(akimat)
    for key, code, window in zip(keys, MINISTRIES, windows(half_year, akimat), strict=True):
        draft = MeetingDraft(
            ministries=(code,), topics=(key,), place=hall.territory_id, hall=hall.pk, windows=(window,)
        )
        proposed_meetings.save(topic_list=TopicList.objects.get(pk=one.pk), draft=draft, by=by, now=now)
    one = TopicList.objects.get(pk=one.pk)
    topic_lists.submit(topic_list=one, by=by, now=now, version=one.version)
    one = TopicList.objects.get(pk=one.pk)
    reviews.accept(topic_list=one, by=authority, now=now, version=one.version)
    return TopicList.objects.get(pk=one.pk)


def windows(half_year: HalfYear, akimat: Body) -> tuple[ExactWindow, LooseWindow]:
    """A Saturday late in the half-year, another one for each akimat; and the evenings of its last month."""
    week = int(akimat.pk[-2:]) % 8
    saturday = half_year.last_day - timedelta(days=(half_year.last_day.weekday() - 5) % 7 + 7 * week)
    month = date(half_year.last_day.year, half_year.last_day.month, 1)
    return (
        ExactWindow(saturday, time(11), time(13)),
        LooseWindow(month, half_year.last_day, (1, 3), (), "evening", 90),
    )
