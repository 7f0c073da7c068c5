"""The demonstration: the states of the contract on any day of the year, invented people visibly so."""

from __future__ import annotations

from datetime import datetime

import pytest

from accounts.models import User
from audit.models import Entry
from calendar_app import invariants
from calendar_app.demonstration import loader
from calendar_app.models import CalendarVersion, PlannedMeeting, Submission, TopicList
from procedure.half_years import HalfYear
from procedure.moments import day_of
from regions.models import Person

pytestmark = pytest.mark.django_db

DAYS = [
    "2026-11-23T11:00:00+05:00",
    "2026-12-02T00:00:00+05:00",
    "2027-01-01T00:00:01+05:00",
    "2028-02-29T12:00:00+05:00",
    "2027-06-30T23:59:59+05:00",
    "2027-07-01T08:00:00+05:00",
]
STATES = {"33": "draft", "55": "returned", "71": "accepted"}


@pytest.mark.parametrize("day", DAYS)
def test_the_demonstration_has_the_same_pattern_on_any_day(reference: None, day: str) -> None:
    now = datetime.fromisoformat(day)
    assert loader.load(password="demo", now=now)

    coming = HalfYear.of(day_of(now)).next
    lists = {one.akimat_id[-2:]: one for one in TopicList.objects.of_half_year(coming)}
    assert "19" not in lists
    assert {code: lists[code].state for code in STATES} == STATES
    assert TopicList.objects.of_half_year(coming.previous).filter(state="accepted").count() == 20
    assert Submission.objects.filter(topic_list__half_year=coming.previous.code, late=True).count() == 1
    assert Entry.objects.latest("at").at <= now
    assert invariants.broken() == {}
    _has_a_calendar_in_force(now, HalfYear.of(day_of(now)))
    assert not loader.load(password="demo", now=now)


def _has_a_calendar_in_force(now: datetime, running: HalfYear) -> None:
    """About 200 meetings of the half-year that runs; an earlier version that readers may look back at."""
    versions = CalendarVersion.objects.order_by("number").values_list("calendar__half_year", "state")
    assert list(versions) == [(running.code, "superseded"), (running.code, "in_force")]
    shown = PlannedMeeting.published.at(now)
    assert 180 <= shown.count() <= 220
    assert shown.filter(note_ru__startswith="Пример для показа").count() == shown.count()
    assert shown.values("place__region").distinct().count() == 20
    assert set(shown.values_list("mode", flat=True)) == {"in_person", "online", "hybrid"}
    assert shown.filter(cancelled=True).count() == 1
    assert sorted(shown.exclude(sequence=0).values_list("sequence", flat=True)) == [1, 1, 1, 1]
    assert shown.exclude(trip="").exists()
    assert shown.filter(attendance__position=2).exists()
    past = shown.filter(starts__lt=now).count()
    share = (day_of(now) - running.first_day).days / 181
    assert abs(past / shown.count() - share) < 0.15


def test_invented_people_are_visibly_so(reference: None) -> None:
    loader.load(password="demo", now=datetime.fromisoformat(DAYS[0]))

    assert Person.objects.filter(name_en="Demo head 07").exists()
    assert not Person.objects.exclude(name_en__startswith="Demo ").exists()
    assert not User.objects.exclude(full_name__startswith="Demo ").exists()


def test_a_database_with_real_work_takes_no_demonstration(reference: None) -> None:
    User.objects.create_user("aigul", full_name="Officer")

    with pytest.raises(loader.NotEmptyError):
        loader.load(password="demo", now=datetime.fromisoformat(DAYS[0]))

    assert not TopicList.objects.exists()
