"""How the commission decides: quorum, majority, tie (procedure, section 7). Exact fractions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from procedure.problems import Problem
from procedure.rule_sets import VotingSettings

__all__ = ["Ballot", "Outcome", "Result", "Vote", "VotingSettings", "outcome", "problems_of_ballot"]


class Vote(StrEnum):
    """What a member may say."""

    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


class Result(StrEnum):
    """What comes of it."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Ballot:
    """Who could vote and who did, by codes of persons.

    members   everybody who is a member on that day: the base of quorum and majority
    present   members on the roll; for a written vote, those who sent a sheet
    votes     member → Vote; a member who is present and not here has not voted
    barred    who compiled the calendar or answered for a ministry: present, but without a vote
    presiding the chair, or the deputy chair in the chair's place; None if nobody presides
    """

    members: frozenset[str]
    present: frozenset[str]
    votes: Mapping[str, str]
    barred: frozenset[str] = field(default_factory=frozenset)
    presiding: str | None = None


@dataclass(frozen=True)
class Outcome:
    """The result and the numbers it rests on."""

    result: Result
    members: int
    present: int
    votes_for: int
    votes_against: int
    abstained: int
    decided_by_chair: bool


def problems_of_ballot(ballot: Ballot) -> list[Problem]:
    """What is wrong with the roll and the votes; `outcome` leaves out what is reported here."""
    problems = [
        Problem("not_a_member", {"person": person}, "present")
        for person in sorted(ballot.present - ballot.members)
    ]
    if ballot.presiding is not None and ballot.presiding not in ballot.present & ballot.members:
        problems.append(Problem("presiding_not_present", {"person": ballot.presiding}, "presiding"))
    for person, vote in sorted(ballot.votes.items()):
        problem = _problem_of_vote(ballot, person, vote)
        if problem:
            problems.append(Problem(problem, {"person": person}, f"votes.{person}"))
    return problems


def outcome(ballot: Ballot, settings: VotingSettings) -> Outcome:
    """Count the votes that may be counted and say what was decided.

    A decision needs the quorum, and more than `majority` of all members or of those present. On a
    tie (as many for as against) with `tie` "chair" the presiding person's vote counts twice: what
    the chair voted for is adopted if that carries it over the majority, and not otherwise.
    """
    present = len(ballot.present & ballot.members)
    counted = [vote for person, vote in ballot.votes.items() if not _problem_of_vote(ballot, person, vote)]
    votes_for, votes_against = counted.count(Vote.FOR), counted.count(Vote.AGAINST)
    base = len(ballot.members) if settings.majority_of == "members" else present
    needed = settings.majority * base
    chair = _chair_vote(ballot) if settings.tie == "chair" and votes_for == votes_against else None
    by_chair = chair is not None and votes_for <= needed < votes_for + 1
    if not _quorate(present, len(ballot.members), settings.quorum):
        result, by_chair = Result.NO_QUORUM, False
    elif votes_for > needed or (by_chair and chair == Vote.FOR):
        result = Result.ADOPTED
    else:
        result = Result.NOT_ADOPTED
    abstained = counted.count(Vote.ABSTAINED)
    return Outcome(result, len(ballot.members), present, votes_for, votes_against, abstained, by_chair)


def _quorate(present: int, members: int, quorum: Fraction) -> bool:
    """Nobody present decides nothing, whatever the share asked for."""
    return present > 0 and present >= quorum * members


def _chair_vote(ballot: Ballot) -> Vote | None:
    """The side that the presiding person took, if that vote counts and takes one."""
    person = ballot.presiding
    if person is None or person not in ballot.votes:
        return None
    vote = ballot.votes[person]
    if vote not in (Vote.FOR, Vote.AGAINST) or _problem_of_vote(ballot, person, vote):
        return None
    return Vote(vote)


def _problem_of_vote(ballot: Ballot, person: str, vote: str) -> str:
    """The code of what keeps the vote from counting; empty if it counts."""
    if person not in ballot.members:
        return "not_a_member"
    if person not in ballot.present:
        return "not_present"
    if person in ballot.barred:
        return "may_not_vote"
    if vote not in tuple(Vote):
        return "not_a_vote"
    return ""
