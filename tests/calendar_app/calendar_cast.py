"""Who plays in tests of calendars, and how far: fixtures from an accepted list to an approved version."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import User
from accounts.permissions import Role
from base.errors import Refused
from calendar_app.models import (
    CalendarVersion,
    CoordinationAnswer,
    PlannedMeeting,
    Session,
    TopicList,
)
from calendar_app.queries import calendars as queries
from calendar_app.transitions import calendars, commission, coordination, meetings, reviews
from procedure.half_years import HalfYear
from procedure.meeting_plans import MeetingDraft
from procedure.moments import ALMATY
from regions.models import Body, Hall, Person, Post, TermOfOffice, Territory

NOW = datetime(2026, 12, 10, 6, 0, tzinfo=UTC)
PERIOD = HalfYear(2027, 1)


@pytest.fixture
def accepted(submitted: TopicList, authority: User) -> TopicList:
    reviews.accept(topic_list=submitted, by=authority, now=NOW, version=submitted.version)
    return TopicList.objects.get(pk=submitted.pk)


@pytest.fixture
def offices(portal: None) -> None:
    """Somebody holds the posts that the meetings name."""
    for code in ministries():
        post = Post.objects.get(body=code, kind=Post.Kind.HEAD)
        person = Person.objects.create(name_kk=f"Demo {code}", name_ru=f"Demo {code}")
        TermOfOffice.objects.create(person=person, post=post, valid_from=date(2020, 1, 1))


def ministries() -> list[str]:
    return list(Body.objects.ministries().order_by("code").values_list("code", flat=True)[:2])


@pytest.fixture
def hall(akimat: Body) -> Hall:
    place = Territory.objects.filter(region=akimat.region, selectable=True).order_by("code").first()
    return Hall.objects.create(
        owner=akimat,
        territory=place,
        name_kk="Зал",
        name_ru="Зал",
        address_kk="А",
        address_ru="А",
        capacity=100,
    )


@pytest.fixture
def draft_of(hall: Hall) -> Callable[..., MeetingDraft]:
    """A maker of drafts of meetings in the hall, a number of days after 27 February."""

    def make(days: int = 0, **more: object) -> MeetingDraft:
        starts = datetime(2027, 2, 27, 11, tzinfo=ALMATY) + timedelta(days=days)
        values = {
            "bodies": (ministries()[0],),
            "hall": hall.pk,
            "subject_kk": "Ауыз су",
            "subject_ru": "Питьевая вода",
        }
        return MeetingDraft(hall.territory_id, starts, starts + timedelta(hours=2), **values | more)

    return make


@pytest.fixture
def working(accepted: TopicList, authority: User, offices: None) -> CalendarVersion:
    return calendars.open_(half_year=PERIOD, by=authority, now=NOW)


def fresh(version: CalendarVersion) -> CalendarVersion:
    return CalendarVersion.objects.select_related("calendar__rule_set").get(pk=version.pk)


def add(version: CalendarVersion, by: User, *drafts: MeetingDraft) -> list[PlannedMeeting]:
    return meetings.plan(version=version, drafts=drafts, by=by, now=NOW, revision=fresh(version).revision)


@pytest.fixture
def signatories(person: Callable[..., User]) -> dict[str, User]:
    return {code: person(code, Role.MINISTRY_OFFICER, Role.MINISTRY_SIGNATORY) for code in ministries()}


@pytest.fixture
def coordinated(
    working: CalendarVersion,
    authority: User,
    signatories: dict[str, User],
    draft_of: Callable[..., MeetingDraft],
) -> CalendarVersion:
    """Two meetings that answer all topics, agreed by their ministries."""
    first, second = ministries()
    topics = tuple(one.key for one in queries.accepted_topics(PERIOD))
    add(working, authority, draft_of(topics=topics), draft_of(7, bodies=(second,)))
    coordination.ask(version=working, by=authority, now=NOW, revision=fresh(working).revision)
    for code in (first, second):
        rows = list(CoordinationAnswer.objects.filter(body=code))
        coordination.answer(answers=rows, agree=True, by=signatories[code], now=NOW)
    return fresh(working)


def submit(version: CalendarVersion, by: User, now: datetime = NOW, **words: str) -> CalendarVersion:
    calendars.submit(version=version, by=by, now=now, revision=fresh(version).revision, **words)
    return fresh(version)


@pytest.fixture
def commission_people(person: Callable[..., User]) -> dict[str, User]:
    people = {"secretary": person("commission", Role.SECRETARY, username="secretary")}
    people["chair"] = person("commission", Role.COMMISSION_CHAIR, username="commission.1")
    for number in (2, 3):
        people[f"member{number}"] = person(
            "commission", Role.COMMISSION_MEMBER, username=f"commission.{number}"
        )
    return people


def opened(version: CalendarVersion, people: dict[str, User]) -> Session:
    by = people["secretary"]
    session = commission.plan(
        version=version, kind="session", held_at=NOW + timedelta(days=7), by=by, now=NOW
    )
    session = commission.send_materials(session=session, by=by, now=NOW, revision=session.revision)
    return commission.open_(session=session, by=by, now=NOW, revision=session.revision)


def close(session: Session, people: dict[str, User], **words: object) -> Session:
    values = {"present": [], "protocol_number": "7", "protocol_day": date(2026, 12, 10)} | words
    revision = Session.objects.get(pk=session.pk).revision
    return commission.close(session=session, by=people["secretary"], now=NOW, revision=revision, **values)


def approve(version: CalendarVersion, people: dict[str, User]) -> CalendarVersion:
    session = opened(version, people)
    for name in ("chair", "member2", "member3"):
        commission.vote(session=session, value="for", by=people[name], now=NOW)
    close(session, people)
    return fresh(version)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refusal.value.problems}
