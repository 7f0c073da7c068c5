"""The commission by acts: notice, votes, sheets, closing, what is refused and what the database holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Membership, User
from accounts.permissions import Role
from audit.models import Entry
from base.errors import NotPermitted, Refused, Stale
from calendar_app import invariants
from calendar_app.models import PlannedMeeting, Session, Vote
from calendar_app.staff.commission.forms import CloseForm
from calendar_app.transitions import calendars, commission
from notices import rendering
from notices.models import Letter
from tests.calendar_app import commission_play as play


@pytest.fixture
def people(person: Callable[..., User]) -> play.Cast:
    return play.cast(person, votes=5)


@pytest.fixture
def session(people: play.Cast) -> Session:
    """Open, on a calendar of one meeting."""
    return play.opened(people, play.submitted(people, play.working(people, people.draft())))


def refused(act: Callable[[], object]) -> set[str]:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act()
    return {one.code for one in refusal.value.problems}


def vote(session: Session, by: User, value: str = "for", **more: object) -> Vote:
    return commission.vote(session=session, value=value, by=by, now=play.NOW, **more)


def enter(people: play.Cast, session: Session, member: User, **more: object) -> Vote:
    words: dict[str, object] = {"value": "for", "now": play.NOW, "revision": session.revision}
    return commission.enter_vote(session=session, member=member.pk, by=people.secretary, **words | more)


def test_members_get_their_materials_in_time(people: play.Cast) -> None:
    version = play.submitted(people, play.working(people, people.draft()))
    soon = {"version": version, "kind": "session", "by": people.secretary, "now": play.NOW}
    assert refused(lambda: commission.plan(held_at=play.NOW + timedelta(days=1), **soon)) == {
        "notice_too_short"
    }
    made = commission.plan(held_at=play.NOW + timedelta(days=1), short_notice="Төтенше жағдай", **soon)
    assert made.short_notice == "Төтенше жағдай"
    commission.cancel(session=made, by=people.secretary, now=play.NOW, revision=1, reasons="Кейін")
    made = commission.plan(held_at=play.HELD, **soon)
    late = play.HELD - timedelta(days=1)
    send = {"session": made, "by": people.secretary, "now": late, "revision": 1}
    assert refused(lambda: commission.send_materials(**send)) == {"notice_too_short"}
    commission.send_materials(**send, short_notice="Құжат кеш келді")
    assert Letter.objects.filter(kind="session_materials").count() == 5


def test_votes_that_are_refused(people: play.Cast, session: Session) -> None:
    """The control: each of these people, or the same act before, is taken."""
    chair, member = people.members[:2]
    assert vote(session, chair).value == "for"
    assert refused(lambda: vote(session, chair, "against")) == {"voted_already"}
    assert refused(lambda: enter(people, session, chair)) == {"member_voted_already"}
    assert refused(lambda: vote(session, member, "perhaps")) == {"not_a_vote"}
    with pytest.raises(NotPermitted):
        vote(session, people.secretary)
    assert refused(lambda: enter(people, session, people.secretary)) == {"not_a_member_now"}
    for other in (people.authority, people.ministries[play.MINISTRIES[0]]):
        Membership.objects.create(
            user=other, body_id="commission", role=Role.COMMISSION_MEMBER, valid_from=date(2020, 1, 1)
        )
        assert refused(lambda who=other: vote(session, User.objects.get(pk=who.pk))) == {"may_not_vote"}
        assert refused(lambda who=other: enter(people, session, who)) == {"may_not_vote"}
    # Who answered for no meeting of this calendar votes.
    assert vote(session, member, "abstained").value == "abstained"


def test_a_sheet_is_entered_by_the_secretary_and_says_so(people: play.Cast, session: Session) -> None:
    made = enter(people, session, people.members[1], opinion=" Өз пікірім ")

    assert (made.entered_by, made.opinion) == (people.secretary, "Өз пікірім")
    with pytest.raises(NotPermitted):
        commission.enter_vote(
            session=session, member=people.members[2].pk, value="for", by=people.members[0], now=play.NOW,
            revision=session.revision,
        )  # fmt: skip
    with pytest.raises(Stale):
        enter(people, session, people.members[2], revision=99)


def test_after_closing_nobody_votes(people: play.Cast, session: Session) -> None:
    for member in people.members[:4]:
        vote(session, member)
    play.close(people, session)

    assert refused(lambda: vote(session, people.members[4])) == {"voting_over"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(session=session, member=people.members[4], value="for", at=play.NOW)


def test_two_secretaries_at_once(people: play.Cast, session: Session, person: Callable[..., User]) -> None:
    other = person("commission", Role.SECRETARY, username="secretary.2")
    for member in people.members[:4]:
        vote(session, member)
    words = {"present": [], "protocol_number": "7", "protocol_day": play.HELD.date()}
    commission.close(session=session, by=people.secretary, now=play.HELD, revision=session.revision, **words)

    with pytest.raises(Stale):
        commission.close(session=session, by=other, now=play.HELD, revision=session.revision, **words)


@pytest.mark.parametrize(
    ("values", "decision"),
    [
        # Five members: more than half of all is three; the chair is the first.
        ("fffaa", "approved"),
        ("ffaaa", "returned"),
        ("ffsss", "returned"),
        # As many for as against: the chair's vote counts twice, which makes three.
        ("ffaa-", "approved"),
        ("ffsa-", "returned"),
    ],
)
def test_what_is_decided(people: play.Cast, session: Session, values: str, decision: str) -> None:
    words = {"f": "for", "a": "against", "s": "abstained"}
    for member, value in zip(people.members, values, strict=True):
        if value != "-":
            vote(session, member, words[value])
    present = [one.pk for one in people.members]

    closed = play.close(people, session, present=present, reasons="Облыстар аз")

    assert closed.decision == decision
    assert closed.roll.filter(present=True).count() == 5
    [letter] = Letter.objects.filter(
        kind__in=["calendar_approved", "calendar_returned"], user=people.authority
    )
    assert letter.kind == f"calendar_{decision}"
    text = rendering.render(letter)
    assert "№ 7" in text.body
    assert ("Облыстар аз" in text.body) == (decision == "returned")


def test_a_tie_is_decided_by_the_chair(person: Callable[..., User]) -> None:
    people = play.cast(person, votes=4)
    for first, decision in (("for", "approved"), ("against", "returned")):
        drafts = [people.draft()] if decision == "approved" else [people.draft(7)]
        session = play.opened(people, play.submitted(people, play.working(people, *drafts)))
        other = "against" if first == "for" else "for"
        for member, value in zip(people.members, (first, other, first, other), strict=True):
            vote(session, member, value)
        assert play.close(people, session, reasons="Тең").decision == decision
        if decision == "approved":
            play.published(people, session.version)


def test_closing_wants_its_papers(people: play.Cast, session: Session) -> None:
    for member in people.members:
        vote(session, member, "against")
    tomorrow = (play.HELD + timedelta(days=1)).date()

    assert refused(lambda: play.close(people, session, protocol_number=" ", protocol_day=tomorrow)) == {
        "return_reasons_required",
        "protocol_number_required",
        "protocol_in_the_future",
    }
    stranger = [people.secretary.pk]
    assert refused(lambda: play.close(people, session, present=stranger)) == {"not_a_member_now"}


def test_a_written_vote_waits_for_its_term(people: play.Cast) -> None:
    version = play.submitted(people, play.working(people, people.draft()))
    session = play.opened(people, version, kind="written")
    for member in people.members[:4]:
        vote(session, member)
    early = play.HELD - timedelta(hours=1)

    assert refused(lambda: play.close(people, session, early)) == {"written_vote_runs"}
    late = {"session": session, "value": "for", "by": people.members[4]}
    assert refused(lambda: commission.vote(**late, now=play.HELD)) == {"sheets_too_late"}
    assert play.close(people, session).decision == "approved"


def test_nobody_is_present_at_a_written_vote_without_a_sheet(people: play.Cast) -> None:
    version = play.submitted(people, play.working(people, people.draft()))
    session = play.opened(people, version, kind="written")
    for member in people.members[:2]:
        vote(session, member)
    everybody = [one.pk for one in people.members]

    assert "present" not in CloseForm(session=session).fields
    assert "no_quorum" in refused(lambda: play.close(people, session, present=everybody))
    for member in people.members[2:4]:
        vote(session, member)
    play.close(people, session, present=everybody)
    there = session.roll.filter(present=True).values_list("member", flat=True)
    assert set(there) == {one.pk for one in people.members[:4]}


def test_what_changed_meanwhile_is_not_approved(people: play.Cast, session: Session) -> None:
    """Triggers freeze what was submitted; should somebody get around them, the commission is told."""
    for member in people.members:
        vote(session, member)
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE calendar_app_plannedmeeting DISABLE TRIGGER USER")
        PlannedMeeting.objects.update(subject_ru="Другой вопрос")
        cursor.execute("ALTER TABLE calendar_app_plannedmeeting ENABLE TRIGGER USER")
    assert refused(lambda: play.close(people, session)) == {"version_changed_meanwhile"}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE calendar_app_plannedmeeting DISABLE TRIGGER USER")
        PlannedMeeting.objects.update(subject_ru="Питьевая вода")
        cursor.execute("ALTER TABLE calendar_app_plannedmeeting ENABLE TRIGGER USER")
    assert play.close(people, session).decision == "approved"


def test_a_session_without_a_quorum_is_called_off_and_planned_again(
    people: play.Cast, session: Session
) -> None:
    vote(session, people.members[0])
    assert refused(lambda: play.close(people, session)) == {"no_quorum", "return_reasons_required"} - {
        "return_reasons_required"
    }
    by = {"by": people.secretary, "now": play.NOW}
    assert refused(lambda: commission.cancel(session=session, revision=session.revision, **by)) == {
        "cancel_session_reason_required"
    }
    commission.cancel(session=session, revision=session.revision, reasons="Кворум жоқ", **by)
    again = commission.plan(version=session.version, kind="written", held_at=play.HELD, **by)
    assert (again.votes.count(), session.votes.count()) == (0, 1)


def test_the_act_is_recorded_once_after_the_session(people: play.Cast, session: Session) -> None:
    words = {"by": people.secretary, "now": play.HELD, "act": "Қаулы № 12"}
    assert refused(lambda: commission.record_act(session=session, revision=session.revision, **words)) == {
        "nothing_approved"
    }
    for member in people.members:
        vote(session, member)
    closed = play.close(people, session)
    done = commission.record_act(session=closed, revision=closed.revision, **words)
    assert Session.objects.get(pk=session.pk).act == "Қаулы № 12"
    assert refused(lambda: commission.record_act(session=done, revision=done.revision, **words)) == {
        "act_recorded_already"
    }
    for change in ({"act": "Басқа"}, {"reasons": "x"}, {"decision": "returned", "reasons": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.filter(pk=session.pk).update(**change)


def test_every_akimat_and_ministry_hears_that_the_calendar_is_in_force(people: play.Cast) -> None:
    version = play.working(people, people.draft(), people.draft(7, bodies=(play.MINISTRIES[1],)))
    version = play.approved(people, play.submitted(people, version))
    assert not Letter.objects.filter(kind="calendar_published").exists()

    calendars.publish(version=version, by=people.authority, now=play.HELD, revision=version.revision)

    letters = Letter.objects.filter(kind="calendar_published")
    bodies = set(letters.values_list("body_code", flat=True))
    assert len(bodies) >= 38
    counts = {one.body_code: one.context["body_meetings"] for one in letters}
    assert (counts["akimat.19"], counts["akimat.33"]) == (2, 0)
    assert (counts["ministry.health"], counts["ministry.agriculture"]) == (1, 1)
    for language in ("kk", "ru", "en"):
        one = letters[0]
        one.language = language
        assert rendering.render(one).body


def test_the_journal_says_that_somebody_voted_not_how(people: play.Cast, session: Session) -> None:
    vote(session, people.members[0], "against", opinion="Канарейка-пікір")

    [entry] = Entry.objects.filter(act="session.vote")
    assert "against" not in str(entry.changes)
    assert "Канарейка" not in str(entry.changes)


def test_a_decision_that_the_votes_do_not_bear_is_found(people: play.Cast, session: Session) -> None:
    for member in people.members:
        vote(session, member)
    play.close(people, session)
    assert invariants.broken() == {}

    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE calendar_app_vote DISABLE TRIGGER USER")
        Vote.objects.filter(session=session).update(value="against")
        cursor.execute("ALTER TABLE calendar_app_vote ENABLE TRIGGER USER")

    assert list(invariants.broken()) == ["decided_as_counted"]
