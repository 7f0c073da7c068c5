"""A calendar before the commission, played by acts: who plays, and how far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from accounts.models import User
from accounts.permissions import Role
from calendar_app.models import CalendarVersion, CoordinationAnswer, PlannedMeeting, Session
from calendar_app.transitions import calendars, commission, coordination, meetings
from procedure.half_years import HalfYear
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from regions.models import Body, Hall, Person, Post, TermOfOffice, Territory

NOW = datetime(2026, 12, 10, 6, 0, tzinfo=UTC)
HELD = datetime(2026, 12, 17, 6, 0, tzinfo=UTC)
PERIOD = HalfYear(2027, 1)
MINISTRIES = ("ministry.agriculture", "ministry.health")


@dataclass
class Cast:
    """Everybody who plays; `members` vote, the first one is the chair."""

    authority: User
    secretary: User
    members: list[User]
    ministries: dict[str, User]
    halls: list[Hall]

    def draft(self, days: int = 0, **more: object) -> MeetingDraft:
        """A meeting so many days after Saturday 27 February 2027, 11:00."""
        hall = more.pop("in_hall", self.halls[0])
        starts = datetime(2027, 2, 27, 11, tzinfo=ALMATY) + timedelta(days=days)
        values: dict[str, object] = {
            "bodies": (MINISTRIES[0],),
            "hall": hall.pk,
            "subject_kk": "Ауыз су",
            "subject_ru": "Питьевая вода",
        }
        return MeetingDraft(hall.territory_id, starts, starts + timedelta(hours=2), **values | more)


def cast(person: Callable[..., User], votes: int = 3) -> Cast:
    """People, offices and two halls."""
    members = [person("commission", Role.COMMISSION_CHAIR, username="commission.1")]
    members += [
        person("commission", Role.COMMISSION_MEMBER, username=f"commission.{number}")
        for number in range(2, votes + 1)
    ]
    for code in MINISTRIES:
        post = Post.objects.get(body=code, kind=Post.Kind.HEAD)
        name = f"Демо басшы {code[9:11]}"
        head = Person.objects.create(name_kk=name, name_ru=f"Демо-руководитель {code[9:11]}")
        TermOfOffice.objects.create(person=head, post=post, valid_from=date(2020, 1, 1))
    return Cast(
        authority=person("authority", Role.AUTHORITY_OFFICER, Role.AUTHORITY_SIGNATORY, username="authority"),
        secretary=person("commission", Role.SECRETARY, username="secretary"),
        members=members,
        ministries={code: person(code, Role.MINISTRY_SIGNATORY, username=code) for code in MINISTRIES},
        halls=[_hall(number) for number in range(2)],
    )


def _hall(number: int) -> Hall:
    akimat = Body.objects.get(code="akimat.19")
    places = Territory.objects.filter(region=akimat.region, selectable=True).order_by("code")
    return Hall.objects.create(
        owner=akimat,
        territory=places[number],
        name_kk=f"Мәдениет үйі {number}",
        name_ru=f"Дом культуры {number}",
        address_kk="Абай к-сі",
        address_ru="ул. Абая",
        capacity=90,
    )


def fresh(version: CalendarVersion) -> CalendarVersion:
    return CalendarVersion.objects.select_related("calendar__rule_set").get(pk=version.pk)


def working(people: Cast, *drafts: MeetingDraft, now: datetime = NOW, reason: str = "") -> CalendarVersion:
    version = calendars.open_(half_year=PERIOD, by=people.authority, now=now, reason=reason)
    if drafts:
        revision = fresh(version).revision
        meetings.plan(version=version, drafts=drafts, by=people.authority, now=now, revision=revision)
    return fresh(version)


def submitted(
    people: Cast, version: CalendarVersion, now: datetime = NOW, words: str = ""
) -> CalendarVersion:
    """Asked about, agreed by every ministry (with `words` as a remark), submitted."""
    coordination.ask(version=version, by=people.authority, now=now, revision=fresh(version).revision)
    for code, by in people.ministries.items():
        rows = list(CoordinationAnswer.objects.filter(body=code, state="asked", planned__version=version))
        if rows:
            coordination.answer(answers=rows, agree=True, by=by, now=now, words=words)
    calendars.submit(version=version, by=people.authority, now=now, revision=fresh(version).revision)
    return fresh(version)


def opened(people: Cast, version: CalendarVersion, now: datetime = NOW, kind: str = "session") -> Session:
    """Planned, materials sent, and on its day open."""
    by, held = people.secretary, now + (HELD - NOW)
    session = commission.plan(version=version, kind=kind, held_at=held, by=by, now=now)
    session = commission.send_materials(session=session, by=by, now=now, revision=session.revision)
    return commission.open_(session=session, by=by, now=now, revision=session.revision)


def close(people: Cast, session: Session, now: datetime = HELD, **words: object) -> Session:
    values: dict[str, object] = {
        "present": [],
        "protocol_number": "7",
        "protocol_day": now.astimezone(ALMATY).date(),
    }
    revision = Session.objects.get(pk=session.pk).revision
    return commission.close(
        session=session, by=people.secretary, now=now, revision=revision, **values | words
    )


def approved(people: Cast, version: CalendarVersion, now: datetime = NOW, **words: object) -> CalendarVersion:
    session = opened(people, version, now)
    for member in people.members:
        commission.vote(session=session, value="for", by=member, now=now)
    close(people, session, now + (HELD - NOW), **words)
    return fresh(version)


def published(people: Cast, version: CalendarVersion, now: datetime = HELD) -> CalendarVersion:
    calendars.publish(version=version, by=people.authority, now=now, revision=fresh(version).revision)
    return fresh(version)


def two_versions(people: Cast) -> tuple[CalendarVersion, CalendarVersion]:
    """Version 1 in force with three meetings; version 2 moves one, cancels one, adds one, tells a detail."""
    first = working(people, people.draft(), people.draft(7, bodies=(MINISTRIES[1],)), people.draft(14))
    first = published(people, approved(people, submitted(people, first)))
    later = HELD + timedelta(days=1)
    second = working(people, people.draft(30, in_hall=people.halls[1]), now=later, reason="Министр іссапарда")
    one, two, three, _new = second.planned.in_order().select_related("meeting", "version")
    _change(people, one, people.draft(1), later)
    moved_on = {"by": people.authority, "now": later}
    meetings.remove(planned=two, reason="Зал жөндеуде", revision=fresh(second).revision, **moved_on)
    _change(people, three, people.draft(14, note_kk="Кіру еркін", note_ru="Вход свободный"), later)
    return first, submitted(people, fresh(second), later)


def _change(people: Cast, planned: PlannedMeeting, draft: MeetingDraft, now: datetime) -> None:
    revision = fresh(planned.version).revision
    meetings.change(planned=planned, draft=draft, by=people.authority, now=now, revision=revision)
