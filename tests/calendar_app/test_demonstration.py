"""The demonstration: the states of the contract on any day of the year, invented people visibly so."""

from __future__ import annotations

from datetime import datetime

import pytest

from accounts.models import User
from audit.models import Entry
from calendar_app import invariants
from calendar_app.demonstration import loader
from calendar_app.models import Submission, TopicList
from procedure.half_years import HalfYear
from procedure.moments import day_of
from regions.models import Person

pytestmark = pytest.mark.django_db

DAYS = [
    "2026-11-23T11:00:00+05:00",
    "2026-12-02T00:00:00+05:00",
    "2027-01-01T00:00:01+05:00",
    "2028-02-29T12:00:00+05:00",
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
    assert not loader.load(password="demo", now=now)


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
