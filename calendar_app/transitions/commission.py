"""The commission: plan a session, send materials, open, vote, close (procedure, section 7)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from accounts import access
from accounts.models import Membership, User
from accounts.permissions import Permission
from audit import journal
from audit.actors import Actor, Subject
from base.errors import Refused, Stale
from calendar_app.labels.calendars import VersionState
from calendar_app.labels.commission import Decision
from calendar_app.letters import commission as letters
from calendar_app.models import CalendarVersion, RollEntry, Session, Vote
from calendar_app.queries import commission as queries
from calendar_app.transitions import calendar_steps, reading_links
from calendar_app.transitions import session_outcomes as outcomes
from procedure import sessions, voting
from procedure.moments import day_of
from procedure.problems import Problem
from procedure.workflows import SESSION
from regions import workdays
from regions.models import Body


@transaction.atomic
def plan(
    *, version: CalendarVersion, kind: str, held_at: datetime, by: User, now: datetime, short_notice: str = ""
) -> Session:
    """Plan the consideration of a submitted version.

    Raises NotPermitted, and Refused if one is planned already or members would have too little time, unless
    `short_notice` says why.
    """
    actor = access.check(by, Permission.SESSION_KEEP, _commission(), now)
    locked = calendar_steps.lock_version(version)
    if locked.state != VersionState.SUBMITTED:
        raise Refused([Problem("nothing_to_consider")])
    if locked.sessions.running().exists():
        raise Refused([Problem("session_planned_already")])
    if held_at < now:
        raise Refused([Problem("session_in_the_past", field="held_at")])
    session = Session(version=locked, kind=kind, held_at=held_at, planned_at=now)
    session.rule_set, session.short_notice = locked.calendar.rule_set, short_notice.strip()
    _refuse_short_notice(session, now)
    session.save(force_insert=True)
    _record("plan", session, actor, now, {"kind": [None, kind]})
    return session


@transaction.atomic
def send_materials(
    *, session: Session, by: User, now: datetime, revision: int, short_notice: str = ""
) -> Session:
    """Every member gets a letter with a personal link to the packet; the notice runs from now on.

    Raises NotPermitted, Stale, and Refused when it is too late for the day of the session without a reason.
    """
    locked, actor = _take_up(session, by, now, revision)
    target = _target("send_materials", locked)
    locked.short_notice = short_notice.strip() or locked.short_notice
    _refuse_short_notice(locked, now)
    _step(locked, target, now, "materials_at", "short_notice")
    written = _send_links(locked, now)
    _record("send_materials", locked, actor, now, {"letters": written})
    return locked


@transaction.atomic
def send_link_again(*, session: Session, member: int, by: User, now: datetime, revision: int) -> Session:
    """A member gets a new link; the one before opens nothing any more. Raises NotPermitted, Stale, Refused."""
    locked, actor = _take_up(session, by, now, revision)
    if locked.state not in ("materials_sent", "open"):
        raise Refused([Problem("no_materials_now")])
    members = [one for one in queries.members_on(day_of(now)) if one.user_id == member]
    if not members:
        raise Refused([Problem("not_a_member_now", field="member")])
    _send_links(locked, now, members)
    _record("send_link_again", locked, actor, now, {})
    return locked


@transaction.atomic
def open_(*, session: Session, by: User, now: datetime, revision: int) -> Session:
    """Open the vote."""
    locked, actor = _take_up(session, by, now, revision)
    _step(locked, _target("open", locked), now, "opened_at")
    _record("open", locked, actor, now, {})
    return locked


@transaction.atomic
def cancel(*, session: Session, by: User, now: datetime, revision: int, reasons: str = "") -> Session:
    """The session does not take place, or had no quorum; another one can be planned. Votes stay as a record."""
    locked, actor = _take_up(session, by, now, revision)
    target = _target("cancel", locked)
    if not reasons.strip():
        raise Refused([Problem("cancel_session_reason_required", field="reasons")])
    locked.reasons = reasons.strip()
    _step(locked, target, now, "reasons")
    _record("cancel", locked, actor, now, {"state": [None, target]})
    return locked


@transaction.atomic
def vote(*, session: Session, value: str, by: User, now: datetime, opinion: str = "") -> Vote:
    """A member's vote, once. Raises NotPermitted, and Refused for who compiled, voted before, or is too late."""
    actor = access.check(by, Permission.SESSION_VOTE, _commission(), now)
    return _vote(_lock(session), by, value, opinion, actor, now)


