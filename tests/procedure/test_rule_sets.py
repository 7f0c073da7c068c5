"""Rule sets: the shipped ones, and what is refused (procedure, section 3)."""

import time
from fractions import Fraction

import pytest

from procedure.problems import Problem
from procedure.rule_sets import DEFAULT_CODE, InvalidRuleSet, VotingSettings, known_rule_sets, parse_rule_set
from procedure.toml_tables import DOCUMENT_LIMIT, TEXT_LIMIT, read_document
from tests.procedure.days import rules_with, text_with


def problems(text):
    with pytest.raises(InvalidRuleSet) as caught:
        parse_rule_set(text)
    return caught.value.problems


def found(text):
    return [(problem.field, problem.code) for problem in problems(text)]


def test_the_shipped_rule_sets_are_valid_and_named_by_their_files():
    texts = known_rule_sets()
    assert list(texts) == [DEFAULT_CODE, "later-act-2024"]
    for code, text in texts.items():
        assert parse_rule_set(text).code == code


def test_the_default_is_the_draft_of_2023(rules):
    assert rules.code == DEFAULT_CODE
    assert set(rules.title) == set(rules.source) == {"kk", "ru", "en"}
    assert rules.exempt_bodies == ("ministry.defence", "ministry.emergency", "ministry.foreign")
    assert rules.voting == VotingSettings(Fraction(2, 3), Fraction(1, 2), "members", "chair")
    assert rules.quorum == Fraction(2, 3)
    assert rules.substitution_confirmation is False
    assert {kind: rule.mark for kind, rule in rules.deadlines.items()} == dict.fromkeys(
        rules.deadlines, "stated"
    )
    assert all(rule.inclusive and rule.shift == "none" for rule in rules.deadlines.values())
    assert {rule.mark for rule in rules.terms.values()} == {"decided"}


def test_the_terms_of_the_default(rules):
    assert {kind: (rule.days, rule.unit) for kind, rule in rules.terms.items()} == {
        "topic_list_review": (5, "working_days"),
        "topic_list_round": (5, "working_days"),
        "coordination_answer": (10, "calendar_days"),
        "calendar_submission_round": (10, "calendar_days"),
        "publication": (1, "working_days"),
        "announcement": (10, "calendar_days"),
        "report": (10, "calendar_days"),
        "answers": (10, "calendar_days"),
        "ground_document": (3, "working_days"),
        "materials": (3, "working_days"),
    }


def test_the_later_act_exempts_two_more_bodies_and_decides_the_dates():
    later = parse_rule_set(known_rule_sets()["later-act-2024"])
    assert later.is_exempt("ministry.interior")
    assert later.is_exempt("ministry.justice")
    assert {rule.mark for rule in later.deadlines.values()} == {"decided"}


def test_exemption_is_by_body(rules):
    assert rules.is_exempt("ministry.defence")
    assert not rules.is_exempt("ministry.justice")
    assert not rules.is_exempt("ministry")


