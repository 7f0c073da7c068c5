"""The calendar from a working copy to publication: acts, refusals, what the database holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from accounts.permissions import Role
from base.errors import NotPermitted, Refused, Stale
from calendar_app import invariants
from calendar_app.models import (
    Attendance,
    CalendarHand,
    CalendarVersion,
    CoordinationAnswer,
    CoordinationRound,
    Disagreement,
    Meeting,
    PlannedMeeting,
    PlannedTopic,
    Session,
    TopicList,
)
from calendar_app.queries import calendars as queries
from calendar_app.queries import meetings as published
from calendar_app.queries.halls import as_draft, version_of
from calendar_app.transitions import calendars, commission, coordination, halls, meetings, reviews
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
    for code in _ministries():
        post = Post.objects.get(body=code, kind=Post.Kind.HEAD)
        person = Person.objects.create(name_kk=f"Demo {code}", name_ru=f"Demo {code}")
        TermOfOffice.objects.create(person=person, post=post, valid_from=date(2020, 1, 1))


def _ministries() -> list[str]:
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
            "bodies": (_ministries()[0],),
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
    return {code: person(code, Role.MINISTRY_OFFICER, Role.MINISTRY_SIGNATORY) for code in _ministries()}


@pytest.fixture
def coordinated(
    working: CalendarVersion,
    authority: User,
    signatories: dict[str, User],
    draft_of: Callable[..., MeetingDraft],
) -> CalendarVersion:
    """Two meetings that answer all topics, agreed by their ministries."""
    first, second = _ministries()
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
    assert [(one.pk, body.code) for one, body in asked] == [(planned.pk, _ministries()[0])]


def test_a_refusal_wants_reasons_and_stops_submission(working, authority, signatories, draft_of):
    topics = tuple(one.key for one in queries.accepted_topics(PERIOD))
    add(working, authority, draft_of(topics=topics))
    coordination.ask(version=working, by=authority, now=NOW, revision=fresh(working).revision)
    row = CoordinationAnswer.objects.get()
    by = signatories[_ministries()[0]]
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
    by = signatories[_ministries()[0]]
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
    if queries.to_be_asked(version):
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


def test_another_ministry_does_not_answer(working, authority, signatories, draft_of):
    add(working, authority, draft_of())
    coordination.ask(version=working, by=authority, now=NOW, revision=fresh(working).revision)
    with pytest.raises(NotPermitted):
        coordination.answer(
            answers=[CoordinationAnswer.objects.get()], agree=True, by=signatories[_ministries()[1]], now=NOW
        )


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


def refused_by_database(act: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def test_what_was_submitted_is_frozen(coordinated, authority):
    planned = coordinated.planned.in_order().first()
    PlannedMeeting.objects.filter(pk=planned.pk).update(note_ru="ещё можно")
    version = submit(coordinated, authority)
    rows = PlannedMeeting.objects.filter(pk=planned.pk)
    refused_by_database(lambda: rows.update(note_ru="уже нельзя"))
    refused_by_database(planned.delete)
    refused_by_database(lambda: planned.topics.all().delete())
    refused_by_database(lambda: Attendance.objects.filter(planned=planned).update(position=9))
    refused_by_database(lambda: CoordinationAnswer.objects.filter(planned=planned).update(words="x"))
    refused_by_database(lambda: Meeting.objects.filter(pk=planned.meeting_id).update(number=None))
    refused_by_database(lambda: CalendarVersion.objects.filter(pk=version.pk).update(state="working"))
    refused_by_database(lambda: CalendarVersion.objects.filter(pk=version.pk).update(state="in_force"))
    # A new head is no amendment: the person alone may change.
    Attendance.objects.filter(planned=planned).update(person=None)
    assert invariants.broken() == {}


def test_no_way_around_leads_into_a_frozen_version(coordinated, authority, commission_people):
    """The control: the same statements are taken while the version is open."""
    one, other = coordinated.planned.in_order()
    asked = CoordinationRound.objects.filter(version=coordinated)
    with transaction.atomic():
        for part in (Attendance, PlannedTopic):
            assert part.objects.filter(planned=one).update(planned=other)
        assert asked.update(by=authority)
        transaction.set_rollback(True)
    row = CoordinationAnswer.objects.get(planned=one)
    Disagreement.objects.create(answer=row, position="Кездесу қажет")
    session = opened(submit(coordinated, authority), commission_people)
    for name in ("chair", "member2", "member3"):
        commission.vote(session=session, value="against", by=commission_people[name], now=NOW)
    close(session, commission_people, reasons="Облыстар аз")
    again = calendars.open_(half_year=PERIOD, by=authority, now=NOW)
    copy = again.planned.get(meeting=one.meeting_id)
    elsewhere = again.planned.exclude(meeting=one.meeting_id).get()
    for part in (Attendance, PlannedTopic):
        out, into = part.objects.filter(planned=one), part.objects.filter(planned=copy)
        refused_by_database(lambda rows=out: rows.update(planned=elsewhere))
        refused_by_database(lambda rows=into: rows.update(planned=other))
    refused_by_database(lambda: asked.update(by=authority))
    refused_by_database(lambda: Disagreement.objects.update(position="x"))
    refused_by_database(lambda: Disagreement.objects.all().delete())
    refused_by_database(lambda: CalendarVersion.objects.filter(pk=coordinated.pk).update(decided_at=None))
    for table in EMPTIED:
        refused_by_database(lambda name=table: _emptied(name))


EMPTIED = (
    "plannedmeeting", "attendance", "plannedtopic", "coordinationanswer", "coordinationround", "disagreement",
    "leftoutitem", "acceptedwarning",
)  # fmt: skip


def _emptied(table):
    _check_now()
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE calendar_app_{table} CASCADE")


def test_the_database_refuses_what_binds_and_overlaps(working, authority, draft_of):
    """The control: without the mark the same rows lie beside each other."""
    one, other = add(working, authority, draft_of(), draft_of(hall=None))
    meetings.resolve_people(working)
    PlannedMeeting.objects.filter(pk=one.pk).update(binding=True)
    _check_now()
    refused_by_database(
        lambda: (PlannedMeeting.objects.filter(pk=other.pk).update(binding=True), _check_now())
    )
    PlannedMeeting.objects.filter(pk=other.pk).update(binding=True, cancelled=True, cancel_reason="x")
    _check_now()


def _check_now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
