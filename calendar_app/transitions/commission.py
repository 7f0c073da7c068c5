"""The commission: plan a session, send materials, open, vote, close (procedure, section 7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from accounts import access
from accounts.models import Membership, User
from accounts.permissions import Permission, Role
from audit import journal
from audit.actors import Actor, Subject
from base.errors import Refused, Stale
from calendar_app.labels.calendars import VersionState
from calendar_app.labels.commission import Decision
from calendar_app.models import CalendarHand, CalendarVersion, RollEntry, Session, Vote
from calendar_app.transitions import calendar_steps
from procedure import voting
from procedure.moments import day_of
from procedure.problems import Problem
from procedure.workflows import SESSION
from regions.models import Body

MEMBER_ROLES = (Role.COMMISSION_CHAIR, Role.COMMISSION_DEPUTY_CHAIR, Role.COMMISSION_MEMBER)


@transaction.atomic
def plan(*, version: CalendarVersion, kind: str, held_at: datetime, by: User, now: datetime) -> Session:
    """Plan the consideration of a submitted version. Raises NotPermitted, and Refused if one is planned already."""
    actor = access.check(by, Permission.SESSION_KEEP, _commission(), now)
    locked = calendar_steps.lock_version(version)
    if locked.state != VersionState.SUBMITTED:
        raise Refused([Problem("nothing_to_consider")])
    if locked.sessions.running().exists():
        raise Refused([Problem("session_planned_already")])
    if held_at < now:
        raise Refused([Problem("session_in_the_past", field="held_at")])
    session = Session.objects.create(
        version=locked, kind=kind, held_at=held_at, planned_at=now, rule_set=locked.calendar.rule_set
    )
    _record("plan", session, actor, now, {"kind": [None, kind]})
    return session


@transaction.atomic
def send_materials(*, session: Session, by: User, now: datetime, revision: int) -> Session:
    """The members have the materials: from now on the notice runs."""
    return _step("send_materials", "materials_at", session, by, now, revision)


@transaction.atomic
def open_(*, session: Session, by: User, now: datetime, revision: int) -> Session:
    """Open the vote."""
    return _step("open", "opened_at", session, by, now, revision)


@transaction.atomic
def vote(*, session: Session, value: str, by: User, now: datetime, opinion: str = "") -> Vote:
    """A member's vote, once. Raises NotPermitted, and Refused for who compiled, voted before, or is too late."""
    actor = access.check(by, Permission.SESSION_VOTE, _commission(), now)
    locked = _lock(session)
    if locked.state != "open":
        raise Refused([Problem("voting_not_open")])
    if by.pk in hands(locked):
        raise Refused([Problem("may_not_vote", {"person": str(by)})])
    if value not in tuple(voting.Vote):
        raise Refused([Problem("not_a_vote", {"person": str(by)}, "value")])
    if locked.votes.filter(member=by).exists():
        raise Refused([Problem("voted_already")])
    made = Vote.objects.create(session=locked, member=by, value=value, opinion=opinion.strip(), at=now)
    _record("vote", locked, actor, now, {})
    return made


@transaction.atomic
def close(
    *,
    session: Session,
    by: User,
    now: datetime,
    revision: int,
    present: Collection[int],
    protocol_number: str,
    protocol_day: date,
    reasons: str = "",
    act: str = "",
) -> Session:
    """Fix the roll, count the votes, record the protocol, and approve or return the version.

    `present` are users on the roll; whoever voted is on it anyway. Without a majority the version is returned,
    which needs reasons. Raises NotPermitted, Stale, and Refused without a quorum.
    """
    actor = access.check(by, Permission.SESSION_KEEP, _commission(), now)
    version = calendar_steps.lock_version(session.version)
    locked = _lock(session)
    if locked.revision != revision:
        raise Stale
    target = _target("close", locked)
    roll = _roll(locked, set(present), day_of(now))
    ballot = _ballot(locked, roll)
    outcome = voting.outcome(ballot, locked.rule_set.rules.voting)
    adopted = outcome.result == voting.Result.ADOPTED
    _refuse_unready(voting.problems_of_ballot(ballot), outcome, reasons, protocol_number)
    RollEntry.objects.bulk_create(roll)
    locked.state, locked.closed_at, locked.closed_by = target, now, by
    locked.decision = Decision.APPROVED if adopted else Decision.RETURNED
    locked.reasons = "" if adopted else reasons.strip()
    locked.protocol_number, locked.protocol_day, locked.act = (
        protocol_number.strip(),
        protocol_day,
        act.strip(),
    )
    locked.revision += 1
    locked.save()
    _decide(version, actor, now, "approve" if adopted else "return_")
    changes = {
        "decision": [None, locked.decision],
        "for": outcome.votes_for,
        "against": outcome.votes_against,
        "abstained": outcome.abstained,
        "present": outcome.present,
        "members": outcome.members,
    }
    _record("close", locked, actor, now, changes)
    return locked


