"""What must hold of the commission: decided as counted, by who may vote; links as they were made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from calendar_app.labels.commission import Decision, SessionState
from calendar_app.models import ReadingLink, Session
from calendar_app.queries import commission as queries
from procedure import voting

Check = Callable[[], Iterator[str]]

# A link opens until the end of the day of its session, and at least for a day.
LONGEST = timedelta(days=1)

GUARDS = (("calendar_app_readinglink", "reading_link_stays"),)


def decided_as_counted() -> Iterator[str]:
    """The decision of a closed session is what its roll and votes give under its rule set (section 7)."""
    closed = Session.objects.filter(state=SessionState.CLOSED).select_related("rule_set")
    for session in closed.prefetch_related("roll", "votes"):
        ballot = queries.ballot(list(session.roll.all()), session.votes.all())
        adopted = voting.outcome(ballot, session.rule_set.rules.voting).result == voting.Result.ADOPTED
        if adopted != (session.decision == Decision.APPROVED):
            yield f"session {session.pk}: {session.decision}, but the votes say otherwise"
        faults = voting.problems_of_ballot(ballot)
        if faults or len(ballot.votes) != len(session.votes.all()):
            yield f"session {session.pk}: a vote of somebody who had none"


def links_end_with_their_session() -> Iterator[str]:
    """No link outlives the day of its session by more than a day from when it was made."""
    for link in ReadingLink.objects.select_related("session"):
        if link.expires_at > max(link.session.held_at, link.made_at) + LONGEST:
            yield f"reading link {link.pk}: opens for too long"


CHECKS: tuple[Check, ...] = (decided_as_counted, links_end_with_their_session)
