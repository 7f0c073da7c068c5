"""What the database holds of calendars: what was submitted stays, nothing that binds overlaps."""

# ruff: noqa: F811

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from calendar_app import invariants
from calendar_app.models import (
    Attendance,
    CalendarVersion,
    CoordinationAnswer,
    CoordinationRound,
    Disagreement,
    Meeting,
    PlannedMeeting,
    PlannedTopic,
)
from calendar_app.transitions import calendars, commission, meetings
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
