"""Which deputy may come in the place of a head (procedure, section 4)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.problems import Problem
from procedure.substitution import Engagement, Meeting, Substitution, is_eligible, problems_of_deputy
from tests.procedure.days import at, day
from tests.procedure.officials import DEPUTY, HEAD, MEETING, codes


def test_a_deputy_of_the_same_body_in_office_and_free_can_come():
    assert problems_of_deputy(DEPUTY, HEAD, MEETING) == []
    assert is_eligible(DEPUTY, HEAD, MEETING)


@pytest.mark.parametrize(
    ("deputy", "code"),
    [
        (replace(DEPUTY, person="head"), "deputy_is_head"),
        (replace(DEPUTY, is_head=True), "deputy_is_head"),
        (replace(DEPUTY, body="ministry.water"), "deputy_of_other_body"),
        (replace(DEPUTY, in_office_from=day("2027-02-07")), "deputy_not_in_office"),
        (replace(DEPUTY, in_office_to=day("2027-02-05")), "deputy_not_in_office"),
    ],
)
def test_others_cannot_and_it_is_said_why(deputy, code):
    assert problems_of_deputy(deputy, HEAD, MEETING) == [Problem(code, {"person": deputy.person}, "deputy")]
    assert not is_eligible(deputy, HEAD, MEETING)


@pytest.mark.parametrize(
    "deputy",
    [replace(DEPUTY, in_office_from=day("2027-02-06")), replace(DEPUTY, in_office_to=day("2027-02-06"))],
)
def test_the_first_and_the_last_day_in_office_count(deputy):
    assert is_eligible(deputy, HEAD, MEETING)


def test_the_day_in_office_is_the_day_in_almaty():
    late_evening = Meeting(at("2027-02-05T20:00:00+00:00"), at("2027-02-05T21:00:00+00:00"))
    assert late_evening.day == day("2027-02-06")
    assert is_eligible(replace(DEPUTY, in_office_from=day("2027-02-06")), HEAD, late_evening)


@pytest.mark.parametrize(
    ("starts", "ends", "busy"),
    [
        ("09:00", "11:00", False),
        ("09:00", "11:01", True),
        ("12:59", "14:00", True),
        ("13:00", "14:00", False),
        ("11:30", "12:00", True),
        ("10:00", "14:00", True),
    ],
)
def test_a_deputy_is_busy_while_another_meeting_lasts(starts, ends, busy):
    other = Engagement("deputy", at(f"2027-02-06T{starts}:00+05:00"), at(f"2027-02-06T{ends}:00+05:00"))
    expected = ["deputy_busy"] if busy else []
    assert codes(problems_of_deputy(DEPUTY, HEAD, MEETING, [other])) == expected
    assert codes(problems_of_deputy(DEPUTY, HEAD, MEETING, [replace(other, person="somebody")])) == []


@pytest.mark.parametrize(
    ("absent", "deputy", "expected"),
    [
        ("other-head", "other-deputy", []),
        ("head", "somebody", ["already_substituted"]),
        ("head", "deputy", ["already_substituted", "deputy_stands_in_already"]),
        ("somebody", "deputy", ["deputy_stands_in_already"]),
        # chains: the deputy is substituted, or the absent one stands in for somebody
        ("deputy", "somebody", ["chain"]),
        ("somebody", "head", ["chain"]),
        # a loop of two
        ("deputy", "head", ["chain"]),
    ],
)
def test_there_are_no_chains_and_no_loops(absent, deputy, expected):
    found = problems_of_deputy(DEPUTY, HEAD, MEETING, others=[Substitution(absent, deputy)])
    assert codes(found) == expected
    assert is_eligible(DEPUTY, HEAD, MEETING, (), [Substitution(absent, deputy)]) is (not expected)


def test_a_busy_deputy_is_not_eligible():
    assert not is_eligible(DEPUTY, HEAD, MEETING, [Engagement("deputy", MEETING.starts, MEETING.ends)])


PEOPLE = st.sampled_from("abcde")


@given(st.lists(st.tuples(PEOPLE, PEOPLE), max_size=12))
def test_whatever_is_tried_everybody_has_one_place(attempts):
    """Register what the rule lets through: nobody is both absent and standing in, nor either twice."""
    made = []
    for absent, deputy in attempts:
        head = replace(HEAD, person=absent)
        if is_eligible(replace(DEPUTY, person=deputy), head, MEETING, others=made):
            made.append(Substitution(absent, deputy))
    places = [person for substitution in made for person in (substitution.absent, substitution.deputy)]
    assert len(places) == len(set(places))