def members_on(day: date) -> list[Membership]:
    """Members with a vote on the day, the chair first; each person once."""
    order = {role.value: place for place, role in enumerate(MEMBER_ROLES)}
    held = Membership.objects.on(day).filter(role__in=MEMBER_ROLES).select_related("user")
    found: dict[int, Membership] = {}
    for one in sorted(held, key=lambda one: (order[one.role], one.pk)):
        found.setdefault(one.user_id, one)
    return list(found.values())


def hands(session: Session) -> set[int]:
    """Who compiled the calendar or answered for a ministry."""
    found = CalendarHand.objects.filter(calendar=session.version.calendar_id)
    return set(found.values_list("user_id", flat=True))


def _roll(session: Session, present: set[int], day: date) -> list[RollEntry]:
    """The roll as it will be fixed; the chair presides, else the deputy chair."""
    members, barred = members_on(day), hands(session)
    known = {one.user_id for one in members}
    if present - known:
        raise Refused([Problem("not_a_member", {"person": "…"}, "present")])
    present = present | (set(session.votes.values_list("member_id", flat=True)) & known)
    leaders = [one for one in members if one.user_id in present and one.role != Role.COMMISSION_MEMBER]
    return [
        RollEntry(
            session=session,
            member=one.user,
            role=one.role,
            present=one.user_id in present,
            barred=one.user_id in barred,
            presiding=bool(leaders) and one is leaders[0],
        )
        for one in members
    ]


def _ballot(session: Session, roll: list[RollEntry]) -> voting.Ballot:
    known = {one.member_id for one in roll}
    votes = {str(one.member_id): one.value for one in session.votes.all() if one.member_id in known}
    return voting.Ballot(
        members=frozenset(str(one.member_id) for one in roll),
        present=frozenset(str(one.member_id) for one in roll if one.present),
        votes=votes,
        barred=frozenset(str(one.member_id) for one in roll if one.barred),
        presiding=next((str(one.member_id) for one in roll if one.presiding), None),
    )


def _refuse_unready(
    problems: list[Problem], outcome: voting.Outcome, reasons: str, protocol_number: str
) -> None:
    if outcome.result == voting.Result.NO_QUORUM:
        problems = [*problems, Problem("no_quorum", {"present": outcome.present, "members": outcome.members})]
    elif outcome.result == voting.Result.NOT_ADOPTED and not reasons.strip():
        problems = [*problems, Problem("return_reasons_required", field="reasons")]
    if not protocol_number.strip():
        problems = [*problems, Problem("protocol_number_required", field="protocol_number")]
    if problems:
        raise Refused(problems)


def _decide(version: CalendarVersion, actor: Actor, now: datetime, act: str) -> None:
    """The version follows the decision; a return opens a round with a term of its own."""
    before, version.state = version.state, calendar_steps.target(act, version)
    version.decided_at = now
    calendar_steps.save(version, "state", "decided_at")
    if act == "return_":
        version.calendar.round += 1
        version.calendar.save(update_fields=["round"])
    calendar_steps.record(act.rstrip("_"), version, actor, now, {"state": [before, version.state]})


def _step(act: str, instant: str, session: Session, by: User, now: datetime, revision: int) -> Session:
    actor = access.check(by, Permission.SESSION_KEEP, _commission(), now)
    locked = _lock(session)
    if locked.revision != revision:
        raise Stale
    before, locked.state = locked.state, _target(act, locked)
    setattr(locked, instant, now)
    locked.revision += 1
    locked.save(update_fields=["state", "revision", instant])
    _record(act, locked, actor, now, {"state": [before, locked.state]})
    return locked


def _target(act: str, session: Session) -> str:
    found = SESSION.target(act, session.state)
    if isinstance(found, Problem):
        raise Refused([found])
    return found


def _lock(session: Session) -> Session:
    return (
        Session.objects.select_related("version__calendar", "rule_set")
        .select_for_update(of=("self",))
        .get(pk=session.pk)
    )


def _commission() -> Body:
    return Body.objects.get(code="commission")


def _record(act: str, session: Session, actor: Actor, now: datetime, changes: dict[str, object]) -> None:
    label = f"{session.version.half_year} v{session.version.number}"
    journal.record(
        act=f"session.{act}",
        actor=actor,
        now=now,
        subject=Subject("session", str(session.pk), label, "commission"),
        changes=changes,
    )
