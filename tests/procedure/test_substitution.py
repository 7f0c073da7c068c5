"""Who may come in the place of a head (procedure, section 4)."""

from dataclasses import replace

import pytest

from procedure.problems import Problem
from procedure.rule_sets import known_rule_sets, parse_rule_set
from procedure.substitution import (
    Document,
    Engagement,
    Footing,
    Ground,
    Standing,
    Substitution,
    document_due,
    document_status,
    duty_breached,
    problems_to_register,
    registered_after_start,
    standing,
)
from tests.procedure.days import at, day
from tests.procedure.officials import ALSO_DEPUTY_PM, DEPUTY, HEAD, INSTRUCTION, MEETING, NO_DOCUMENT, codes

# --- duty, right, refusal -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "ground", "footing"),
    [
        (HEAD, Ground.ILL_HEALTH, "duty"),
        (HEAD, Ground.DELEGATION, "duty"),
        (HEAD, Ground.DEPUTY_PRIME_MINISTER, "refused"),
        (HEAD, "holiday", "refused"),
        (HEAD, "", "refused"),
        (HEAD, None, "refused"),
        (ALSO_DEPUTY_PM, Ground.DEPUTY_PRIME_MINISTER, "right"),
        (ALSO_DEPUTY_PM, Ground.ILL_HEALTH, "duty"),
        (ALSO_DEPUTY_PM, None, "refused"),
        (replace(HEAD, body="ministry.defence"), None, "not_bound"),
        (replace(HEAD, body="ministry.foreign"), Ground.ILL_HEALTH, "not_bound"),
        (replace(HEAD, body="ministry.emergency"), "holiday", "not_bound"),
        (replace(HEAD, body="ministry.interior"), None, "refused"),
    ],
)
def test_a_ground_is_a_duty_a_right_or_nothing(head, ground, footing, rules):
    assert standing(head, ground, MEETING.day, rules).footing == footing


def test_a_refusal_says_why(rules):
    assert standing(HEAD, "holiday", MEETING.day, rules) == Standing(
        Footing.REFUSED, Problem("no_ground", {"ground": "holiday"}, "ground")
    )
    assert standing(HEAD, None, MEETING.day, rules).problem == Problem("no_ground", {"ground": ""}, "ground")
    params = {"person": "head", "day": day("2027-02-06")}
    found = standing(HEAD, Ground.DEPUTY_PRIME_MINISTER, MEETING.day, rules)
    assert found.problem == Problem("not_deputy_prime_minister", params, "ground")
    assert standing(HEAD, Ground.ILL_HEALTH, MEETING.day, rules).problem is None


@pytest.mark.parametrize(
    ("start", "end", "footing"),
    [
        ("2027-02-06", None, "right"),
        ("2027-02-07", None, "refused"),
        ("2026-01-01", "2027-02-06", "right"),
        ("2026-01-01", "2027-02-05", "refused"),
    ],
)
def test_deputy_prime_minister_is_a_post_held_from_a_day_to_a_day(start, end, footing, rules):
    head = replace(
        HEAD, deputy_prime_minister_from=day(start), deputy_prime_minister_to=day(end) if end else None
    )
    assert standing(head, Ground.DEPUTY_PRIME_MINISTER, MEETING.day, rules).footing == footing


def test_the_exempt_are_those_of_the_rule_set():
    later = parse_rule_set(known_rule_sets()["later-act-2024"])
    head = replace(HEAD, body="ministry.interior")
    assert standing(head, None, MEETING.day, later).footing == Footing.NOT_BOUND


def test_a_duty_is_breached_only_if_somebody_could_have_come():
    assert duty_breached(Footing.DUTY, stood_in=False, eligible_deputies=1)
    assert not duty_breached(Footing.DUTY, stood_in=False, eligible_deputies=0)
    assert not duty_breached(Footing.DUTY, stood_in=True, eligible_deputies=2)
    for footing in (Footing.RIGHT, Footing.NOT_BOUND, Footing.REFUSED):
        assert not duty_breached(footing, stood_in=False, eligible_deputies=3)


# --- registering --------------------------------------------------------------------------------


def register(rules, **changes):
    parts = {
        "head": HEAD,
        "deputy": DEPUTY,
        "ground": Ground.DELEGATION,
        "document": NO_DOCUMENT,
        "meeting": MEETING,
        "now": at("2027-02-05T10:00:00+05:00"),
        "rules": rules,
    }
    return problems_to_register(**(parts | changes))


