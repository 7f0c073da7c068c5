"""What comes of a session: the roll, the ballot, what keeps it from being closed, and the version's next state."""

from __future__ import annotations

from datetime import date, datetime

from accounts.permissions import Role
from audit.actors import Actor
from base.errors import Refused
from calendar_app import calendar_snapshots
from calendar_app.labels.commission import SessionKind
from calendar_app.models import CalendarSubmission, CalendarVersion, RollEntry, Session
from calendar_app.queries import commission as queries
from calendar_app.transitions import calendar_steps
from procedure import sessions, voting
from procedure.moments import day_of
from procedure.problems import Problem


def roll(session: Session, present: set[int], now: datetime) -> list[RollEntry]:
    """The roll as it will be fixed; the chair presides, else the deputy chair. Raises Refused for a stranger.

    Nobody is present at a written vote but by a sheet.
    """
    members, barred = queries.members_on(day_of(now)), queries.hands(session)
    known = {one.user_id for one in members}
    if present - known:
        raise Refused([Problem("not_a_member_now", field="present")])
    if session.kind == SessionKind.WRITTEN:
        present = set()
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


def refuse_unready(
    session: Session,
    ballot: voting.Ballot,
    outcome: voting.Outcome,
    reasons: str,
    protocol_number: str,
    protocol_day: date,
    now: datetime,
) -> None:
    """Raise Refused with everything that keeps the session from being closed."""
    waiting = len(ballot.members - ballot.barred - set(ballot.votes))
    problems = sessions.problems_to_close(session.kind, session.held_at, now, waiting)
    problems += voting.problems_of_ballot(ballot)
    if outcome.result == voting.Result.NO_QUORUM:
        problems.append(Problem("no_quorum", {"present": outcome.present, "members": outcome.members}))
    elif outcome.result == voting.Result.NOT_ADOPTED and not reasons.strip():
        problems.append(Problem("return_reasons_required", field="reasons"))
    elif outcome.result == voting.Result.ADOPTED and _differs(session.version):
        problems.append(Problem("version_changed_meanwhile"))
    if not protocol_number.strip():
        problems.append(Problem("protocol_number_required", field="protocol_number"))
    if protocol_day > day_of(now):
        problems.append(Problem("protocol_in_the_future", field="protocol_day"))
    if problems:
        raise Refused(problems)


def figures(outcome: voting.Outcome) -> dict[str, object]:
    """The numbers of a decision, for the journal."""
    return {
        "for": outcome.votes_for,
        "against": outcome.votes_against,
        "abstained": outcome.abstained,
        "present": outcome.present,
        "members": outcome.members,
    }


def decide(version: CalendarVersion, session: Session, actor: Actor, now: datetime, act: str) -> None:
    """The version follows the decision; a return opens a round with a term of its own."""
    before, version.state = version.state, calendar_steps.target(act, version)
    version.decided_at = now
    calendar_steps.save(version, "state", "decided_at")
    if act == "return_":
        version.calendar.round += 1
        version.calendar.save(update_fields=["round"])
    changes = {"state": [before, version.state], "protocol_number": [None, session.protocol_number]}
    calendar_steps.record(act.rstrip("_"), version, actor, now, changes)


def _differs(version: CalendarVersion) -> bool:
    """Whether the calendar is not what was submitted: then nobody approves it.

    Triggers freeze its rows; a version that was changed in spite of them must not come into force.
    """
    submission = CalendarSubmission.objects.select_related("version__calendar").get(version=version)
    content = calendar_snapshots.canonical(calendar_snapshots.content_of(submission))
    return calendar_snapshots.sha256_of(content) != submission.sha256
