"""A portal with the demonstration: a calendar in force, two versions of it, and everybody who acts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from base import clock
from calendar_app.demonstration.calendars import draft_of
from calendar_app.models import CalendarVersion, CoordinationAnswer, PlannedMeeting, Session
from calendar_app.transitions import calendars, commission, coordination, meetings
from procedure.half_years import HalfYear
from procedure.moments import day_of

# Why the members have less time than they should.
SHORT = "Тест"


class Stage:
    """The calendar of the half-year that runs, and its acts by those who may; the version is the newest one."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.half_year = HalfYear.of(day_of(self.now))

    @property
    def version(self) -> CalendarVersion:
        found = CalendarVersion.objects.filter(calendar__half_year=self.half_year.code)
        return found.select_related("calendar__rule_set").order_by("-number")[0]

    @property
    def in_force(self) -> CalendarVersion:
        return CalendarVersion.objects.get(calendar__half_year=self.half_year.code, state="in_force")

    def person(self, username: str) -> User:
        return User.objects.get(username=username)

    def act(self, act: Callable[..., Any], by: str = "authority", **words: Any) -> Any:
        version = self.version
        return act(version=version, by=self.person(by), now=self.now, revision=version.revision, **words)

    def open(self, reason: str = "") -> CalendarVersion:
        return calendars.open_(
            half_year=self.half_year, by=self.person("authority"), now=self.now, reason=reason
        )

    def planned(self, number: str) -> PlannedMeeting:
        """The meeting in the newest version."""
        return PlannedMeeting.objects.select_related("version", "meeting").get(
            version=self.version, meeting__number=number
        )

    def change(self, number: str, **words: Any) -> PlannedMeeting:
        one = self.planned(number)
        return meetings.change(
            planned=one,
            draft=replace(draft_of(one), **words),
            by=self.person("authority"),
            now=self.now,
            revision=self.version.revision,
        )

    def cancel(self, number: str, reason: str) -> None:
        meetings.remove(
            planned=self.planned(number),
            by=self.person("authority"),
            now=self.now,
            revision=self.version.revision,
            reason=reason,
        )

    def agree(self) -> None:
        """Whoever was asked and has not answered agrees."""
        asked = CoordinationAnswer.objects.filter(planned__version=self.version).standing().unanswered()
        for one in asked.select_related("planned__version"):
            by = self.person(str(one.body_id))
            coordination.answer(answers=[one], agree=True, by=by, now=self.now)

    def vote(self, value: str, opinion: str = "") -> Session:
        """The commission is called together and votes as one, the chair with an opinion."""
        by = self.person("secretary")
        held_at: datetime = self.now + timedelta(days=1)
        made = commission.plan(
            version=self.version, kind="session", held_at=held_at, by=by, now=self.now, short_notice=SHORT
        )
        for step in (commission.send_materials, commission.open_):
            made = step(session=made, by=by, now=self.now, revision=made.revision)
        for number in range(1, 8):
            member = self.person(f"commission.{number}")
            said = opinion if number == 1 else ""
            commission.vote(session=made, value=value, by=member, now=self.now, opinion=said)
        return made

    def close(self, session: Session, **words: Any) -> None:
        fixed = {"present": [], "protocol_number": "7", "protocol_day": day_of(self.now)}
        commission.close(
            session=session,
            by=self.person("secretary"),
            now=self.now,
            revision=Session.objects.get(pk=session.pk).revision,
            **fixed | words,
        )

    def coming(self, count: int) -> list[str]:
        """Numbers of meetings that have not begun and are not cancelled."""
        found = PlannedMeeting.objects.filter(version=self.in_force, cancelled=False, starts__gt=self.now)
        return list(found.in_order().values_list("meeting__number", flat=True)[:count])


@pytest.fixture
def stage(demonstration_copy: str) -> Stage:
    return Stage()
