"""A simulated half-year over the demonstration: lists and calendars bring these letters, and a second run none.

Every instant of the table is tried a second before, at it and a second after it, and one random hour of every
week from 1 November 2026 to 31 July 2027 besides; `manage.py simulate_reminders` tries every hour of every day.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django.fixtures import Settings

from calendar_app.demonstration import loader
from calendar_app.transitions.reminders import remind
from notices.models import Letter
from procedure.moments import ALMATY, end_of_day, start_of_day

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
FIRST, LAST = date(2026, 11, 1), date(2027, 7, 31)
# The demonstration depends on the instant at which it is loaded.
LOADED = datetime.fromisoformat("2026-11-23T11:00:00+05:00")
REMINDER, OVERDUE, MISSED = "topic_list_reminder", "topic_list_overdue", "topic_list_missed"
CALENDAR = "calendar_reminder"
# Written by hand. Working days were counted over the day table of 2026 and 2027. There are 20 akimats, and one of
# them, 47, has two officers: 21 letters while nobody has submitted. By 20 November the akimats 10, 19, 23, 27, 33,
# 47 and 62 have not, and 39 and 55 have their lists back: 10 letters. From the first day after a term the address
# of the head is written to as well: 10 and 9, then 21 and 20. The first step, 30 working days before 1 December,
# lay on 19 October; the newest step that has passed is owed when the simulation begins.
TABLE: dict[str, dict[str, int]] = {
    "2026-11-11T09:00": {REMINDER: 21},
    "2026-11-20T09:00": {REMINDER: 10},
    "2026-11-23T09:00": {CALENDAR: 1},
    "2026-11-26T09:00": {REMINDER: 10},
    "2026-11-30T09:00": {REMINDER: 10},
    "2026-12-01T09:00": {REMINDER: 10},
    "2026-12-02T00:00": {MISSED: 1},
    "2026-12-02T09:00": {OVERDUE: 19},
    "2026-12-08T09:00": {OVERDUE: 19},
    "2026-12-15T09:00": {CALENDAR: 1},
    "2026-12-25T09:00": {CALENDAR: 1},
    "2026-12-31T09:00": {CALENDAR: 1},
    "2027-01-06T09:00": {CALENDAR: 1},
    "2027-01-08T09:00": {CALENDAR: 1},
    "2027-01-11T09:00": {CALENDAR: 2},
    "2027-01-15T09:00": {CALENDAR: 2},
    "2027-04-15T09:00": {REMINDER: 21},
    "2027-05-12T09:00": {REMINDER: 21},
    "2027-05-21T09:00": {REMINDER: 21},
    "2027-05-27T09:00": {REMINDER: 21, CALENDAR: 1},
    "2027-05-31T09:00": {REMINDER: 21},
    "2027-06-01T09:00": {REMINDER: 21},
    "2027-06-02T00:00": {MISSED: 1},
    "2027-06-02T09:00": {OVERDUE: 41},
    "2027-06-08T09:00": {OVERDUE: 41},
    "2027-06-18T09:00": {CALENDAR: 1},
    "2027-06-29T09:00": {CALENDAR: 1},
    "2027-07-05T09:00": {CALENDAR: 1},
    "2027-07-08T09:00": {CALENDAR: 1},
    "2027-07-09T09:00": {CALENDAR: 1},
    "2027-07-12T09:00": {CALENDAR: 2},
    "2027-07-16T09:00": {CALENDAR: 2},
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+05:00")


def around(text: str) -> list[datetime]:
    """A second before the instant, the instant, a second after it."""
    return [at(text) + number * SECOND for number in (-1, 0, 1)]


def at_random() -> list[datetime]:
    """One full hour of every week, on whichever weekday; the same ones each time."""
    dice, hours = random.Random(20261101), ((LAST - FIRST).days + 1) * 24
    weeks = range(0, hours - 7 * 24 + 1, 7 * 24)
    return [start_of_day(FIRST) + timedelta(hours=week + dice.randrange(7 * 24)) for week in weeks]


def told() -> Counter[tuple[str, str]]:
    """Letters about lists and calendars by the instant in Almaty at which they were queued, and kind."""
    kinds = (REMINDER, OVERDUE, MISSED, CALENDAR)
    rows = Letter.objects.filter(kind__in=kinds).values_list("created_at", "kind")
    return Counter((f"{moment.astimezone(ALMATY):%Y-%m-%dT%H:%M:%S}", kind) for moment, kind in rows)


def table(*instants: str) -> Counter[tuple[str, str]]:
    return Counter(
        {(f"{text}:00", kind): number for text in instants for kind, number in TABLE[text].items()}
    )


def run(moments: list[datetime]) -> None:
    for moment in moments:
        remind(now=moment)


def test_exactly_these_letters_and_a_second_run_adds_none(settings: Settings) -> None:
    loader.load(password="demo", now=LOADED)
    steps = (moment for text in TABLE for moment in around(text))
    moments = sorted({*steps, *at_random()})
    assert start_of_day(FIRST) <= moments[0] < moments[-1] < end_of_day(LAST)
    run(moments[:1])
    before = told()

    usual = settings.REMINDER_LADDERS
    with transaction.atomic():
        # The control: a ladder without its step of 14 days is found out by the table.
        settings.REMINDER_LADDERS = {"default": (-30, -7, -3, -1, 0, 1, 5)}
        run(around("2026-11-11T09:00"))
        assert told() - before != table("2026-11-11T09:00")
        transaction.set_rollback(True)
    settings.REMINDER_LADDERS = usual

    run(moments)
    assert told() - before == table(*TABLE)
    written = Letter.objects.count()
    run([at(text) for text in TABLE])
    assert Letter.objects.count() == written
