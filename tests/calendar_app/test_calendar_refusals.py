"""What acts on a calendar refuse: bad meetings, wrong people, votes that do not count."""

# ruff: noqa: F811

from dataclasses import replace
from datetime import date, datetime

import pytest

from accounts.models import User
from accounts.permissions import Role
from base.errors import NotPermitted, Refused, Stale
from calendar_app import invariants
from calendar_app.models import (
    CoordinationAnswer,
    Meeting,
)
from calendar_app.transitions import calendars, commission, coordination, meetings
from procedure.moments import ALMATY
from tests.calendar_app.calendar_cast import (  # noqa: F401
    NOW,
    PERIOD,
    accepted,
    add,
    approve,
    close,
    codes,
    commission_people,
    coordinated,
    draft_of,
    fresh,
    hall,
    ministries,
    offices,
    opened,
    signatories,
    submit,
    working,
)


def test_another_ministry_does_not_answer(working, authority, signatories, draft_of):
    add(working, authority, draft_of())
    coordination.ask(version=working, by=authority, now=NOW, revision=fresh(working).revision)
    with pytest.raises(NotPermitted):
        coordination.answer(
            answers=[CoordinationAnswer.objects.get()], agree=True, by=signatories[ministries()[1]], now=NOW
        )


def test_a_late_calendar_wants_an_explanation(coordinated, authority):
    late = datetime(2027, 1, 11, 0, 0, tzinfo=ALMATY)
    with pytest.raises(Refused) as refusal:
        submit(coordinated, authority, late)
    assert codes(refusal) == {"explanation_required"}
    assert submit(coordinated, authority, late, explanation="Кеш келісілді").submission.late
    assert invariants.broken() == {}


def test_the_same_minister_twice_is_refused(coordinated, authority, signatories, draft_of):
    add(coordinated, authority, draft_of(hall=None))
    with pytest.raises(Refused) as refusal:
        submit(coordinated, authority)
    assert "person_twice" in codes(refusal)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"bodies": ("akimat.19",)}, "not_a_ministry"),
        ({"hall": 999_999}, "hall_of_another_place"),
        ({"place": "000000000"}, "place_unknown"),
        ({"topics": (999_999,)}, "topic_not_in_list"),
        ({"bodies": ()}, "ministry_required"),
    ],
)
def test_bad_meetings_are_refused_with_the_field(working, authority, draft_of, words, code):
    with pytest.raises(Refused) as refusal:
        add(working, authority, replace(draft_of(), **words))
    assert code in codes(refusal)
    assert not Meeting.objects.exists()


def test_stale_and_strangers(working, authority, officer, draft_of):
    with pytest.raises(Stale):
        meetings.plan(version=working, drafts=[draft_of()], by=authority, now=NOW, revision=99)
    with pytest.raises(NotPermitted):
        meetings.plan(version=working, drafts=[draft_of()], by=officer, now=NOW, revision=1)
    with pytest.raises(Refused) as refusal:
        calendars.open_(half_year=PERIOD, by=authority, now=NOW)
    assert codes(refusal) == {"version_in_preparation"}


def test_votes_that_do_not_count(coordinated, authority, commission_people, person):
    from accounts.models import Membership

    Membership.objects.create(
        user=authority, body_id="commission", role=Role.COMMISSION_MEMBER, valid_from=date(2020, 1, 1)
    )
    compiler = User.objects.get(pk=authority.pk)
    session = opened(submit(coordinated, authority), commission_people)
    with pytest.raises(Refused) as barred:
        commission.vote(session=session, value="for", by=compiler, now=NOW)
    assert codes(barred) == {"may_not_vote"}
    with pytest.raises(NotPermitted):
        commission.vote(session=session, value="for", by=commission_people["secretary"], now=NOW)
    chair = commission_people["chair"]
    commission.vote(session=session, value="for", by=chair, now=NOW)
    with pytest.raises(Refused) as twice:
        commission.vote(session=session, value="against", by=chair, now=NOW)
    assert codes(twice) == {"voted_already"}
    with pytest.raises(Refused) as few:
        close(session, commission_people)
    assert "no_quorum" in codes(few)
