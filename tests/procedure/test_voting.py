"""How the commission decides (procedure, section 7)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedure.problems import Problem
from procedure.voting import Ballot, Outcome, Result, VotingSettings, outcome, problems_of_ballot

DEFAULT = VotingSettings()


def ballot(members, votes, absent=0, /, **changes):
    """`votes` gives one letter for each member from m0: f(or), a(gainst), s(tained), - (no vote).

    The last `absent` members are not on the roll; m0 presides unless told otherwise.
    """
    people = [f"m{number}" for number in range(members)]
    words = {"f": "for", "a": "against", "s": "abstained"}
    parts = {
        "members": frozenset(people),
        "present": frozenset(people[: members - absent]),
        "votes": {person: words[vote] for person, vote in zip(people, votes, strict=False) if vote != "-"},
        "presiding": "m0",
    }
    return Ballot(**(parts | changes))


@pytest.mark.parametrize(
    ("members", "absent", "votes", "result"),
    [
        # quorum: two thirds of the members, exactly two thirds is enough
        (7, 2, "fffff", "adopted"),
        (7, 3, "ffff", "no_quorum"),
        (9, 3, "ffffff", "adopted"),
        (9, 4, "fffff", "no_quorum"),
        (3, 1, "ff", "adopted"),
        (3, 2, "f", "no_quorum"),
        (10, 3, "fffffff", "adopted"),
        (10, 4, "ffffff", "no_quorum"),
        # more than half of all members, not of those present
        (7, 0, "ffffaaa", "adopted"),
        (7, 0, "fffaaaa", "not_adopted"),
        (7, 2, "ffffa", "adopted"),
        (7, 2, "fffaa", "not_adopted"),
        (9, 3, "fffffa", "adopted"),
        (9, 3, "ffffaa", "not_adopted"),
        (8, 0, "fffffaaa", "adopted"),
        (8, 0, "ffffsaaa", "not_adopted"),
        (7, 0, "ffffsss", "adopted"),
        (7, 0, "fffssss", "not_adopted"),
        (7, 0, "-------", "not_adopted"),
        (1, 0, "f", "adopted"),
        (1, 0, "a", "not_adopted"),
        (0, 0, "", "no_quorum"),
    ],
)
def test_quorum_and_majority_are_counted_from_all_members(members, absent, votes, result):
    found = outcome(ballot(members, votes, absent), DEFAULT)
    assert (found.result, found.decided_by_chair) == (result, False)


@pytest.mark.parametrize(
    ("members", "absent", "votes", "result", "by_chair"),
    [
        (8, 0, "ffffaaaa", "adopted", True),
        (8, 0, "aaaaffff", "not_adopted", True),
        (8, 0, "saaaffff", "not_adopted", False),
        (7, 1, "fffaaa", "adopted", True),
        (7, 1, "aaafff", "not_adopted", True),
        (7, 0, "sfffaaa", "not_adopted", False),
        (7, 0, "fffsaaa", "adopted", True),
        # two of seven are too few, with the chair's vote counted twice as well
        (7, 0, "ffaasss", "not_adopted", False),
        # and three of six once more make four of six, but not of eight
        (8, 2, "fffaaa", "not_adopted", False),
        # not a tie: the chair's vote is one vote
        (8, 0, "ffffaaas", "not_adopted", False),
        (8, 0, "fffffaaa", "adopted", False),
        (7, 4, "fa-", "no_quorum", False),
        (4, 2, "fa", "no_quorum", False),
    ],
)
def test_a_tie_is_decided_by_the_chair(members, absent, votes, result, by_chair):
    found = outcome(ballot(members, votes, absent), DEFAULT)
    assert (found.result, found.decided_by_chair) == (result, by_chair)


def test_a_tie_without_anybody_presiding_adopts_nothing():
    found = outcome(ballot(8, "ffffaaaa", presiding=None), DEFAULT)
    assert (found.result, found.decided_by_chair) == (Result.NOT_ADOPTED, False)


@pytest.mark.parametrize(
    ("settings", "members", "absent", "votes", "result"),
    [
        (VotingSettings(tie="rejected"), 8, 0, "ffffaaaa", "not_adopted"),
        (VotingSettings(quorum=Fraction(1, 2)), 8, 4, "ffff", "not_adopted"),
        (VotingSettings(quorum=Fraction(1, 2)), 8, 3, "fffff", "adopted"),
        (VotingSettings(quorum=Fraction(1, 2)), 8, 5, "fff", "no_quorum"),
        (VotingSettings(quorum=Fraction(0)), 1, 1, "", "no_quorum"),
        (VotingSettings(majority_of="present"), 9, 3, "ffffaa", "adopted"),
        (VotingSettings(majority_of="present"), 9, 3, "fffaaa", "adopted"),
        (VotingSettings(majority_of="present"), 9, 3, "affaas", "not_adopted"),
        (VotingSettings(majority=Fraction(2, 3)), 9, 0, "ffffffaaa", "not_adopted"),
        (VotingSettings(majority=Fraction(2, 3)), 9, 0, "fffffffaa", "adopted"),
        # more for than asked although it is a tie: the chair is not needed
        (VotingSettings(majority=Fraction(1, 3)), 8, 0, "aaaaffff", "adopted"),
    ],
)
def test_shares_and_tie_are_settings(settings, members, absent, votes, result):
    found = outcome(ballot(members, votes, absent), settings)
    assert found.result == result


def test_the_numbers_of_the_outcome_are_kept():
    found = outcome(ballot(9, "ffffasss", 1), DEFAULT)
    assert found == Outcome(Result.NOT_ADOPTED, 9, 8, 4, 1, 3, False)


def test_who_is_barred_counts_as_present_but_has_no_vote():
    asked = ballot(7, "ffffaaa", barred=frozenset({"m3"}))
    assert problems_of_ballot(asked) == [Problem("may_not_vote", {"person": "m3"}, "votes.m3")]
    assert outcome(asked, DEFAULT) == Outcome(Result.ADOPTED, 7, 7, 3, 3, 0, True)


def test_a_barred_chair_decides_no_tie():
    asked = ballot(9, "fffffaaaa", barred=frozenset({"m0"}))
    assert outcome(asked, DEFAULT) == Outcome(Result.NOT_ADOPTED, 9, 9, 4, 4, 0, False)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        (
            {"present": frozenset({"m0", "m1", "m2", "x"})},
            Problem("not_a_member", {"person": "x"}, "present"),
        ),
        ({"votes": {"x": "for"}}, Problem("not_a_member", {"person": "x"}, "votes.x")),
        (
            {"present": frozenset({"m0", "m1"}), "votes": {"m2": "for"}},
            Problem("not_present", {"person": "m2"}, "votes.m2"),
        ),
        ({"votes": {"m1": "maybe"}}, Problem("not_a_vote", {"person": "m1"}, "votes.m1")),
        ({"presiding": "x"}, Problem("presiding_not_present", {"person": "x"}, "presiding")),
        (
            {"present": frozenset({"m1", "m2"})},
            Problem("presiding_not_present", {"person": "m0"}, "presiding"),
        ),
    ],
)
def test_a_wrong_roll_or_vote_is_named_and_left_out(changes, problem):
    asked = ballot(3, "", **changes)
    assert problems_of_ballot(asked) == [problem]
    found = outcome(asked, DEFAULT)
    assert (found.votes_for, found.votes_against, found.abstained) == (0, 0, 0)
    assert found.present <= found.members


def test_who_presides_must_be_a_member():
    asked = ballot(3, "", present=frozenset({"m0", "m1", "x"}), presiding="x")
    assert [problem.code for problem in problems_of_ballot(asked)] == [
        "not_a_member",
        "presiding_not_present",
    ]


def test_a_proper_ballot_has_no_problems():
    assert problems_of_ballot(ballot(7, "ffffsa-", 0)) == []
    assert problems_of_ballot(ballot(7, "fffffsa", presiding=None)) == []


LETTERS = st.text(alphabet="fas-", min_size=1, max_size=12)


@given(LETTERS, st.integers(0, 4), st.integers(0, 11), st.sampled_from(["members", "present"]))
def test_one_more_vote_for_never_undoes_a_decision(votes, absent, index, base):
    settings = VotingSettings(majority_of=base)
    members = len(votes) + absent
    before = outcome(ballot(members, votes, absent), settings)
    if before.result == Result.ADOPTED and index < len(votes):
        changed = votes[:index] + "f" + votes[index + 1 :]
        assert outcome(ballot(members, changed, absent), settings).result == Result.ADOPTED


@given(LETTERS, st.integers(0, 4))
def test_nothing_is_adopted_by_fewer_than_half_of_all_members(votes, absent):
    found = outcome(ballot(len(votes) + absent, votes, absent), DEFAULT)
    if found.result == Result.ADOPTED:
        assert 2 * found.votes_for > found.members - 2
        assert 3 * found.present >= 2 * found.members
    assert found.votes_for + found.votes_against + found.abstained <= found.present
