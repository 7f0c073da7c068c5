"""The calendar from a working copy to publication: acts and what they refuse."""

# ruff: noqa: F811

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from accounts.models import User
from accounts.permissions import Role
from base.errors import Refused
from calendar_app import invariants
from calendar_app.models import (
    CalendarHand,
    CalendarVersion,
    CoordinationAnswer,
    Meeting,
    PlannedMeeting,
    TopicList,
)
from calendar_app.queries import calendars as queries
from calendar_app.queries import meetings as published
from calendar_app.queries.halls import as_draft, version_of
from calendar_app.transitions import calendars, commission, coordination, halls, meetings, reviews
from regions.models import Hall
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


def test_from_a_working_copy_to_the_public_and_on(coordinated, authority, commission_people, draft_of):
    version = submit(coordinated, authority)
    assert version.state == "submitted"
    assert list(Meeting.objects.values_list("number", flat=True)) == ["2027-H1-001", "2027-H1-002"]
    assert not PlannedMeeting.published.at(NOW).exists()
    version = approve(version, commission_people)
    assert version.state == "approved"
    assert not PlannedMeeting.published.at(NOW + timedelta(days=300)).exists()
    calendars.publish(version=version, by=authority, now=NOW, revision=version.revision)
    assert [one.number for one in PlannedMeeting.published.at(NOW).in_order()] == [
        "2027-H1-001",
        "2027-H1-002",
    ]
    assert invariants.broken() == {}
    _next_version(authority, commission_people, draft_of)


def test_the_name_of_a_hall_stays_while_a_submitted_calendar_names_it(
    coordinated: CalendarVersion, hall: Hall, officer: User, authority: User
) -> None:
    def change(**more: object) -> None:
        known = Hall.objects.get(pk=hall.pk)
        halls.change(
            hall=known,
            draft=replace(as_draft(known), **more),
            by=officer,
            now=NOW,
            version=version_of(known),
        )

    change(name_ru="До направления", capacity=300)
    submit(coordinated, authority)
    for name in ("name_kk", "name_ru", "address_kk", "address_ru"):
        with pytest.raises(Refused) as refusal, transaction.atomic():
            change(**{name: "Басқа"})
        assert codes(refusal) == {"hall_is_announced"}

    change(capacity=250, hearing_loop=True)

    kept = Hall.objects.get(pk=hall.pk)
    assert (kept.name_ru, kept.capacity, kept.hearing_loop) == ("До направления", 250, True)


def test_lists_are_reopened_until_their_calendar_is_submitted(
    coordinated: CalendarVersion, accepted: TopicList, authority: User
) -> None:
    def reopen() -> None:
        version = TopicList.objects.get(pk=accepted.pk).version
        reviews.reopen(topic_list=accepted, by=authority, now=NOW, version=version, comment="Жаңа")

    with transaction.atomic():
        reopen()
        transaction.set_rollback(True)
    submit(coordinated, authority)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        reopen()

    assert codes(refusal) == {"calendar_with_commission"}


def _next_version(authority, people, draft_of):
    """The next version moves one meeting; identity, number and the other meeting stay."""
    later = NOW + timedelta(days=20)
    second = calendars.open_(half_year=PERIOD, by=authority, now=later, reason="Түзету")
    first, _other = second.planned.in_order().select_related("meeting", "version")
    revision = fresh(second).revision
    moved = replace(draft_of(1), topics=tuple(t.topic_key for t in first.topics.all()))
    meetings.change(planned=first, draft=moved, by=authority, now=later, revision=revision)
    coordination.ask(version=second, by=authority, now=later, revision=fresh(second).revision)
    with pytest.raises(Refused) as early:
        submit(second, authority)
    assert "ministries_have_time" in codes(early)
    after_term = later + timedelta(days=12)
    version = submit(second, authority, after_term, silence="Жауап келген жоқ")
    version = approve(version, people)
    calendars.publish(version=version, by=authority, now=after_term, revision=version.revision)
    shown = {one.number: one for one in PlannedMeeting.published.at(after_term)}
    assert {number: one.sequence for number, one in shown.items()} == {"2027-H1-001": 1, "2027-H1-002": 0}
    assert shown["2027-H1-001"].meeting_id == first.meeting_id
    before = PlannedMeeting.published.at(after_term - timedelta(seconds=1))
    assert {one.version.number for one in before} == {1}
    assert invariants.broken() == {}


def test_only_changed_meetings_are_asked_again(coordinated, authority, draft_of):
    planned = coordinated.planned.in_order().select_related("version").first()
    topics = tuple(one.topic_key for one in planned.topics.all())
    meetings.change(
        planned=planned,
        draft=draft_of(3, topics=topics),
        by=authority,
        now=NOW,
        revision=coordinated.revision,
    )
    asked = queries.to_be_asked(coordinated)
    assert [(one.pk, body.code) for one, body in asked] == [(planned.pk, ministries()[0])]


def test_a_refusal_wants_reasons_and_stops_submission(working, authority, signatories, draft_of):
    topics = tuple(one.key for one in queries.accepted_topics(PERIOD))
    add(working, authority, draft_of(topics=topics))
    coordination.ask(version=working, by=authority, now=NOW, revision=fresh(working).revision)
    row = CoordinationAnswer.objects.get()
    by = signatories[ministries()[0]]
    with pytest.raises(Refused) as silent:
        coordination.answer(answers=[row], agree=False, by=by, now=NOW)
    assert codes(silent) == {"refusal_reasons_required"}
    coordination.answer(answers=[row], agree=False, by=by, now=NOW, words="Министр іссапарда")
    with pytest.raises(Refused) as twice:
        coordination.answer(answers=[row], agree=True, by=by, now=NOW)
    assert codes(twice) == {"answered_already"}
    with pytest.raises(Refused) as stands:
        submit(working, authority)
    assert codes(stands) == {"refusals_stand"}
    row.refresh_from_db()
    coordination.disagree(
        refusal=row, position="Кездесу қажет", by=authority, now=NOW, revision=fresh(working).revision
    )
    assert submit(working, authority).state == "submitted"


