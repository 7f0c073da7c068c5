"""The calendar through its pages: from an accepted list to what anybody can read, and not before."""

import json
import re
import uuid
from collections.abc import Callable
from datetime import UTC, date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from accounts.permissions import Role
from base import clock
from calendar_app import terms
from calendar_app.models import CalendarVersion, CoordinationAnswer, Session, TopicList
from calendar_app.public import icalendar
from calendar_app.transitions import reviews, topic_lists
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body, Hall, Person, Post, TermOfOffice, Territory

CANARY_KK, CANARY_RU = "Канарейка-су", "Канарейка-вода"
MINISTRY = "ministry.health"


@pytest.fixture
def half_year(portal: None) -> str:
    return terms.half_years_open_for_lists(clock.today())[-1].code


@pytest.fixture
def topic(akimat: Body, officer: User, authority: User, half_year: str) -> int:
    """The key of the one topic of an accepted list."""
    now = clock.now()
    period = terms.half_years_open_for_lists(clock.today())[-1]
    one = topic_lists.start(akimat=akimat, half_year=period, by=officer, now=now)
    draft = ListDraft([TopicDraft(CANARY_KK, CANARY_RU, ministry=MINISTRY)])
    one = topic_lists.save_draft(topic_list=one, draft=draft, by=officer, now=now, version=one.version)
    explanation = "Кеш" if terms.of_half_year(period, one.rule_set, _days()).is_late(now) else ""
    topic_lists.submit(topic_list=one, by=officer, now=now, version=one.version, explanation_kk=explanation)
    one = TopicList.objects.get(pk=one.pk)
    reviews.accept(topic_list=one, by=authority, now=now, version=one.version)
    return one.topics.get().pk


def _days() -> object:
    from regions import workdays

    return workdays.current()


@pytest.fixture
def hall(akimat: Body) -> Hall:
    place = Territory.objects.filter(region=akimat.region, selectable=True).order_by("code").first()
    post = Post.objects.get(body=MINISTRY, kind=Post.Kind.HEAD)
    person = Person.objects.create(
        name_kk="Демо басшы 07", name_ru="Демо-руководитель 07", name_en="Demo head 07"
    )
    TermOfOffice.objects.create(person=person, post=post, valid_from=date(2020, 1, 1))
    return Hall.objects.create(
        owner=akimat,
        territory=place,
        name_kk="Зал",
        name_ru="Зал",
        address_kk="А",
        address_ru="А",
        capacity=9,
    )


@pytest.fixture
def people(person: Callable[..., User], authority: User) -> dict[str, User]:
    found = {
        "authority": authority,
        "ministry": person(MINISTRY, Role.MINISTRY_OFFICER, Role.MINISTRY_SIGNATORY),
        "secretary": person("commission", Role.SECRETARY, username="secretary"),
        "chair": person("commission", Role.COMMISSION_CHAIR, username="commission.1"),
    }
    for number in (2, 3):
        found[f"member{number}"] = person(
            "commission", Role.COMMISSION_MEMBER, username=f"commission.{number}"
        )
    return found


class Desk:
    """A person before the pages: opens one, sends its form, and follows."""

    def __init__(self, user: User) -> None:
        self.client = Client()
        self.client.force_login(user)

    def send(self, path: str, **form: object) -> object:
        page = self.client.get(path)
        version = (
            re.search(r'name="version" value="(\d+)"', page.content.decode())
            if page.status_code == 200
            else None
        )
        hidden = {"idempotency_key": str(uuid.uuid4()), "version": version[1] if version else "0"}
        return self.client.post(path, {**hidden, **form})


@pytest.fixture
def desks(people: dict[str, User], settings: object) -> dict[str, Desk]:
    return {name: Desk(user) for name, user in people.items()}


def public_paths(number: str) -> list[str]:
    paths = []
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            paths += [
                reverse(f"public:{name}")
                for name in ("home", "calendar", "calendar_ics", "calendar_json", "calendar_csv")
            ]
            paths += [reverse(f"public:{name}", args=[number]) for name in ("meeting", "meeting_ics")]
    return paths


def leaks(number: str) -> list[str]:
    """Public addresses that show the canary."""
    anonymous = Client()
    found = []
    for path in public_paths(number):
        answer = anonymous.get(path)
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        text = answer.content.decode().replace("\r\n ", "")
        if "анарейка" in text or "\\u043d\\u0430\\u0440\\u0435" in text:
            found.append(path)
    return found


def test_from_a_topic_to_what_anybody_can_read(topic, hall, desks, half_year):
    """Compiled, refused, moved, agreed, submitted, voted, published; nothing shows before that."""
    number = f"{half_year}-001"
    with translation.override("ru"):
        version = _compiled(topic, hall, desks, half_year)
        assert leaks(number) == []
        _coordinated(desks, half_year, hall)
        assert leaks(number) == []
        answer = desks["authority"].send(_of(version, "calendar_submit"))
        assert answer.status_code == 302, answer.content.decode()[:2000]
        assert leaks(number) == []
        _approved(desks, version)
        assert leaks(number) == []
        assert desks["authority"].send(_of(version, "calendar_publish")).status_code == 302
    shown = set(public_paths(number)) - {
        path for path in public_paths(number) if path.count("/") == 2 and "." not in path
    }
    assert set(leaks(number)) >= {path for path in shown if "calendar" in path or "meetings" in path}
    _feeds_agree(number)


