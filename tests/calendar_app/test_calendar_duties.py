"""The duties that calendars meet: submission, decision, publication, and the rounds that a return opens."""

# ruff: noqa: F811 - fixtures come by import and are named again as arguments

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from base.errors import Refused
from calendar_app.models import CoordinationAnswer, Obligation
from calendar_app.queries import calendars as calendar_queries
from calendar_app.queries import compliance
from calendar_app.queries import obligations as queries
from calendar_app.staff.own_work import own_work
from calendar_app.transitions import calendars, commission, coordination, extensions, meetings, obligations
from procedure.moments import ALMATY
from tests.calendar_app.test_calendars import (  # noqa: F401
    NOW,
    PERIOD,
    accepted,
    add,
    approve,
    close,
    commission_people,
    coordinated,
    draft_of,
    fresh,
    hall,
    offices,
    opened,
    signatories,
    submit,
    working,
)

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def known(moment: datetime, half_year: str = "2027-H1") -> dict[tuple[str, int], tuple[str, str | None]]:
    """Status and evidence of the duties that are no topic lists, by kind and round."""
    return {
        (str(one.owed.key[0]), one.owed.key[3]): (one.status, one.done.reference if one.done else None)
        for one in queries.as_known(moment)
        if one.owed.half_year.code == half_year and one.owed.key[0] != "topic_list"
    }


def test_a_calendar_that_nobody_began_is_due_on_the_tenth_day(portal):
    due = datetime(2027, 1, 11, tzinfo=ALMATY)
    before, after = known(due - SECOND), known(due)
    assert before == {
        ("calendar_submission", 1): ("due_soon", None),
        ("decision", 1): ("upcoming", None),
        ("publication", 1): ("upcoming", None),
    }
    assert after["calendar_submission", 1] == ("overdue", None)
    obligations.derive(now=due)
    kept = Obligation.objects.get(kind="calendar_submission", half_year="2027-H1")
    assert (kept.last_day, kept.aim_day) == (date(2027, 1, 10), date(2027, 1, 8))


def test_each_act_meets_its_duty_and_not_before(coordinated, authority, commission_people):
    obligations.derive(now=NOW - SECOND)
    version = submit(coordinated, authority)
    receipt = version.submission.receipt_number
    assert known(NOW - SECOND)["calendar_submission", 1] == ("upcoming", None)
    assert known(NOW)["calendar_submission", 1] == ("met", receipt)

    version = approve(version, commission_people)
    assert known(NOW)["decision", 1] == ("met", "7")
    assert known(NOW)["publication", 1] == ("due_soon", None)
    obligations.derive(now=NOW)
    publication = Obligation.objects.get(kind="publication", half_year="2027-H1")
    assert publication.last_day == date(2026, 12, 11), "one working day after 10 December"
    assert publication.changes.get().last_day is None, "the term did not run before"

    late = datetime(2026, 12, 12, tzinfo=ALMATY)
    assert known(late)["publication", 1] == ("overdue", None)
    calendars.publish(version=version, by=authority, now=late, revision=fresh(version).revision)
    assert known(late)["publication", 1] == ("late", "2027-H1/1")
    obligations.derive(now=late)
    done = Obligation.objects.filter(half_year="2027-H1", done_at__isnull=False)
    assert set(done.values_list("kind", "evidence")) >= {
        ("calendar_submission", receipt), ("decision", "7"), ("publication", "2027-H1/1"),
    }  # fmt: skip
    assert obligations.derive(now=late) == obligations.Derived(0, 0, 0)


def test_a_return_opens_a_round_with_the_term_that_is_enforced(coordinated, authority, commission_people):
    version = submit(coordinated, authority)
    session = opened(version, commission_people)
    for name in ("chair", "member2", "member3"):
        commission.vote(session=session, value="against", by=commission_people[name], now=NOW)
    close(session, commission_people, reasons="Пысықтаңыз")
    assert known(NOW)["calendar_submission", 2] == ("upcoming", None)
    obligations.derive(now=NOW)
    second = Obligation.objects.get(kind="calendar_submission", round=2)
    assert (second.last_day, second.opened_at) == (date(2027, 1, 10), NOW), (
        "an early return takes no time away"
    )
    again = calendars.open_(half_year=PERIOD, by=authority, now=NOW)
    assert calendars.due_of(fresh(again)).due == second.due, "what is shown is what is enforced"
    assert known(NOW)["calendar_submission", 1][0] == "met"
    assert known(NOW)["decision", 1] == ("upcoming", None)


def asked_about(working, authority, *drafts):
    made = add(working, authority, *drafts)
    coordination.ask(version=working, by=authority, now=NOW, revision=fresh(working).revision)
    obligations.derive(now=NOW)
    return made, Obligation.objects.get(kind="coordination_answer")


def test_a_meeting_that_is_taken_out_leaves_no_question_behind(working, authority, signatories, draft_of):
    [planned], duty = asked_about(working, authority, draft_of())
    late = duty.due + SECOND
    assert known(late)["coordination_answer", 1] == ("overdue", None), "the control"

    meetings.remove(planned=planned, by=authority, now=NOW, revision=fresh(working).revision)

    obligations.derive(now=late)
    assert known(late)["coordination_answer", 1] == ("not_applicable", None)
    [row] = [one for one in compliance.read([PERIOD], late) if one.duty.pk == duty.pk]
    assert row.status == "not_applicable"
    assert obligations.derive(now=late) == obligations.Derived(0, 0, 0)


def test_a_ministry_that_had_answered_stays_so_when_the_meeting_is_taken_out(
    working, authority, signatories, draft_of
):
    [planned], duty = asked_about(working, authority, draft_of())
    rows = list(CoordinationAnswer.objects.all())
    coordination.answer(answers=rows, agree=True, by=signatories[duty.body_id], now=NOW)
    obligations.derive(now=NOW)

    meetings.remove(planned=planned, by=authority, now=NOW, revision=fresh(working).revision)

    obligations.derive(now=duty.due)
    [row] = [one for one in compliance.read([PERIOD], duty.due) if one.duty.pk == duty.pk]
    assert row.status == "met"


def test_more_time_for_an_answer_is_kept_to(working, authority, signatories, draft_of):
    """The page, the silence and the submission go by the term that was given."""
    _made, duty = asked_about(working, authority, draft_of())
    before, given = duty.due, duty.last_day + timedelta(days=7)

    def silent(moment):
        [one] = calendar_queries.standing_answers(fresh(working))
        return one.is_silent(moment)

    def is_late(moment):
        [task] = own_work(signatories[duty.body_id], [], [], moment)
        return task.is_late, task.term.last_day

    assert silent(before)
    assert is_late(before) == (True, duty.last_day)
    extensions.extend(obligation=duty, last_day=given, reason="Себеп", by=authority, now=NOW, version=0)

    assert not silent(before)
    assert is_late(before) == (False, given)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        submit(fresh(working), authority, before, silence="Жауап жоқ")
    assert "ministries_have_time" in {one.code for one in refusal.value.problems}
    after = before + timedelta(days=7)
    assert silent(after)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        submit(fresh(working), authority, after, silence="Жауап жоқ")
    assert "ministries_have_time" not in {one.code for one in refusal.value.problems}
