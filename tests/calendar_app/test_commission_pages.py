"""The commission's desk over HTTP: what is asked of whom, every bad input with its sentence, two secretaries."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, User
from accounts.permissions import Role
from calendar_app.models import RollEntry, Session, Vote
from calendar_app.transitions import commission
from procedure.moments import ALMATY
from tests.calendar_app import commission_play as play

DESK = "/ru/staff/commission/"


@pytest.fixture
def people(person: Callable[..., User]) -> play.Cast:
    return play.cast(person)


@pytest.fixture(autouse=True)
def stand(monkeypatch: pytest.MonkeyPatch) -> Callable[[object], None]:
    """The portal's clock, as pages and acts behind them read it."""

    def at(moment: object) -> None:
        for module in ("acting", "commission.reading"):
            monkeypatch.setattr(f"calendar_app.staff.{module}.now", lambda: moment)
        day = moment.astimezone(ALMATY).date()  # type: ignore[attr-defined]
        for module in ("screens", "acts", "forms"):
            monkeypatch.setattr(f"calendar_app.staff.commission.{module}.today", lambda: day)

    at(play.NOW)
    return at


@pytest.fixture
def session(people: play.Cast) -> Session:
    return play.opened(people, play.submitted(people, play.working(people, people.draft())))


class Desk:
    """A person before the pages: opens one, sends its form."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def page(self, path: str = DESK, status: int = 200) -> str:
        answer = self.client.get(path)
        assert answer.status_code == status
        return re.sub(r"\s+", " ", answer.content.decode())

    def opened(self, path: str) -> dict[str, str]:
        """The hidden fields of the form as the page was opened."""
        found = re.search(r'name="version" value="(\d+)"', self.client.get(path).content.decode())
        return {"idempotency_key": str(uuid.uuid4()), "version": found[1] if found else "0"}

    def send(self, path: str, **form: object) -> HttpResponse:
        return self.client.post(path, {**self.opened(path), **form})


def said(answer: HttpResponse, status: int, words: str) -> None:
    text = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == status, text[:3000]
    assert words in text


def test_the_desk_says_first_what_is_asked_and_by_when(people: play.Cast, session: Session) -> None:
    member, secretary, authority = (
        Desk(one) for one in (people.members[1], people.secretary, people.authority)
    )

    assert "Просим проголосовать. Срок: 17 декабря 2026 года, 11:00" in member.page()
    assert f"{session.pk}/vote/" in member.page()
    assert "Получено голосов: 0, членов комиссии: 3" in secretary.page()
    assert f"{session.pk}/vote/" not in secretary.page() + authority.page()
    member.send(f"{DESK}{session.pk}/vote/", value="for")
    assert "Ваш голос принят: <strong>За</strong>" in member.page()
    assert f"{session.pk}/vote/" not in member.page()
    # How others vote is nobody's business before the session is closed.
    others = Desk(people.members[2]).page(f"{DESK}{session.pk}/")
    assert '<h2 class="h4">Голоса</h2>' not in others


def test_votes_are_refused_with_a_sentence(people: play.Cast, session: Session) -> None:
    """And the control: the member's first vote is taken."""
    vote = f"{DESK}{session.pk}/vote/"
    chair = Desk(people.members[0])
    said(chair.send(vote), 422, "Заполните это поле")
    said(chair.send(vote, value="maybe", opinion="Сақталсын"), 422, "Сақталсын")
    assert chair.send(vote, value="for", opinion="Менің пікірім").status_code == 302
    said(chair.send(vote, value="against"), 422, "Вы уже проголосовали")
    assert Desk(people.secretary).send(vote, value="for").status_code == 403
    assert Desk(people.authority).send(vote, value="for").status_code == 403
    Membership.objects.create(
        user=people.authority, body_id="commission", role=Role.COMMISSION_MEMBER, valid_from=date(2020, 1, 1)
    )
    compiler = Desk(User.objects.get(pk=people.authority.pk))
    assert "поэтому по нему не голосуете" in compiler.page(vote)
    said(compiler.send(vote, value="for"), 422, "не голосует")
    assert list(Vote.objects.values_list("member", "value")) == [(people.members[0].pk, "for")]


