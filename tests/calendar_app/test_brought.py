"""What akimats brought: a proposed meeting is planned by one click or left out with a reason, and never forgotten."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from base import clock
from base.errors import Refused, Stale
from calendar_app import terms
from calendar_app.models import AcceptedWarning, CalendarVersion, LeftOutItem, PlannedMeeting, TopicList
from calendar_app.queries import brought, warnings
from calendar_app.transitions import calendars, meetings, proposals
from calendar_app.transitions import warnings as warning_acts
from procedure.moments import ALMATY
from procedure.problems import Problem
from regions.models import Body
from tests.calendar_app.brought_lists import bring, windows


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def accepted(akimat: Body, officer: User, authority: User, now: datetime) -> TopicList:
    return bring(akimat=akimat, half_year=_period(), by=officer, authority=authority, now=now)


@pytest.fixture
def version(accepted: TopicList, authority: User, now: datetime) -> CalendarVersion:
    return calendars.open_(half_year=_period(), by=authority, now=now)


@pytest.fixture
def desk(authority: User) -> Client:
    client = Client()
    client.force_login(authority)
    return client


def _period() -> terms.HalfYear:
    return terms.half_years_open_for_lists(clock.today())[-1]


def _revision(version: CalendarVersion) -> int:
    return CalendarVersion.objects.values_list("revision", flat=True).get(pk=version.pk)


def _codes(refusal: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refusal.value.problems}


def _keys(accepted: TopicList) -> list[int]:
    return list(accepted.meetings.order_by("position").values_list("pk", flat=True))


def _plan(version: CalendarVersion, key: int, by: User, now: datetime, when: str = "") -> PlannedMeeting:
    return proposals.plan(
        version=version, proposal=key, when=when, by=by, now=now, revision=_revision(version)
    )


def _left(version: CalendarVersion, by: User, now: datetime, **what: object) -> LeftOutItem:
    return meetings.leave_out(version=version, by=by, now=now, revision=_revision(version), **what)


def test_a_proposed_meeting_is_planned_as_it_was_proposed(version, accepted, authority, now):
    exact, loose = _keys(accepted)
    window = windows(_period(), accepted.akimat)[0]
    one = _plan(version, exact, authority, now)
    proposed = accepted.meetings.get(pk=exact)
    assert one.proposal_key == exact
    assert (one.place_id, one.hall_id) == (proposed.place_id, proposed.hall_id)
    assert one.starts == datetime.combine(window.day, window.starts, tzinfo=ALMATY)
    assert one.ends == datetime.combine(window.day, window.ends, tzinfo=ALMATY)
    assert [who.body_id for who in one.attendance.all()] == ["ministry.health"]
    assert [topic.topic_key for topic in one.topics.all()] == list(
        proposed.topics.values_list("pk", flat=True)
    )
    assert (one.subject_kk, one.subject_ru) == ("Су 1", "Су по-русски 1")
    with pytest.raises(Refused) as refusal:
        _plan(version, exact, authority, now)
    assert _codes(refusal) == {"proposal_taken"}
    with pytest.raises(Refused) as refusal:
        _plan(version, loose, authority, now)
    assert _codes(refusal) == {"proposal_without_time"}


def test_a_loose_window_offers_its_days(version, accepted, authority, now):
    _exact, loose = _keys(accepted)
    window = windows(_period(), accepted.akimat)[1]
    for wrong in ("7", "1999-01-01"):
        with pytest.raises(Refused) as refusal:
            _plan(version, loose, authority, now, wrong)
        assert _codes(refusal) == {"day_not_offered"}
    day = window.days[2]
    one = _plan(version, loose, authority, now, day.isoformat())
    starts = one.starts.astimezone(ALMATY)
    assert (starts.date(), starts.hour, (one.ends - one.starts).seconds) == (day, 18, 90 * 60)


def test_nothing_is_left_out_without_a_reason(version, accepted, authority, now):
    exact, loose = _keys(accepted)
    first, second = accepted.topics.order_by("position").values_list("pk", flat=True)
    assert _to_decide(version) == {"topics_not_taken": 2, "meetings_not_taken": 2}
    _plan(version, exact, authority, now)
    assert _to_decide(version) == {"topics_not_taken": 1, "meetings_not_taken": 1}
    with pytest.raises(Refused) as refusal:
        _left(version, authority, now, proposal=exact, reason="later")
    assert _codes(refusal) == {"taken_up_already"}
    with pytest.raises(Refused) as refusal:
        _left(version, authority, now, proposal=loose, reason="other")
    assert _codes(refusal) == {"reason_words_required"}
    _left(version, authority, now, proposal=loose, reason="later", words="Күзде")
    _left(version, authority, now, topic=second, reason="local")
    assert _to_decide(version) == {}
    # What is planned after all was not left out.
    day = windows(_period(), accepted.akimat)[1].days[0]
    _plan(version, loose, authority, now, day.isoformat())
    assert not LeftOutItem.objects.filter(version=version).exists()
    assert first not in {one.item.key for one in brought.open_items(version)}


def _to_decide(version: CalendarVersion) -> dict[str, object]:
    found: list[Problem] = calendars.problems_to_submit(version)
    return {one.code: one.params["count"] for one in found if one.code.endswith("_not_taken")}


def test_a_warning_is_accepted_with_a_reason(version, accepted, authority, now):
    _plan(version, _keys(accepted)[0], authority, now)
    name = next(one.name for one in warnings.told(version) if one.conflict.code == "region_without_meeting")

    def accept(**more: object) -> AcceptedWarning:
        words = {"name": name, "reason": "Күзде", "revision": _revision(version)} | more
        return warning_acts.accept(version=version, by=authority, now=now, **words)

    for wrong, code in (({"reason": " "}, "warning_reason_required"), ({"name": "x:1"}, "no_such_warning")):
        with pytest.raises(Refused) as refusal:
            accept(**wrong)
        assert _codes(refusal) == {code}
    blocking = next(one.name for one in warnings.told(version) if not one.can_be_accepted)
    with pytest.raises(Refused):
        accept(name=blocking)
    with pytest.raises(Stale):
        accept(revision=0)
    accept()
    assert [one.accepted.reason for one in warnings.told(version) if one.accepted] == ["Күзде"]


def test_one_click_on_the_page_plans_and_the_register_tells(version, accepted, authority, desk, now):
    exact, loose = _keys(accepted)
    with translation.override("ru"):
        page = reverse("staff:calendar_brought", args=[version.half_year, version.number])
        plan = reverse("staff:calendar_plan_proposal", args=[version.half_year, version.number, exact])
        other = reverse("staff:calendar_plan_proposal", args=[version.half_year, version.number, loose])
        leave = reverse(
            "staff:calendar_leave_out", args=[version.half_year, version.number, "proposed_meeting", loose]
        )
    text = desk.get(page).content.decode()
    form = re.search(rf'action="{plan}".*?</form>', text, re.S)[0]
    hidden = dict(re.findall(r'name="(version|idempotency_key)" value="([^"]+)"', form))
    assert desk.post(plan, hidden).status_code == 302
    assert desk.post(plan, hidden).status_code == 302, "a double click plans once"
    assert version.planned.count() == 1
    stale = desk.post(leave, {**hidden, "idempotency_key": str(uuid.uuid4()), "reason": "later"})
    assert stale.status_code == 409
    fresh = {"idempotency_key": str(uuid.uuid4()), "version": str(_revision(version))}
    undecided = desk.post(other, {**fresh, "when": ""})
    assert undecided.status_code == 422
    done = {**fresh, "reason": "other", "explanation": "Канарейка"}
    assert desk.post(leave, done).status_code == 302
    text = desk.get(page).content.decode()
    assert "Канарейка" in text
    assert "1 из 2" in text


def test_an_akimat_reads_what_became_of_its_own_list(
    version: CalendarVersion,
    accepted: TopicList,
    authority: User,
    officer: User,
    neighbour: User,
    now: datetime,
) -> None:
    exact, loose = _keys(accepted)
    planned = _plan(version, exact, authority, now)
    _left(version, authority, now, proposal=loose, reason="later", words="Канарейка")
    page = reverse("staff:topic_list_in_calendar", args=[accepted.half_year, accepted.akimat_id])
    own, other = Client(), Client()
    own.force_login(officer)
    other.force_login(neighbour)
    text = own.get(page).content.decode()
    assert "Канарейка" in text
    assert f"{planned.starts.astimezone(ALMATY):%H:%M}" not in text, "days of a draft are not told"
    assert other.get(page).status_code == 404
    assert page in own.get(accepted.get_absolute_url()).content.decode()


def test_the_register_costs_the_same_for_any_number(
    version, akimat, authority, desk, person: Callable[..., User], now,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    from accounts.permissions import Role

    page = reverse("staff:calendar_brought", args=[version.half_year, version.number])
    desk.get(page)
    with django_assert_num_queries(REGISTER_QUERIES):
        desk.get(page)
    for code in ("akimat.33", "akimat.55"):
        officer = person(code, Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY)
        bring(
            akimat=Body.objects.get(code=code), half_year=_period(), by=officer, authority=authority, now=now
        )
    with django_assert_num_queries(REGISTER_QUERIES):
        desk.get(page)


REGISTER_QUERIES = 9
