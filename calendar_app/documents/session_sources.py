"""What the papers of the commission are made of: the session, its version, who takes part, what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from accounts.models import Membership
from accounts.permissions import Role
from calendar_app.labels.commission import SessionState
from calendar_app.models import CalendarSubmission, CalendarVersion, RollEntry, Session, Vote
from calendar_app.queries import calendar_changes
from calendar_app.queries import commission as queries
from calendar_app.queries.calendar_changes import OnePage
from procedure import voting
from procedure.deadlines import publication_due
from procedure.moments import day_of
from regions import workdays
from regions.models import Body


@dataclass(frozen=True)
class SessionSource:
    """Everything that the papers name. outcome and votes: of a closed session only."""

    session: Session
    page: OnePage
    submission: CalendarSubmission
    commission: Body
    members: Sequence[Membership | RollEntry]
    barred: frozenset[int]
    votes: dict[int, Vote]
    outcome: voting.Outcome | None
    publication_day: date | None
    secretary: str

    @property
    def version(self) -> CalendarVersion:
        return self.page.version

    @property
    def is_closed(self) -> bool:
        return self.session.state == SessionState.CLOSED

    @property
    def at(self) -> datetime:
        """The instant of the papers, so that the same state gives the same bytes."""
        one = self.session
        return (one.closed_at or one.materials_at or one.planned_at).astimezone(UTC)


def of_session(session: Session) -> SessionSource:
    """Read everything once: a fixed number of queries for any number of meetings."""
    version = CalendarVersion.objects.select_related("calendar__rule_set", "submission").get(
        pk=session.version_id
    )
    closed = session.state == SessionState.CLOSED
    roll = list(session.roll.select_related("member").order_by("pk")) if closed else []
    members: Sequence[Membership | RollEntry] = roll or queries.members_on(day_of(session.held_at))
    votes = {one.member_id: one for one in session.votes.select_related("member")} if closed else {}
    return SessionSource(
        session=session,
        page=calendar_changes.one_page(version),
        submission=version.submission,
        commission=Body.objects.get(code="commission"),
        members=members,
        barred=frozenset(queries.hands(session)),
        votes=votes,
        outcome=_outcome(session, roll, votes.values()) if closed else None,
        publication_day=_publication_day(session),
        secretary=str(session.closed_by) if session.closed_by else _secretary(session),
    )


def person_of(one: Membership | RollEntry) -> tuple[int, str, str]:
    """Key, name and role of somebody on the roll, or of a member before it is fixed."""
    if isinstance(one, RollEntry):
        return one.member_id, str(one.member), one.role
    return one.user_id, str(one.user), one.role


def is_chair(role: str) -> bool:
    return role == Role.COMMISSION_CHAIR


def _outcome(session: Session, roll: list[RollEntry], votes: Iterable[Vote]) -> voting.Outcome:
    return voting.outcome(queries.ballot(roll, votes), session.rule_set.rules.voting)


def _publication_day(session: Session) -> date | None:
    if session.closed_at is None:
        return None
    days = workdays.current()
    due = publication_due(day_of(session.closed_at), session.rule_set.rules, days, session.version.period)
    return due.last_day


def _secretary(session: Session) -> str:
    held = Membership.objects.on(day_of(session.held_at)).filter(role=Role.SECRETARY)
    first = held.select_related("user").order_by("pk").first()
    return str(first.user) if first else ""