def test_a_substitution_on_a_ground_is_registered_at_once(rules):
    assert register(rules) == []
    assert register(rules, document=INSTRUCTION) == []
    assert register(rules, ground=Ground.ILL_HEALTH) == []


def test_without_a_ground_it_is_refused_but_not_for_the_exempt(rules):
    assert codes(register(rules, ground=None)) == ["no_ground"]
    head = replace(HEAD, body="ministry.defence")
    assert register(rules, head=head, deputy=replace(DEPUTY, body="ministry.defence"), ground=None) == []


def test_everything_in_the_way_is_named_at_once(rules):
    other = Engagement("deputy", MEETING.starts, MEETING.ends)
    found = register(
        rules,
        head=replace(HEAD, in_office_to=day("2027-02-05")),
        ground="holiday",
        deputy=replace(DEPUTY, body="ministry.water"),
        engagements=[other],
        others=[Substitution("head", "somebody")],
    )
    assert [(problem.field, problem.code) for problem in found] == [
        ("head", "head_not_in_office"),
        ("ground", "no_ground"),
        ("deputy", "deputy_of_other_body"),
        ("deputy", "deputy_busy"),
        ("deputy", "already_substituted"),
    ]
    assert found[0].params == {"person": "head"}


@pytest.mark.parametrize("document", [INSTRUCTION, Document("справка"), Document(day=day("2027-02-01"))])
def test_no_medical_document_is_taken(document, rules):
    assert register(rules, ground=Ground.ILL_HEALTH, document=document) == [
        Problem("document_not_stored", field="document")
    ]


@pytest.mark.parametrize("document", [Document(), Document("  ")])
def test_an_empty_document_is_none(document, rules):
    assert document.is_empty
    assert register(rules, ground=Ground.ILL_HEALTH, document=document) == []


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2027-02-06T11:00:00+05:00", []),
        ("2027-02-10T09:59:59.999999+05:00", []),
        ("2027-02-10T10:00:00+05:00", ["report_published"]),
        ("2027-02-11T10:00:00+05:00", ["report_published"]),
    ],
)
def test_it_may_be_registered_until_the_report_is_published(now, expected, rules):
    meeting = replace(MEETING, report_published_at=at("2027-02-10T10:00:00+05:00"))
    assert codes(register(rules, meeting=meeting, now=at(now))) == expected


@pytest.mark.parametrize(
    ("registered", "after"),
    [
        ("2027-02-06T10:59:59.999999+05:00", False),
        ("2027-02-06T11:00:00+05:00", True),
        ("2027-02-06T12:00:00+05:00", True),
    ],
)
def test_registering_after_the_start_is_marked(registered, after):
    assert registered_after_start(MEETING, at(registered)) is after


# --- the document behind ground (b) -------------------------------------------------------------


def test_the_document_may_follow_within_three_working_days(rules, workdays, process_zone):
    due = document_due(day("2027-02-05"), rules, workdays)  # a Friday
    assert (due.kind, due.last_day) == ("ground_document", day("2027-02-10"))


@pytest.mark.parametrize(
    ("ground", "document", "moment", "expected"),
    [
        (Ground.DELEGATION, INSTRUCTION, "2027-02-05T10:00:00+05:00", "complete"),
        (Ground.DELEGATION, INSTRUCTION, "2027-02-20T10:00:00+05:00", "complete"),
        (Ground.DELEGATION, NO_DOCUMENT, "2027-02-10T23:59:59.999999+05:00", "to_follow"),
        (Ground.DELEGATION, NO_DOCUMENT, "2027-02-11T00:00:00+05:00", "overdue"),
        (Ground.DELEGATION, Document("123-р"), "2027-02-05T10:00:00+05:00", "to_follow"),
        (Ground.DELEGATION, Document(" ", day("2027-02-01")), "2027-02-05T10:00:00+05:00", "to_follow"),
        (Ground.ILL_HEALTH, NO_DOCUMENT, "2027-02-20T10:00:00+05:00", "not_needed"),
        (Ground.DEPUTY_PRIME_MINISTER, NO_DOCUMENT, "2027-02-20T10:00:00+05:00", "not_needed"),
        (None, NO_DOCUMENT, "2027-02-20T10:00:00+05:00", "not_needed"),
    ],
)
def test_how_the_document_stands(ground, document, moment, expected, rules, workdays):
    due = document_due(day("2027-02-05"), rules, workdays)
    assert document_status(ground, document, due, at(moment), rules) == expected