def _of(version: CalendarVersion, name: str, *more: object) -> str:
    return reverse(f"staff:{name}", args=[version.half_year, version.number, *more])


def _compiled(topic: int, hall: Hall, desks: dict[str, Desk], half_year: str) -> CalendarVersion:
    desk = desks["authority"]
    assert desk.client.post(reverse("staff:calendar_open", args=[half_year])).status_code == 302
    version = CalendarVersion.objects.select_related("calendar").get()
    page = desk.client.get(_of(version, "calendar_brought")).content.decode()
    assert CANARY_RU in page
    add = _of(version, "planned_meeting_add") + f"?topic={topic}"
    bad = desk.send(add, **_form(hall, version, day="2027-02-31"))
    assert bad.status_code == 422
    assert CANARY_RU in bad.content.decode()
    assert desk.send(add, **_form(hall, version), topics=[str(topic)]).status_code == 302
    assert desk.send(_of(version, "calendar_ask")).status_code == 302
    return version


def _form(hall: Hall, version: CalendarVersion, **more: str) -> dict[str, str]:
    return {
        "bodies": MINISTRY,
        "kind": "head",
        "day": (version.period.last_day - timedelta(days=30)).isoformat(),
        "time_from": "18:00",
        "time_to": "20:00",
        "hall": str(hall.pk),
        "mode": "in_person",
        "languages": "kk_ru",
        "subject_kk": CANARY_KK,
        "subject_ru": CANARY_RU,
        **more,
    }


def _coordinated(desks: dict[str, Desk], half_year: str, hall: Hall) -> None:
    """The ministry refuses, the authority moves the meeting and asks again, the ministry agrees."""
    row = CoordinationAnswer.objects.select_related("planned__version__calendar").get()
    path = reverse("staff:coordination_answer", args=[row.pk])
    silent = desks["ministry"].send(path, decision="refuse")
    assert silent.status_code == 422
    assert desks["ministry"].send(path, decision="refuse", said_words="Министр в поездке").status_code == 302
    version = row.planned.version
    page = desks["authority"].client.get(_of(version, "calendar_coordination")).content.decode()
    assert "Министр в поездке" in page
    day = (version.period.last_day - timedelta(days=29)).isoformat()
    key = str(row.planned.topics.get().topic_key)
    edit = _of(version, "planned_meeting_edit", row.planned_id)
    assert desks["authority"].send(edit, **_form(hall, version, day=day), topics=[key]).status_code == 302
    assert desks["authority"].send(_of(version, "calendar_ask")).status_code == 302
    agree = reverse("staff:coordination_agree", args=[version.pk, MINISTRY])
    asked = CoordinationAnswer.objects.get(state="asked")
    assert f'name="shown" value="{asked.pk}"' in desks["ministry"].client.get(agree).content.decode()
    assert desks["ministry"].send(agree, shown=str(asked.pk)).status_code == 302
    assert CoordinationAnswer.objects.filter(state="agreed").count() == 1


def _approved(desks: dict[str, Desk], version: CalendarVersion) -> None:
    held = (clock.now() + timedelta(days=14)).astimezone(UTC)
    path = reverse("staff:session_plan", args=[version.pk])
    desks["secretary"].send(path, kind="session", held_at=f"{held:%Y-%m-%dT%H:%M}")
    session = Session.objects.get()
    for name in ("session_materials", "session_open"):
        assert desks["secretary"].send(reverse(f"staff:{name}", args=[session.pk])).status_code == 302
    for name in ("chair", "member2", "member3"):
        vote = reverse("staff:session_vote", args=[session.pk])
        assert desks[name].send(vote, value="for").status_code == 302
        assert desks[name].send(vote, value="against").status_code == 422
    close = reverse("staff:session_close", args=[session.pk])
    done = desks["secretary"].send(close, protocol_number="7", protocol_day=clock.today().isoformat())
    assert done.status_code == 302, done.content.decode()[:2000]


def _feeds_agree(number: str) -> None:
    """The feeds tell the same meeting; the same state gives the same bytes."""
    anonymous = Client()
    [one] = json.loads(anonymous.get("/kk/calendar.json").content)["meetings"]
    assert (one["number"], one["sequence"], one["bodies"]) == (number, 0, [MINISTRY])
    assert "Demo head 07" in one["who_en"]
    text = anonymous.get("/ru/calendar.ics").content
    assert text == anonymous.get("/ru/calendar.ics").content
    assert max(len(line) for line in text.split(b"\r\n")) <= 75
    assert f"UID:{one['uid']}" in text.decode()
    assert number in anonymous.get("/kk/calendar.csv").content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "query",
    ["from=2026-02-31", "region=999", "body=ministry.nobody", "mode=dance", "as_of=2999-01-01", "page=0",
     "from=2027-02-01&to=2027-01-01"],
)  # fmt: skip
def test_a_bad_filter_is_said_in_a_sentence(portal, query):
    for address in ("/ru/calendar/", "/ru/calendar.ics", "/ru/calendar.json", "/ru/calendar.csv"):
        answer = Client().get(f"{address}?{query}")
        assert answer.status_code == 400
        assert "Этот календарь показать нельзя" in answer.content.decode()


def test_lines_are_folded_between_letters():
    line = "SUMMARY:" + "Қостанай облысының тұрғындарымен кездесу " * 5
    pieces = icalendar.folded(line).split("\r\n")
    assert len(pieces) > 3
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert icalendar.escaped("a;b,c\\d\ne") == "a\\;b\\,c\\\\d\\ne"