@transaction.atomic
def enter_vote(
    *, session: Session, member: int, value: str, by: User, now: datetime, revision: int, opinion: str = ""
) -> Vote:
    """The secretary enters what a member said in the session or on a signed voting sheet; the journal names both.

    Raises NotPermitted, Stale, and Refused as `vote` does.
    """
    locked, actor = _take_up(session, by, now, revision)
    known = {one.user_id: one.user for one in queries.members_on(day_of(now))}
    if member not in known:
        raise Refused([Problem("not_a_member_now", field="member")])
    return _vote(locked, known[member], value, opinion, actor, now, entered_by=by)


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
    which needs reasons. Raises NotPermitted, Stale, and Refused without a quorum, before the term of a written
    vote, or when the calendar is not what was submitted.
    """
    access.check(by, Permission.SESSION_KEEP, _commission(), now)
    version = calendar_steps.lock_version(session.version)
    locked, actor = _take_up(session, by, now, revision)
    target = _target("close", locked)
    roll = outcomes.roll(locked, set(present), now)
    ballot = queries.ballot(roll, locked.votes.all())
    outcome = voting.outcome(ballot, locked.rule_set.rules.voting)
    outcomes.refuse_unready(locked, ballot, outcome, reasons, protocol_number, protocol_day, now)
    adopted = outcome.result == voting.Result.ADOPTED
    RollEntry.objects.bulk_create(roll)
    locked.closed_by, locked.decision = by, Decision.APPROVED if adopted else Decision.RETURNED
    locked.reasons, locked.act = "" if adopted else reasons.strip(), act.strip()
    locked.protocol_number, locked.protocol_day = protocol_number.strip(), protocol_day
    decided = ("closed_at", "closed_by", "decision", "reasons", "act", "protocol_number", "protocol_day")
    _step(locked, target, now, *decided)
    outcomes.decide(version, locked, actor, now, "approve" if adopted else "return_")
    _record("close", locked, actor, now, {"decision": [None, locked.decision], **outcomes.figures(outcome)})
    letters.decided(locked, now=now)
    return locked


@transaction.atomic
def record_act(*, session: Session, by: User, now: datetime, revision: int, act: str) -> Session:
    """The act that puts an approved calendar into force, when it came after the session; once.

    Raises NotPermitted, Stale, and Refused without an approval, without words, or when one is recorded.
    """
    locked, actor = _take_up(session, by, now, revision)
    if locked.decision != Decision.APPROVED:
        raise Refused([Problem("nothing_approved")])
    if locked.act:
        raise Refused([Problem("act_recorded_already")])
    if not act.strip():
        raise Refused([Problem("act_required", field="act")])
    locked.act = act.strip()
    locked.revision += 1
    locked.save(update_fields=["act", "revision"])
    _record("record_act", locked, actor, now, {"act": [None, locked.act]})
    return locked


def members_on(day: date) -> list[Membership]:
    """Members with a vote on the day, the chair first; each person once."""
    return queries.members_on(day)


def _vote(
    locked: Session, member: User, value: str, opinion: str, actor: Actor, now: datetime,
    entered_by: User | None = None,
) -> Vote:  # fmt: skip
    if problems := sessions.problems_to_vote(locked.state, locked.kind, locked.held_at, now):
        raise Refused(problems)
    if member.pk in queries.hands(locked):
        problems.append(Problem("may_not_vote", {"person": str(member)}))
    if value not in tuple(voting.Vote):
        problems.append(Problem("not_a_vote", {"person": str(member)}, "value"))
    if locked.votes.filter(member=member).exists():
        problems.append(Problem("voted_already" if entered_by is None else "member_voted_already"))
    if problems:
        raise Refused(problems)
    made = Vote.objects.create(
        session=locked, member=member, value=value, opinion=opinion.strip(), at=now, entered_by=entered_by
    )
    # Before the roll is fixed the journal says that somebody voted, not how.
    _record("vote" if entered_by is None else "enter_vote", locked, actor, now, {"member": str(member.pk)})
    return made


def _send_links(session: Session, now: datetime, members: list[Membership] | None = None) -> int:
    """New links and their letters; how many people are written to."""
    chosen = queries.members_on(day_of(now)) if members is None else members
    sealed = reading_links.make(session, [one.user for one in chosen], now)
    return letters.materials(session, sealed, expires_at=reading_links.expires_at(session, now), now=now)


def _refuse_short_notice(session: Session, now: datetime) -> None:
    problems = sessions.problems_of_notice(
        day_of(now), day_of(session.held_at), session.short_notice, session.rule_set.rules, workdays.current()
    )
    if problems:
        raise Refused(problems)


def _take_up(session: Session, by: User, now: datetime, revision: int) -> tuple[Session, Actor]:
    """The session locked for an act of the secretary. Raises NotPermitted and Stale."""
    actor = access.check(by, Permission.SESSION_KEEP, _commission(), now)
    locked = _lock(session)
    if locked.revision != revision:
        raise Stale
    return locked, actor


def _step(session: Session, target: str, now: datetime, *fields: str) -> None:
    """Save the next state with the named fields; those that end in `_at` are set to now."""
    session.state = target
    for name in fields:
        if name.endswith("_at"):
            setattr(session, name, now)
    session.revision += 1
    session.save(update_fields=["state", "revision", *fields])


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
    subject = Subject("session", str(session.pk), session.label, "commission")
    journal.record(act=f"session.{act}", actor=actor, now=now, subject=subject, changes=changes)
