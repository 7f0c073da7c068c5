"""What the public may see of meetings: one read for pages and feeds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, When

from base.search import Fold, words
from calendar_app.models import Attendance, PlannedMeeting
from calendar_app.models.meetings import PlannedMeetingQuerySet
from procedure.half_years import HalfYear
from procedure.moments import end_of_day, start_of_day
from regions.models import Body, Territory


def shown(moment: datetime, asked: Mapping[str, Any] | None = None) -> PlannedMeetingQuerySet:
    """Public meetings at the instant, narrowed: region (КАТО), body, from, to (days), mode, q (words)."""
    return narrowed(PlannedMeeting.published.at(moment), asked or {}).in_order()


def narrowed(found: PlannedMeetingQuerySet, asked: Mapping[str, Any]) -> PlannedMeetingQuerySet:
    """Those that were asked for."""
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
    said = words(asked.get("q") or "")
    if said:
        found = found.alias(folded_kk=Fold("subject_kk"), folded_ru=Fold("subject_ru"))
    for word in said:
        places = Territory.objects.matching(word).values("pk")
        bodies = Body.objects.matching(word).values("pk")
        coming = Attendance.objects.filter(body__in=bodies).values("planned")
        subject = Q(folded_kk__contains=word) | Q(folded_ru__contains=word)
        named = Q(place__in=places) | Q(place__region__in=places) | Q(pk__in=coming)
        found = found.filter(subject | named)
    return found


def coming_first(found: PlannedMeetingQuerySet, today: date) -> PlannedMeetingQuerySet:
    """Today's meetings and later ones in the order of time, then past ones, the latest first."""
    midnight = start_of_day(today)
    coming = Case(When(starts__gte=midnight, then=F("starts")))
    return found.order_by(coming.asc(nulls_last=True), F("starts").desc(), "meeting__number")


def in_month(found: PlannedMeetingQuerySet, first_day: date) -> PlannedMeetingQuerySet:
    """Those of the month that begins on the day."""
    following = (first_day + timedelta(days=31)).replace(day=1)
    return found.filter(starts__gte=start_of_day(first_day), starts__lt=start_of_day(following))


def as_known(moment: datetime, day: date | None) -> datetime:
    """The instant that is asked about: now, or the end of a day that has come."""
    return min(end_of_day(day), moment) if day else moment


class PublishedVersion(NamedTuple):
    """A version that is or was in force, with counts of the meetings that were asked for."""

    period: HalfYear
    number: int
    first_number: int
    in_force_from: datetime
    meetings: int
    changed: int
    cancelled: int


def versions(
    moment: datetime, asked: Mapping[str, Any] | None = None, most: int = 30
) -> list[PublishedVersion]:
    """Publications up to the instant that say something about the meetings asked for, the newest first."""
    counts = {
        "meetings": Count("pk", filter=Q(cancelled=False)),
        "changed": Count("pk", filter=Q(changed_in=F("version"), cancelled=False)),
        "cancelled": Count("pk", filter=Q(changed_in=F("version"), cancelled=True)),
    }
    found = narrowed(PlannedMeeting.published.until(moment), asked or {}).order_by()
    names = ("version__calendar__half_year", "version__number", "version__in_force_from")
    counted = found.values(*names).annotate(**counts).order_by("-version__in_force_from", "-version__number")
    rows = list(counted.values_list(*names, *counts))
    first: dict[str, int] = {}
    for half_year, number, *_rest in rows:
        first[half_year] = min(number, first.get(half_year, number))
    return [
        PublishedVersion(HalfYear.parse(half_year), number, first[half_year], *rest)
        for half_year, number, *rest in rows[:most]
    ]