def test_whoever_compiles_in_any_way_has_no_vote(working, authority, signatories, draft_of, person):
    """Also who only leaves something out, or only brings a disagreement along (section 1)."""
    first, *others = (one.key for one in queries.accepted_topics(PERIOD))
    add(working, authority, draft_of(topics=tuple(others)))
    leaves, disagrees = (person("authority", Role.AUTHORITY_OFFICER, username=f"officer.{n}") for n in "12")
    words = {"topic": first, "reason": "local", "now": NOW}
    meetings.leave_out(version=working, by=leaves, revision=fresh(working).revision, **words)
    assert CalendarHand.objects.filter(user=leaves).exists()
    coordination.ask(version=working, by=authority, now=NOW, revision=fresh(working).revision)
    row = CoordinationAnswer.objects.get()
    by = signatories[ministries()[0]]
    coordination.answer(answers=[row], agree=False, by=by, now=NOW, words="Министр іссапарда")
    row.refresh_from_db()
    assert not CalendarHand.objects.filter(user=disagrees).exists()
    coordination.disagree(
        refusal=row, position="Кездесу қажет", by=disagrees, now=NOW, revision=fresh(working).revision
    )
    assert CalendarHand.objects.filter(user=disagrees).exists()


def test_a_meeting_that_was_never_announced_stays_unknown(
    coordinated, authority, commission_people, signatories
):
    """Numbered in a version that was returned, cancelled in the next one: no reader ever heard of it."""
    session = opened(submit(coordinated, authority), commission_people)
    for name in ("chair", "member2", "member3"):
        commission.vote(session=session, value="against", by=commission_people[name], now=NOW)
    close(session, commission_people, reasons="Облыстар аз")
    later = NOW + timedelta(days=20)
    _without_one(authority, commission_people, signatories, 1, later)
    assert _public(later) == {"2027-H1-001": False}
    assert [(one.meetings, one.cancelled) for one in published.versions(later)] == [(1, 0)]


def _without_one(authority, people, signatories, cancelled, at):
    """The next version in force, in which the meeting at the place in the plan is cancelled."""
    version = calendars.open_(half_year=PERIOD, by=authority, now=at, reason="Түзету")
    one = version.planned.in_order().select_related("version", "meeting")[cancelled]
    words = {"by": authority, "now": at, "revision": fresh(version).revision}
    meetings.remove(planned=one, reason="Зал жөндеуде", **words)
    _in_force(version, authority, people, signatories, at)


def _in_force(version, authority, people, signatories, at):
    if fresh(version).state == "working":
        coordination.ask(version=version, by=authority, now=at, revision=fresh(version).revision)
    for code, by in signatories.items():
        asked = CoordinationAnswer.objects.filter(planned__version=version, body=code, state="asked")
        if rows := list(asked):
            coordination.answer(answers=rows, agree=True, by=by, now=at)
    version = approve(submit(version, authority, at), people)
    calendars.publish(version=version, by=authority, now=at, revision=version.revision)


def _public(moment):
    """Whether each public meeting is cancelled, by number, on the pages and in what looks back."""
    shown = {one.number: one.cancelled for one in PlannedMeeting.published.at(moment)}
    back = PlannedMeeting.published.until(moment).order_by("version__number")
    assert {one.number: one.cancelled for one in back} == shown
    return shown


def test_a_topic_is_taken_up_or_left_out_with_a_reason(coordinated, authority):
    meetings.remove(
        planned=coordinated.planned.select_related("version", "meeting").in_order().first(),
        by=authority,
        now=NOW,
        revision=coordinated.revision,
    )
    left = queries.topics_not_taken(coordinated)
    assert len(left) == 2
    with pytest.raises(Refused) as refusal:
        submit(coordinated, authority)
    assert codes(refusal) == {"topics_not_taken"}
    for one in left:
        meetings.leave_out(
            version=coordinated,
            topic=one.key,
            reason="later",
            by=authority,
            now=NOW,
            revision=fresh(coordinated).revision,
        )
    assert submit(coordinated, authority).state == "submitted"


def test_a_return_opens_a_round_and_a_new_working_copy(coordinated, authority, commission_people):
    session = opened(submit(coordinated, authority), commission_people)
    for name in ("chair", "member2", "member3"):
        commission.vote(session=session, value="against", by=commission_people[name], now=NOW)
    with pytest.raises(Refused) as silent:
        close(session, commission_people)
    assert codes(silent) == {"return_reasons_required"}
    close(session, commission_people, reasons="Облыстар аз")
    assert fresh(coordinated).state == "returned"
    with pytest.raises(Refused) as over:
        commission.vote(session=session, value="for", by=commission_people["chair"], now=NOW)
    assert codes(over) == {"voting_over"}
    again = calendars.open_(half_year=PERIOD, by=authority, now=NOW)
    assert (again.number, again.planned.count(), fresh(again).calendar.round) == (2, 2, 2)
    # Ten days end on 20 December; the term of every calendar ends later and stands.
    assert calendars.due_of(fresh(again)).last_day == date(2027, 1, 10)