RULE = "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1"
LIST_RULE = f'rule = "{RULE}"\ninclusive = true\nshift = "none"\nclause = "2.1"\nmark = "stated"'
REVIEW = '[terms.topic_list_review]\ndays = 5\nunit = "working_days"'


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (RULE, RULE[:-1] + "31", ("deadlines.topic_list.rule", "impossible_date")),
        (RULE, "every June", ("deadlines.topic_list.rule", "rule_not_readable")),
        (RULE, "", ("deadlines.topic_list.rule", "missing")),
        (RULE, RULE.replace("6,", ""), ("deadlines.topic_list.rule", "no_date_in_period")),
        ("[deadlines.topic_list]", "[deadlines.sermon]", ("deadlines.sermon", "unknown_key")),
        ("[deadlines.topic_list]", "[deadlines.sermon]", ("deadlines.topic_list", "missing")),
        ("[terms.report]", "[terms.gossip]", ("terms.gossip", "unknown_key")),
        ("[grounds.ill_health]", "[grounds.holiday]", ("grounds.holiday", "unknown_key")),
        (LIST_RULE, LIST_RULE.replace('"none"', '"both"'), ("deadlines.topic_list.shift", "not_a_choice")),
        (
            LIST_RULE,
            LIST_RULE.replace('"none"', '["previous", "next"]'),
            ("deadlines.topic_list.shift", "wrong_type"),
        ),
        (LIST_RULE, LIST_RULE + '\nshifts = "next"', ("deadlines.topic_list.shifts", "unknown_key")),
        (LIST_RULE, LIST_RULE.replace('clause = "2.1"\n', ""), ("deadlines.topic_list.clause", "missing")),
        (LIST_RULE, LIST_RULE.replace('"2.1"', '" "'), ("deadlines.topic_list.clause", "missing")),
        (
            LIST_RULE,
            LIST_RULE.replace('"2.1"', '"\\u0000"'),
            ("deadlines.topic_list.clause", "control_character"),
        ),
        (LIST_RULE, LIST_RULE.replace("true", '"yes"'), ("deadlines.topic_list.inclusive", "wrong_type")),
        (LIST_RULE, LIST_RULE.replace("stated", "sworn"), ("deadlines.topic_list.mark", "not_a_choice")),
        (REVIEW, REVIEW.replace("5", "-1"), ("terms.topic_list_review.days", "out_of_range")),
        (REVIEW, REVIEW.replace("5", "367"), ("terms.topic_list_review.days", "out_of_range")),
        (REVIEW, REVIEW.replace("5", "true"), ("terms.topic_list_review.days", "wrong_type")),
        (REVIEW, REVIEW.replace("5", "5.0"), ("terms.topic_list_review.days", "wrong_type")),
        (REVIEW, REVIEW.replace("working_days", "weeks"), ("terms.topic_list_review.unit", "not_a_choice")),
        (REVIEW, REVIEW.replace('unit = "working_days"', ""), ("terms.topic_list_review.unit", "missing")),
        ('code = "decree-draft-2023"', 'code = "Decree 863"', ("code", "not_a_code")),
        ('code = "decree-draft-2023"', "", ("code", "missing")),
        ('en = "Draft decree, 2023"', "", ("title.en", "missing")),
        ('en = "Draft decree, 2023"', f'en = "{"x" * (TEXT_LIMIT + 1)}"', ("title.en", "text_too_long")),
        ('"ministry.defence", ', '"Ministry of Defence", ', ("exempt.bodies", "not_a_body")),
        ('"ministry.defence", ', '"ministry.foreign", ', ("exempt.bodies", "named_twice")),
        ('"ministry.defence", ', "7, ", ("exempt.bodies", "wrong_type")),
        ('effect = "must"', 'effect = "shall"', ("grounds.ill_health.effect", "not_a_choice")),
        ('quorum = "2/3"', "quorum = 0.67", ("voting.quorum", "wrong_type")),
        ('quorum = "2/3"', 'quorum = "2"', ("voting.quorum", "not_a_fraction")),
        ('quorum = "2/3"', 'quorum = "2/0"', ("voting.quorum", "not_a_fraction")),
        ('quorum = "2/3"', 'quorum = "4/3"', ("voting.quorum", "not_a_fraction")),
        ('quorum = "2/3"', 'quorum = "-1/3"', ("voting.quorum", "not_a_fraction")),
        ('majority_of = "members"', 'majority_of = "voters"', ("voting.majority_of", "not_a_choice")),
        ('tie = "chair"', 'tie = "coin"', ("voting.tie", "not_a_choice")),
        ("confirmation = false", "confirmation = 0", ("substitution.confirmation", "wrong_type")),
        ("[voting]", "[ballots]", ("voting", "missing")),
        ("[voting]", "[ballots]", ("ballots", "unknown_key")),
        ("[title]", "[titles]", ("title", "missing")),
    ],
)
def test_a_wrong_rule_set_is_refused_with_the_place_of_the_mistake(old, new, problem):
    assert problem in found(text_with((old, new)))


def test_every_mistake_is_reported_at_once():
    text = text_with((REVIEW, REVIEW.replace("5", "-1")), ('tie = "chair"', 'tie = "coin"'))
    assert found(text) == [("terms.topic_list_review.days", "out_of_range"), ("voting.tie", "not_a_choice")]


def test_a_table_of_another_type_is_refused():
    assert ("deadlines", "wrong_type") in found('code = "x"\ndeadlines = 3')


def test_a_choice_names_what_is_allowed():
    [problem] = problems(text_with(('tie = "chair"', 'tie = "coin"')))
    assert problem.params == {"value": "coin", "allowed": ("chair", "rejected")}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing"),
        ("this is = not = toml", "document_not_readable"),
        ("a = 1\na = 2", "document_not_readable"),
        ('code = "x\x00"', "nul_character"),
        ("#" * 1_000_000, "document_too_long"),
        ("a = " + "[" * 20_000, "document_not_readable"),
        ("a = " + "9" * 20_000, "document_not_readable"),
        ("\ud800 = 1", "document_not_readable"),
    ],
)
def test_hostile_text_is_refused_quickly(text, code):
    started = time.perf_counter()
    assert code in [problem.code for problem in problems(text)]
    assert time.perf_counter() - started < 1


def test_a_document_of_the_allowed_size_is_read():
    assert read_document("#" * DOCUMENT_LIMIT) == ({}, [])
    assert read_document("#" * (DOCUMENT_LIMIT + 1))[1] == [
        Problem("document_too_long", {"limit": DOCUMENT_LIMIT})
    ]


def test_the_error_says_where_for_people_who_read_logs():
    with pytest.raises(InvalidRuleSet, match=r"voting\.tie: not_a_choice"):
        parse_rule_set(text_with(('tie = "chair"', 'tie = "coin"')))


def test_a_ground_may_be_left_out():
    old = (
        '[grounds.deputy_prime_minister]\neffect = "may"\ndocument = false\nclause = "4.2"\nmark = "stated"\n'
    )
    assert set(rules_with((old, "")).grounds) == {"ill_health", "delegation"}


@pytest.mark.parametrize("days", [0, 366])
def test_the_shortest_and_the_longest_term_are_allowed(days):
    rules = rules_with((REVIEW, REVIEW.replace("5", str(days))))
    assert rules.terms["topic_list_review"].days == days


def test_rule_sets_can_be_keys(rules):
    assert {rules: 1}[parse_rule_set(known_rule_sets()[DEFAULT_CODE])] == 1
