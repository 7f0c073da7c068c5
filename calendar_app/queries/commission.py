"""Reads of the commission: who its members are, who has no vote, what each person is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Membership, User
from accounts.permissions import Role
from calendar_app.models import CalendarHand, RollEntry, Session, Vote
from procedure import sessions, voting
from procedure.deadlines import Due
from procedure.moments import day_of
from regions import workdays

MEMBER_ROLES = (Role.COMMISSION_CHAIR, Role.COMMISSION_DEPUTY_CHAIR, Role.COMMISSION_MEMBER)


@dataclass(frozen=True)
class Asked:
    """A running session before one person. vote: the person's own; barred: has no vote; due: of the materials."""

    session: Session
    vote: Vote | None
    barred: bool
    voted: int
    members: int
    due: Due

    @property
    def waits_for_vote(self) -> bool:
        """Whether the person is asked to vote now."""
        return self.session.state == "open" and self.vote is None and not self.barred


def members_on(day: date) -> list[Membership]:
    """Members with a vote on the day, the chair first; each person once."""
    order = {role.value: place for place, role in enumerate(MEMBER_ROLES)}
    held = Membership.objects.on(day).filter(role__in=MEMBER_ROLES).select_related("user")
    found: dict[int, Membership] = {}
    for one in sorted(held, key=lambda one: (order[one.role], one.pk)):
        found.setdefault(one.user_id, one)
    return list(found.values())


def hands(session: Session) -> set[int]:
    """Who compiled the calendar or answered for a ministry, and therefore has no vote (section 1)."""
    found = CalendarHand.objects.filter(calendar=session.version.calendar_id)
    return set(found.values_list("user_id", flat=True))


def ballot(entries: Sequence[RollEntry], votes: Iterable[Vote]) -> voting.Ballot:
    """A roll, fixed or about to be, and the votes of those on it, as the rule wants them."""
    known = {one.member_id for one in entries}
    return voting.Ballot(
        members=frozenset(str(one.member_id) for one in entries),
        present=frozenset(str(one.member_id) for one in entries if one.present),
        votes={str(one.member_id): one.value for one in votes if one.member_id in known},
        barred=frozenset(str(one.member_id) for one in entries if one.barred),
        presiding=next((str(one.member_id) for one in entries if one.presiding), None),
    )


def asked(user: User, on: date) -> list[Asked]:
    """Running sessions, the soonest first, with what the person has to do with each."""
    running = Session.objects.running().select_related("version__calendar", "rule_set")
    found = list(running.order_by("held_at").prefetch_related("votes"))
    members = members_on(on) if found else []
    is_member = any(one.user_id == user.pk for one in members)
    touched = set(CalendarHand.objects.filter(user=user).values_list("calendar_id", flat=True))
    days = workdays.current()
    return [
        Asked(
            session=one,
            vote=next((vote for vote in one.votes.all() if vote.member_id == user.pk), None),
            barred=not is_member or one.version.calendar_id in touched,
            voted=len(one.votes.all()),
            members=len(members),
            due=sessions.materials_due(day_of(one.held_at), one.rule_set.rules, days),
        )
        for one in found
    ]
