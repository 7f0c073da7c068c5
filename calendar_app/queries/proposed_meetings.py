"""What a proposed meeting names, looked up for the rules; and how the proposed times fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from calendar_app.models import ProposedMeeting, TopicList
from procedure.halls import seat_warning
from procedure.problems import Problem
from procedure.proposed_meetings import (
    HallFacts,
    Known,
    MeetingDraft,
    Place,
    numbered_one,
    problems_since,
)
from procedure.proposed_times import Fit, fit_of, share_that_suits
from procedure.workdays import Workdays
from regions import hours
from regions.models import Body, Hall, Territory


def known(topic_list: TopicList, draft: MeetingDraft, today: date) -> Known:
    """The place, hall, ministries and topics that the meeting names, as far as there are any; four queries."""
    akimat = topic_list.akimat
    places = Territory.objects.select_related("parent__parent")
    place = places.filter(pk=draft.place).first() if draft.place else None
    halls = Hall.objects.select_related("territory__parent__parent")
    hall = halls.filter(pk=draft.hall).first() if draft.hall else None
    ministries = Body.objects.ministries().on(today).filter(pk__in=draft.ministries)
    return Known(
        akimat=akimat.pk,
        region=akimat.region_id or "",
        place=as_place(place, today) if place else None,
        hall=as_hall(hall, today) if hall else None,
        ministries=set(ministries.values_list("pk", flat=True)),
        topics=set(topic_list.topics.filter(pk__in=draft.topics).values_list("pk", flat=True)),
    )


def problems_now(topic_list: TopicList, today: date) -> list[Problem]:
    """What the saved meetings name and may not name any more: a place, hall or ministry closed since.

    Fields are named as in `procedure.topic_lists.problems_to_submit`. No query: of a list read by `proposed`.
    """
    found: list[Problem] = []
    for index, meeting in enumerate(topic_list.proposed):
        ministries = (one for one in meeting.ministries.all() if one.kind == Body.Kind.MINISTRY)
        names = Known(
            akimat=topic_list.akimat_id,
            region=topic_list.akimat.region_id or "",
            place=as_place(meeting.place, today) if meeting.place else None,
            hall=as_hall(meeting.hall, today) if meeting.hall else None,
            ministries={one.pk for one in ministries if one.exists_on(today)},
            topics=meeting.topic_keys,
        )
        found += numbered_one(index, problems_since(meeting.as_draft(), names, today))
    return found


def crowded(topic_list: TopicList) -> list[Problem]:
    """Meetings to which more people are expected than their hall has seats; no query, as `problems_now`."""
    found: list[Problem] = []
    for index, meeting in enumerate(topic_list.proposed):
        seats = meeting.hall.capacity if meeting.hall else None
        found += numbered_one(index, seat_warning(meeting.attendance, seats))
    return found


def as_place(territory: Territory, today: date) -> Place:
    """The territory (read with two parents) as the rules see it."""
    above = [territory.parent_id, territory.parent and territory.parent.parent_id, territory.region_id]
    return Place(
        code=territory.pk,
        region=territory.region_id,
        is_for_meetings=territory.selectable and territory.exists_on(today),
        within=tuple(dict.fromkeys(code for code in above if code and code != territory.pk)),
    )


def as_hall(hall: Hall, today: date) -> HallFacts:
    """The hall (read with its territory and two parents) as the rules see it."""
    return HallFacts(hall.owner_id, as_place(hall.territory, today), hall.valid_to)


def fits(meetings: Iterable[ProposedMeeting], workdays: Workdays) -> Mapping[int, list[Fit]]:
    """How the times of each meeting fit where it is to be held, by its key; one query for all of them."""
    meetings = list(meetings)
    weeks = hours.weeks(one.place for one in meetings)
    return {
        one.pk: [fit_of(window.as_rule(), weeks[one.place_id], workdays) for window in one.windows.all()]
        for one in meetings
    }


def share(fitting: Mapping[int, list[Fit]]) -> tuple[int, int]:
    """(meetings that more people can come to, meetings with a proposed time)."""
    return share_that_suits(fitting.values())
