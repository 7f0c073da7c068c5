"""Open duties of a body that was closed pass to its successor, with what belongs to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from accounts.models import User
from accounts.permissions import Permission, Role
from calendar_app.models import TopicList
from calendar_app.queries import obligations as queries
from calendar_app.queries import topic_lists as boards
from calendar_app.queries.owed import Evidence, Owed, Term
from calendar_app.queries.successors import Heir, passed_on
from calendar_app.recipients import officers_of
from calendar_app.staff.topic_lists.board_rows import board_rows
from calendar_app.transitions.reminders import remind
from notices.models import Letter
from procedure.half_years import HalfYear
from procedure.moments import end_of_day
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD
from tests.calendar_app.test_reminders import at

CLOSED_ON = date(2026, 11, 24)
SINCE = end_of_day(CLOSED_ON)
STEP = at("2026-11-26")


def close(akimat: Body, *, with_successor: bool = True) -> Body:
    """The akimat ends, and one of the same region begins on the next day."""
    Body.objects.filter(pk=akimat.pk).update(valid_to=CLOSED_ON)
    begins = CLOSED_ON + timedelta(days=1)
    made = Body.objects.get(pk=akimat.pk)
    made.pk, made.valid_from, made.valid_to, made.successor = "akimat.new", begins, None, None
    made.save(force_insert=True)
    if with_successor:
        Body.objects.filter(pk=akimat.pk).update(successor=made)
    return made


def told(body: str, moment: object = STEP) -> list[tuple[str, int, str]]:
    return [
        (one.owed.key[0], one.owed.key[3], one.status)
        for one in queries.as_known(moment)  # type: ignore[arg-type]
        if one.owed.key[2] == body and one.owed.half_year == PERIOD
    ]


def test_an_open_list_is_owed_by_the_successor(
    draft: TopicList, officer: User, akimat: Body, person: Callable[..., User]
) -> None:
    remind(now=IN_TIME)
    close(akimat)
    heir = person("akimat.new", Role.AKIMAT_OFFICER)
    remind(now=STEP)
    assert told("akimat.19") == [("topic_list", 1, "not_applicable")]
    assert told("akimat.new") == [("topic_list", 1, "due_soon")]
    assert told("akimat.19", IN_TIME) == [("topic_list", 1, "due_soon")], "as it was known then"
    assert told("akimat.new", IN_TIME) == []
    written = Letter.objects.filter(kind="topic_list_reminder", created_at=STEP)
    assert written.filter(user=heir).count() == 1
    assert not written.filter(user=officer).exists()
    # What the closed akimat had begun is in the hands of the successor, from its first day on and no earlier.
    assert heir.may(Permission.TOPIC_LIST_WRITE, akimat, on=CLOSED_ON + timedelta(days=1))
    assert not heir.may(Permission.TOPIC_LIST_WRITE, akimat, on=CLOSED_ON)
    actor = heir.actor(akimat, permission=Permission.TOPIC_LIST_WRITE, on=CLOSED_ON + timedelta(days=1))
    assert actor.body == "akimat.new", "the journal names the body that acts"


def test_without_a_successor_nobody_takes_over(
    draft: TopicList, officer: User, akimat: Body, person: Callable[..., User]
) -> None:
    """The control."""
    remind(now=IN_TIME)
    close(akimat, with_successor=False)
    heir = person("akimat.new", Role.AKIMAT_OFFICER)
    remind(now=STEP)
    assert told("akimat.19") == [("topic_list", 1, "due_soon")]
    assert not heir.may(Permission.TOPIC_LIST_WRITE, akimat, on=CLOSED_ON + timedelta(days=1))


def test_a_list_that_came_spares_the_successor_one(submitted: TopicList, akimat: Body) -> None:
    remind(now=IN_TIME + timedelta(hours=1))
    new = close(akimat)
    remind(now=STEP)
    assert told("akimat.19") == [("topic_list", 1, "met")]
    assert told("akimat.new") == [("topic_list", 1, "not_applicable")]
    [row] = boards.standings([new], [PERIOD], STEP)
    assert (row.state, row.topic_list) == ("submitted", submitted)
    assert f'href="{submitted.get_absolute_url()}"' in board_rows([row], date(2026, 11, 26))
    assert not Letter.objects.filter(kind="topic_list_reminder", body_code="akimat.new").exists()


def test_what_was_only_begun_is_no_list_of_the_successor(draft: TopicList, akimat: Body) -> None:
    new = close(akimat)
    found = {one.akimat.pk: one.topic_list for one in boards.standings([akimat, new], [PERIOD], STEP)}
    assert found == {akimat.pk: draft, new.pk: None}


def test_letters_about_a_closed_body_go_to_its_successor(
    officer: User, akimat: Body, person: Callable[..., User]
) -> None:
    wanted = {akimat.pk: Permission.TOPIC_LIST_WRITE}
    close(akimat)
    assert [one.key for one in officers_of(wanted, CLOSED_ON)[akimat.pk]] == [f"user:{officer.pk}"]
    after = CLOSED_ON + timedelta(days=1)
    assert [one.key for one in officers_of(wanted, after)[akimat.pk]] == ["body:akimat.new"]
    heir = person("akimat.new", Role.AKIMAT_OFFICER)
    assert [one.key for one in officers_of(wanted, after)[akimat.pk]] == [f"user:{heir.pk}"]


def test_questions_to_two_ministries_that_became_one_are_one_duty() -> None:
    after = {code: Heir("new", SINCE, CLOSED_ON, is_akimat=False) for code in ("first", "second")}
    asked = [question(code) for code in ("first", "second", "new")]
    half = {asked[0].key: Evidence(SINCE, "1"), asked[2].key: Evidence(SINCE, "3")}
    for owed, done, proof in (
        (asked[:2], {}, None),
        (asked[:2], {asked[0].key: half[asked[0].key]}, None),
        (asked, half, None),
        (asked, half | {asked[1].key: Evidence(SINCE + timedelta(hours=1), "2")}, "2"),
    ):
        found, settled = passed_on(owed, done, after)
        keys = [one.key for one in found if not one.lapsed]
        assert keys == [asked[2].key]
        assert {key: one.reference for key, one in settled.items()} == ({keys[0]: proof} if proof else {})


def test_what_was_missed_before_stays_with_the_closed_body() -> None:
    after = {"old": Heir("new", SINCE, CLOSED_ON, is_akimat=False)}
    asked = question("old")
    assert asked.term
    missed = replace(asked, term=replace(asked.term, due=SINCE))
    found, _settled = passed_on([missed], {}, after)
    assert found == [missed]


def question(body: str, opened: timedelta = timedelta(days=-5)) -> Owed:
    term = Term(CLOSED_ON + timedelta(days=3), CLOSED_ON + timedelta(days=3), SINCE + timedelta(days=3))
    key = ("coordination_answer", "2027-H1/1", body, 1)
    return Owed(key, HalfYear.parse("2027-H1"), SINCE + opened, term, None)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answered", "old", "new"),
    [
        (None, "lapsed", "open"),
        (SINCE - timedelta(seconds=1), "done", None),
        (SINCE, "lapsed", "done"),
        (SINCE + timedelta(hours=1), "lapsed", "done"),
    ],
)
def test_a_question_to_a_ministry_passes_on_unless_it_was_answered(
    answered: object, old: str, new: str | None
) -> None:
    after = {"ministry.old": Heir("ministry.new", SINCE, CLOSED_ON, is_akimat=False)}
    asked = question("ministry.old")
    done = {asked.key: Evidence(answered, "2027-H1/1/1")} if answered else {}  # type: ignore[arg-type]
    owed, settled = passed_on([asked, question("ministry.other")], done, after)
    found = {one.key[2]: "done" if one.key in settled else "lapsed" if one.lapsed else "open" for one in owed}
    expected = {"ministry.old": old, "ministry.other": "open"} | ({"ministry.new": new} if new else {})
    assert found == expected
    if new:
        [taken] = [one for one in owed if one.key[2] == "ministry.new"]
        assert taken == replace(asked, key=taken.key, opened_at=SINCE), "the term stays"