def test_the_same_form_sent_twice_is_one_vote(people: play.Cast, session: Session) -> None:
    desk, vote = Desk(people.members[0]), f"{DESK}{session.pk}/vote/"
    form = {**desk.opened(vote), "value": "for"}
    answers = [desk.client.post(vote, form).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert Vote.objects.count() == 1


def test_two_secretaries_close_at_once(
    people: play.Cast, session: Session, stand: Callable[[object], None], person: Callable[..., User]
) -> None:
    for member in people.members:
        commission.vote(session=session, value="for", by=member, now=play.NOW)
    stand(play.HELD)
    first, second = Desk(people.secretary), Desk(person("commission", Role.SECRETARY, username="secretary.2"))
    close = f"{DESK}{session.pk}/close/"
    words = {"protocol_number": "7", "protocol_day": "2026-12-17", "present": [str(people.members[0].pk)]}
    one, other = first.opened(close), second.opened(close)

    said(first.client.post(close, {**one, **words, "protocol_number": " "}), 422, "Укажите номер протокола")
    assert first.client.post(close, {**one, **words, "act": "Постановление № 1"}).status_code == 302
    said(second.client.post(close, {**other, **words, "protocol_number": "8"}), 409, 'value="8"')

    assert RollEntry.objects.count() == 3
    closed = Session.objects.get(pk=session.pk)
    assert (closed.protocol_number, closed.decision, closed.act) == ("7", "approved", "Постановление № 1")
    said(second.send(f"{DESK}{session.pk}/vote/", value="for"), 403, "")
    said(Desk(people.members[0]).send(f"{DESK}{session.pk}/vote/", value="for"), 422, "Голосование завершено")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"held_at": ""}, "Заполните это поле"),
        ({"held_at": "2027-06-31T10:00"}, "Введите"),
        ({"held_at": "2026-12-01T10:00"}, "Выберите время, которое ещё не прошло"),
        ({"held_at": "2026-12-11T10:00"}, "Первый день в срок: 15 декабря 2026 года"),
        ({"held_at": "3027-01-01T10:00"}, "Календаря за такой год нет"),
        ({"held_at": "0001-01-01T00:00"}, ""),
        ({"held_at": "9999-12-31T23:59"}, ""),
        ({"kind": "by_shouting"}, "Выберите корректный вариант"),
    ],
)
def test_a_session_is_not_planned_badly(people: play.Cast, form: dict[str, str], words: str) -> None:
    version = play.submitted(people, play.working(people, people.draft()))
    path = f"{DESK}plan/{version.pk}/"
    whole = {"kind": "session", "held_at": "2026-12-17T11:00"}

    said(Desk(people.secretary).send(path, **whole | form), 422, words)

    assert not Session.objects.exists()
    assert Desk(people.secretary).send(path, **whole).status_code == 302
    said(Desk(people.secretary).send(path, **whole), 422, "уже запланировано")


def test_from_submission_to_the_decision_through_pages(
    people: play.Cast, stand: Callable[[object], None]
) -> None:
    version = play.submitted(people, play.working(people, people.draft()))
    secretary = Desk(people.secretary)
    assert "Заседание не запланировано" in secretary.page()
    plan = {"kind": "written", "held_at": "2026-12-17T11:00"}
    assert secretary.send(f"{DESK}plan/{version.pk}/", **plan).status_code == 302
    one = Session.objects.get()
    here = f"{DESK}{one.pk}/"
    for act in ("materials", "open"):
        assert secretary.send(f"{here}{act}/").status_code == 302
    assert Desk(people.members[0]).send(f"{here}vote/", value="for", opinion="Пікір").status_code == 302
    sheet = {"member": str(people.members[1].pk), "value": "for"}
    assert secretary.send(f"{here}sheet/", **sheet).status_code == 302
    said(secretary.send(f"{here}sheet/", **sheet), 422, "уже проголосовал")
    words = {"protocol_number": "9", "protocol_day": "2026-12-10"}
    said(secretary.send(f"{here}close/", **words), 422, "ещё не истёк")
    stand(play.HELD)
    assert secretary.send(f"{here}close/", **words).status_code == 302
    page = secretary.page(here)
    assert "Протокол" in page
    assert "внесён секретарём" in page
    assert "Пікір" in page
    assert secretary.send(f"{here}act/", act="Постановление № 5").status_code == 302
    assert "Постановление № 5" in Desk(people.authority).page("/ru/staff/calendars/2027-H1/")


def test_the_desk_takes_as_many_queries_for_one_session_as_for_three(
    people: play.Cast, stand: Callable[[object], None]
) -> None:
    member = Desk(people.members[0])
    first = play.working(people, people.draft())
    play.published(people, play.approved(people, play.submitted(people, first)))
    few = _queries(member)
    moment = play.HELD
    for days in (30, 60):
        version = play.submitted(people, play.working(people, people.draft(days), now=moment), moment)
        play.published(people, play.approved(people, version, moment), moment + (play.HELD - play.NOW))
        moment += play.HELD - play.NOW
    assert Session.objects.count() == 3
    assert _queries(member) == few <= 16


def _queries(desk: Desk) -> int:
    desk.page()
    with CaptureQueriesContext(connection) as seen:
        desk.page()
    return len(seen)
