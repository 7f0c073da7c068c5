"""Proposed meetings: what the database itself refuses, whoever writes."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from calendar_app.models import ProposedMeeting, ProposedWindow
from calendar_app.transitions import topic_lists
from procedure.topic_lists import ListDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.proposals import make_hall, place_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": "exact", "day": date(2027, 3, 6), "starts": time(11), "ends": time(11)},
        {"kind": "exact", "day": date(2027, 3, 6), "starts": time(11)},
        {"kind": "exact", "day": date(2027, 3, 6), "starts": time(11), "ends": time(12), "part": "day"},
        {"kind": "exact", "day": date(2027, 7, 1), "starts": time(11), "ends": time(12)},
        {"kind": "loose", "first_day": date(2027, 3, 6), "last_day": date(2027, 3, 5), "part": "any"},
        {"kind": "loose", "first_day": date(2027, 3, 6), "last_day": date(2027, 3, 7), "part": "night"},
        {"kind": "loose", "first_day": date(2026, 12, 31), "last_day": date(2027, 3, 7), "part": "any"},
        {"kind": "loose", "first_day": date(2027, 3, 6), "last_day": date(2027, 3, 7), "part": "any", "weekdays": [7]},
        {"kind": "loose", "first_day": date(2027, 3, 6), "last_day": date(2027, 3, 7), "part": "any", "minutes": 5},
    ],
)  # fmt: skip
def test_the_database_refuses_impossible_times(saved: ProposedMeeting, columns: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposedWindow.objects.create(meeting=saved, position=9, **columns)
    sound = {"kind": "exact", "day": date(2027, 3, 6), "starts": time(11), "ends": time(12)}
    ProposedWindow.objects.create(meeting=saved, position=9, **sound)  # the control


def test_the_database_keeps_a_meeting_at_home(saved: ProposedMeeting, neighbour: User) -> None:
    theirs = make_hall(Body.objects.get(code="akimat.33"))
    foreign = topic_lists.start(
        akimat=Body.objects.get(code="akimat.33"),
        half_year=saved.topic_list.period,
        by=neighbour,
        now=IN_TIME,
    )
    topic_list = topic_lists.save_draft(
        topic_list=foreign,
        draft=ListDraft([topic.as_draft() for topic in saved.topic_list.topics.all()]),
        by=neighbour,
        now=IN_TIME,
        version=1,
    )
    for change in (
        lambda: ProposedMeeting.objects.update(place=place_in("550000000")),
        lambda: ProposedMeeting.objects.update(place="190000000"),
        lambda: ProposedMeeting.objects.update(hall=theirs),
        lambda: ProposedMeeting.objects.update(mode="online"),
        lambda: ProposedMeeting.objects.update(venue_kk="Үй"),
        lambda: saved.topics.add(topic_list.topics.all()[0]),
        lambda: saved.ministries.add("akimat.33"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
