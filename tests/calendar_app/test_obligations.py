"""Duties: derived from the rules, kept once, met by evidence, as known on a day."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from audit.models import Entry
from calendar_app import invariants
from calendar_app.models import Obligation, RuleSet, TermChange, TopicList
from calendar_app.queries import obligations as queries
from calendar_app.transitions import obligations, reviews, topic_lists
from regions.models import Body, Day
from tests.calendar_app.conftest import IN_TIME

pytestmark = pytest.mark.django_db
DUE = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)  # the end of 1 December in Almaty
SECOND = timedelta(seconds=1)


def told(day: str) -> dict[tuple[str, str, int], dict[str, Any]]:
    """What the command prints for the day, by subject, body and round."""
    out = StringIO()
    call_command("obligations", "--on", day, "--json", stdout=out)
    rows = json.loads(out.getvalue())
    return {(row["subject"], row["body"], row["round"]): row for row in rows}


def of(akimat: Body, number: int = 1) -> Obligation:
    return Obligation.objects.get(body=akimat, half_year="2027-H1", round=number)


def test_duties_are_derived_once_whatever_is_repeated(portal: None) -> None:
    first = obligations.derive(now=IN_TIME)
    written = Entry.objects.count()
    assert first.opened == 46
    kinds = ("topic_list", "calendar_submission", "decision", "publication")
    assert set(Obligation.objects.values_list("kind", "half_year")) == {
        (kind, half_year) for kind in kinds for half_year in ("2026-H2", "2027-H1")
    }

    again = obligations.derive(now=IN_TIME + SECOND)

    assert again == obligations.Derived(0, 0, 0)
    assert Entry.objects.count() == written
    assert Entry.objects.get(act="obligations.derive").changes["opened"] == [0, 46]


def test_the_next_half_year_opens_with_its_first_instant(portal: None, akimat: Body) -> None:
    new_year = datetime(2026, 12, 31, 19, 0, tzinfo=UTC)
    obligations.derive(now=new_year - SECOND)
    assert not Obligation.objects.filter(half_year="2027-H2").exists()
    obligations.derive(now=new_year)
    opened = Obligation.objects.get(half_year="2027-H2", body=akimat)
    assert (opened.opened_at, opened.last_day) == (new_year, date(2027, 6, 1))


def test_the_command_says_what_the_contract_asks(submitted: TopicList) -> None:
    row = told("2026-11-23")["2027-H1", "akimat.19", 1]
    receipt = submitted.submissions.get().receipt_number
    assert row == {
        "kind": "topic_list",
        "subject": "2027-H1",
        "body": "akimat.19",
        "half_year": "2027-H1",
        "round": 1,
        "last_day": "2026-12-01",
        "due": "2026-12-02T00:00:00+05:00",
        "status": "met",
        "done_at": "2026-11-23T11:00:00+05:00",
        "evidence": receipt,
    }
    assert not Obligation.objects.exists(), "the command only reads"


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2026-11-16", "upcoming"),
        ("2026-11-17", "due_soon"),
        ("2026-12-01", "due_soon"),
        ("2026-12-02", "overdue"),
        ("2027-06-30", "overdue"),
    ],
)
@pytest.mark.parametrize("kept", [False, True])
def test_an_open_duty_turns_with_the_days(portal: None, day: str, status: str, kept: bool) -> None:
    if kept:
        obligations.derive(now=IN_TIME)
    assert told(day)["2027-H1", "akimat.33", 1]["status"] == status


def test_what_did_not_come_in_its_half_year_was_missed(portal: None) -> None:
    [standing] = [one for one in queries.as_known(DUE) if one.owed.key[1:] == ("2026-H2", "akimat.33", 1)]
    after = queries.Standing(standing.owed, None, datetime(2026, 12, 31, 19, 0, tzinfo=UTC))
    assert (standing.status, after.status) == ("overdue", "missed")


@pytest.mark.parametrize(("shift", "status"), [(-SECOND, "met"), (timedelta(0), "late"), (SECOND, "late")])
def test_the_verdict_is_that_of_the_receipt(
    draft: TopicList, officer: User, shift: timedelta, status: str
) -> None:
    made = topic_lists.submit(
        topic_list=draft, by=officer, now=DUE + shift, version=draft.version, explanation_kk="Кешіктік"
    )
    assert made.late is (status == "late")
    assert told("2026-12-02")["2027-H1", "akimat.19", 1]["status"] == status


def test_later_acts_are_ignored(submitted: TopicList, officer: User, authority: User, akimat: Body) -> None:
    """Submitted on the 23rd, recalled on the 25th, submitted on the 26th, returned on the 30th."""

    def version() -> int:
        return TopicList.objects.get(pk=submitted.pk).version

    days = [datetime(2026, 11, number, 6, 0, tzinfo=UTC) for number in (25, 26, 30)]
    topic_lists.recall(topic_list=submitted, by=officer, now=days[0], version=version())
    topic_lists.submit(topic_list=submitted, by=officer, now=days[1], version=version())
    reviews.return_(
        topic_list=submitted, by=authority, now=days[2], version=version(), comment="Толықтырыңыз"
    )
    obligations.derive(now=days[2])

    def known(day: str) -> list[tuple[int, str, str | None]]:
        rows = [row for (_, body, _), row in told(day).items() if body == "akimat.19"]
        return [(r["round"], r["status"], r["evidence"]) for r in rows if r["half_year"] == "2027-H1"]

    assert known("2026-11-22") == [(1, "due_soon", None)]
    assert known("2026-11-24") == [(1, "met", "L-2027-H1-19-1")]
    assert known("2026-11-25") == [(1, "due_soon", None)]
    assert known("2026-11-27") == [(1, "met", "L-2027-H1-19-2")]
    assert known("2026-11-30") == [(1, "met", "L-2027-H1-19-2"), (2, "due_soon", None)]
    assert known("2026-12-08") == [(1, "met", "L-2027-H1-19-2"), (2, "overdue", None)]
    assert told("2026-11-30")["2027-H1", "akimat.19", 2]["last_day"] == "2026-12-07"
    assert (of(akimat).evidence, of(akimat, 2).done_at) == ("L-2027-H1-19-2", None)


def test_a_moved_holiday_moves_the_day_to_aim_at_of_open_duties_only(
    submitted: TopicList, akimat: Body
) -> None:
    obligations.derive(now=IN_TIME)
    Day.objects.create(day=date(2026, 12, 1), kind=Day.Kind.DAY_OFF, source="test", name_kk="x", name_ru="x")

    done = obligations.derive(now=IN_TIME + SECOND)

    assert (done.recomputed, TermChange.objects.count()) == (19, 19)
    moved = Obligation.objects.get(body="akimat.33", half_year="2027-H1")
    assert (moved.aim_day, moved.last_day, of(akimat).aim_day) == (
        date(2026, 11, 30),
        date(2026, 12, 1),
        date(2026, 12, 1),
    )
    assert TermChange.objects.get(obligation=moved).aim_day == date(2026, 12, 1)


def test_a_new_rule_set_recomputes_open_duties_only_with_a_trace(
    submitted: TopicList, neighbour: User, akimat: Body
) -> None:
    """From 24 November lists are due five days later; who has submitted keeps the rules of then."""
    started = topic_lists.start(
        akimat=Body.objects.get(code="akimat.33"), half_year=submitted.period, by=neighbour, now=IN_TIME
    )
    obligations.derive(now=IN_TIME)
    old = RuleSet.objects.in_force_on(date(2026, 11, 23))
    text = old.text.replace(old.code, "later", 1).replace(
        "BYMONTH=6,12;BYMONTHDAY=1", "BYMONTH=6,12;BYMONTHDAY=6", 1
    )
    later = RuleSet(code="later", text=text, in_force_from=date(2026, 11, 24))
    later.full_clean()
    later.save()
    assert obligations.derive(now=IN_TIME).recomputed == 0, "not in force yet"

    tomorrow = IN_TIME + timedelta(days=1)
    assert obligations.derive(now=tomorrow).recomputed == 45, "what is overdue is open too"

    open_, done = Obligation.objects.get(body="akimat.33", half_year="2027-H1"), of(akimat)
    assert (open_.last_day, open_.rule_set) == (date(2026, 12, 6), later)
    assert (done.last_day, done.rule_set) == (date(2026, 12, 1), old)
    assert TopicList.objects.get(pk=started.pk).rule_set == later, "what is shown is what is enforced"
    trace = TermChange.objects.get(obligation=open_)
    assert (trace.last_day, trace.rule_set, trace.at) == (date(2026, 12, 1), old, tomorrow)
    assert told("2026-11-23")["2027-H1", "akimat.33", 1]["last_day"] == "2026-12-01", "as known then"
    assert told("2026-11-24")["2027-H1", "akimat.33", 1]["last_day"] == "2026-12-06"
    assert Entry.objects.filter(act="obligations.derive").last().changes["recomputed"] == [0, 45]


def test_queries_do_not_grow_with_the_duties(
    portal: None, django_assert_num_queries: Callable[..., Any]
) -> None:
    Body.objects.akimats().exclude(pk="akimat.19").update(valid_to=date(2020, 1, 1))
    with django_assert_num_queries(20):
        assert len(queries.as_known(IN_TIME)) == 8
    Body.objects.akimats().update(valid_to=None)
    with django_assert_num_queries(20):
        assert len(queries.as_known(IN_TIME)) == 46


@pytest.mark.parametrize("word", ["yesterday", "2026-13-01", "1900-01-01", "2999-01-01", "2010-01-01"])
def test_a_day_that_makes_no_sense_is_refused_in_a_sentence(portal: None, word: str) -> None:
    with pytest.raises(CommandError, match=r"day|year|rule set"):
        call_command("obligations", "--on", word)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM calendar_app_obligation",
        "UPDATE calendar_app_obligation SET round = 7",
        "UPDATE calendar_app_obligation SET due = due + interval '1 day' WHERE done_at IS NOT NULL",
        "UPDATE calendar_app_termchange SET at = at - interval '1 day'",
    ],
)
def test_the_database_keeps_duties_as_they_are(submitted: TopicList, akimat: Body, statement: str) -> None:
    obligations.derive(now=IN_TIME)
    duty = of(akimat)
    TermChange.objects.create(obligation=duty, at=IN_TIME, rule_set=duty.rule_set)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_duty_noted_as_done_without_its_receipt_is_found(submitted: TopicList, akimat: Body) -> None:
    obligations.derive(now=IN_TIME)
    assert invariants.broken() == {}
    Obligation.objects.filter(pk=of(akimat).pk).update(evidence="L-2027-H1-19-9")
    assert list(invariants.broken()) == ["duties_done_have_their_receipt"]
