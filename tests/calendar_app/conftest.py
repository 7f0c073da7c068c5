"""People and lists for the tests of the calendar."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from accounts.models import Membership, User
from accounts.permissions import Role
from calendar_app.models import Demonstration, ProposedMeeting, TopicList
from calendar_app.transitions import proposed_meetings, rule_sets, topic_lists
from procedure.half_years import HalfYear
from procedure.proposed_meetings import MeetingDraft
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body, Hall
from tests.calendar_app.proposals import SATURDAY, SATURDAYS, WATER, make_hall

IN_TIME = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
PERIOD = HalfYear(2027, 1)
TOPICS = [
    TopicDraft("Ауыз су сапасы", "Качество питьевой воды", "Төрт ауылда су жоқ", "В четырёх сёлах нет воды"),
    TopicDraft("Мектеп құрылысы", "Строительство школы", "", ""),
]


@pytest.fixture
def portal(reference: None, db: None) -> None:
    """Reference data, rule sets, and leave to act at chosen instants."""
    Demonstration.objects.create(loaded_at=IN_TIME)
    rule_sets.load_known(now=IN_TIME)


@pytest.fixture
def person(portal: None) -> Callable[..., User]:
    """A maker of people: `person("akimat.19", Role.AKIMAT_OFFICER, …)`."""

    def make(body: str, *roles: Role, username: str = "") -> User:
        user = User.objects.create_user(
            username or f"{body}-{roles[0]}".replace("_", "-"),
            full_name=f"Test {body}",
            email=f"{roles[0].replace('_', '-')}@{body}.example",
        )
        for role in roles:
            Membership.objects.create(
                user=user, body=Body.objects.get(code=body), role=role, valid_from=date(2020, 1, 1)
            )
        return User.objects.get(pk=user.pk)

    return make


@pytest.fixture
def akimat(portal: None) -> Body:
    return Body.objects.get(code="akimat.19")


@pytest.fixture
def officer(person: Callable[..., User]) -> User:
    return person("akimat.19", Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY, username="akimat.19")


@pytest.fixture
def neighbour(person: Callable[..., User]) -> User:
    return person("akimat.33", Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY, username="akimat.33")


@pytest.fixture
def authority(person: Callable[..., User]) -> User:
    return person("authority", Role.AUTHORITY_OFFICER, Role.AUTHORITY_SIGNATORY, username="authority")


@pytest.fixture
def draft(officer: User, akimat: Body) -> TopicList:
    """A list of two topics, ready to be submitted."""
    started = topic_lists.start(akimat=akimat, half_year=PERIOD, by=officer, now=IN_TIME)
    return topic_lists.save_draft(
        topic_list=started, draft=ListDraft(TOPICS), by=officer, now=IN_TIME, version=started.version
    )


@pytest.fixture
def submitted(draft: TopicList, officer: User) -> TopicList:
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)
    return TopicList.objects.get(pk=draft.pk)


@pytest.fixture
def clock_at(settings: Settings, tmp_path: Path) -> Callable[[datetime], None]:
    """Sets the portal's clock to an instant; it goes on from there."""

    def put(moment: datetime) -> None:
        path = tmp_path / "clock.json"
        real = datetime.now(UTC).isoformat()
        path.write_text(json.dumps({"real": real, "portal": moment.isoformat()}))
        settings.CLOCK_FILE = path

    return put


@pytest.fixture
def late(clock_at: Callable[[datetime], None]) -> None:
    """The portal's clock stands at the first late instant of 1 December."""
    clock_at(datetime.fromisoformat("2026-12-02T00:00:00+05:00"))


@pytest.fixture
def hall(akimat: Body) -> Hall:
    return make_hall(akimat)


@pytest.fixture
def proposal(draft: TopicList, hall: Hall) -> MeetingDraft:
    topics = tuple(draft.topics.order_by("pk").values_list("pk", flat=True))
    return MeetingDraft(
        (WATER,),
        topics,
        "in_person",
        hall.territory_id,
        hall.pk,
        windows=(SATURDAY, SATURDAYS),
        attendance=150,
    )


@pytest.fixture
def saved(draft: TopicList, proposal: MeetingDraft, officer: User) -> ProposedMeeting:
    return proposed_meetings.save(topic_list=draft, draft=proposal, by=officer, now=IN_TIME)
