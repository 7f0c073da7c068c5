"""Eight connections book one person, or one hall, at one time: one wins; without the constraint they overlap."""

from __future__ import annotations

from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import DatabaseError, connection, transaction

from calendar_app import invariants
from calendar_app.invariants.calendars import nothing_binding_overlaps
from calendar_app.models import Attendance, CalendarVersion, Meeting, PlannedMeeting
from procedure.moments import ALMATY
from regions.models import Hall, Post, TermOfOffice
from tests.audit.test_race import WRITERS, at_once
from tests.public.conftest import Stage

SLOTS = 10
TABLES = {
    "hall": ("calendar_app_plannedmeeting", "planned_meeting_hall_once"),
    "person": ("calendar_app_attendance", "attendance_person_once"),
}


class Rush:
    """Eight writers who want the same thing at the same time, slot after slot; each looks first if it is free."""

    def __init__(self, version: CalendarVersion, wanted: str) -> None:
        self.version, self.wanted = version, wanted
        self.hall = Hall.objects.order_by("pk")[0]
        self.post = Post.objects.get(code="ministry.health.head")
        self.person = TermOfOffice.objects.get(post=self.post).person
        # On the day after the half-year nothing else is planned.
        self.began = datetime.combine(version.period.last_day, datetime.min.time(), tzinfo=ALMATY)
        self.looked = Barrier(WRITERS)

    def write(self, writer: int) -> None:
        for slot in range(SLOTS):
            starts = self.began + timedelta(hours=2 * slot, minutes=writer)
            try:
                with transaction.atomic():
                    self._book(starts)
            except DatabaseError:  # refused by the constraint, or the victim of a deadlock
                continue

    def _book(self, starts: datetime) -> None:
        taken = PlannedMeeting.objects.filter(
            version=self.version, binding=True, starts__lt=starts + timedelta(hours=1), ends__gt=starts
        ).exists()
        self._wait_for_the_others()
        if taken:
            return
        planned = PlannedMeeting.objects.create(
            version=self.version,
            meeting=Meeting.objects.create(calendar=self.version.calendar),
            place=self.hall.territory,
            hall=self.hall if self.wanted == "hall" else None,
            starts=starts,
            ends=starts + timedelta(hours=1),
            binding=True,
        )
        Attendance.objects.create(
            planned=planned,
            body_id="ministry.health",
            post=self.post,
            person=self.person if self.wanted == "person" else None,
            version=self.version,
            starts=starts,
            ends=planned.ends,
        )

    def _wait_for_the_others(self) -> None:
        """All have looked before anybody writes: the gap that checking in Python leaves open."""
        try:
            self.looked.wait(timeout=5)
        except BrokenBarrierError:
            self.looked.reset()

    def booked(self) -> int:
        return PlannedMeeting.objects.filter(version=self.version, binding=True).count()


@pytest.mark.parametrize("wanted", ["hall", "person"])
def test_one_of_eight_gets_it(stage: Stage, wanted: str) -> None:
    rush = Rush(stage.open(), wanted)
    at_once(rush.write)
    assert rush.booked() == SLOTS
    assert list(nothing_binding_overlaps()) == []


@pytest.mark.parametrize("wanted", ["hall", "person"])
def test_without_the_constraint_they_overlap_and_the_invariant_finds_it(stage: Stage, wanted: str) -> None:
    table, constraint = TABLES[wanted]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    rush = Rush(stage.open(), wanted)
    at_once(rush.write)
    assert rush.booked() > SLOTS
    assert "nothing_binding_overlaps" in invariants.broken()
