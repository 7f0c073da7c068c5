"""What the public may see of meetings: one read for pages and feeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from base.search import Fold, words
from calendar_app.models import Attendance, PlannedMeeting
from calendar_app.models.meetings import PlannedMeetingQuerySet
from procedure.moments import end_of_day, start_of_day
from regions.models import Body, Territory


def shown(moment: datetime, asked: Mapping[str, Any] | None = None) -> PlannedMeetingQuerySet:
    """Public meetings at the instant, narrowed: region (КАТО), body, from, to (days), mode, q (words)."""
    asked = asked or {}
    found = PlannedMeeting.published.at(moment).in_order()
    if asked.get("region"):
        found = found.filter(place__region=asked["region"])
    if asked.get("body"):
        found = found.filter(attendance__body=asked["body"])
    if asked.get("mode"):
        found = found.filter(mode=asked["mode"])
    if asked.get("from"):
        found = found.filter(starts__gte=start_of_day(asked["from"]))
    if asked.get("to"):
        found = found.filter(starts__lt=end_of_day(asked["to"]))
    found = found.alias(folded_kk=Fold("subject_kk"), folded_ru=Fold("subject_ru"))
    for word in words(asked.get("q") or ""):
        places = Territory.objects.matching(word).values("pk")
        bodies = Body.objects.matching(word).values("pk")
        coming = Attendance.objects.filter(body__in=bodies).values("planned")
        subject = Q(folded_kk__contains=word) | Q(folded_ru__contains=word)
        named = Q(place__in=places) | Q(place__region__in=places) | Q(pk__in=coming)
        found = found.filter(subject | named)
    return found


def whole(found: PlannedMeetingQuerySet) -> PlannedMeetingQuerySet:
    """With all that pages and feeds show of a meeting: a fixed number of queries for any number of them."""
    return found.with_places().select_related("changed_in").with_attendance().with_topics()


def as_known(moment: datetime, day: date | None) -> datetime:
    """The instant that is asked about: now, or the end of a day that has come."""
    return min(end_of_day(day), moment) if day else moment
