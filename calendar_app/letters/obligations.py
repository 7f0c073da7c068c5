"""Letters about duties: the authorised body hears at the end of a term who missed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from accounts.permissions import Permission
from base.names import in_language
from calendar_app.labels.obligations import ObligationKind
from calendar_app.letters.topic_lists import AUTHORITY
from calendar_app.models import Obligation
from calendar_app.recipients import officers_of
from notices import outbox
from notices.outbox import Mailing
from procedure.moments import day_of

# Where the authorised body sees how a kind of duty stands.
PAGES = {
    ObligationKind.TOPIC_LIST: "staff:board",
    ObligationKind.COORDINATION_ANSWER: "staff:calendars",
}


def term_ended(letter: str, open_duties: Sequence[Obligation], due: datetime, *, now: datetime) -> int:
    """One letter of the kind per term, with the bodies whose duty is not done; how many people are written to."""
    if not open_duties:
        return 0
    names: dict[str, str | int] = {
        f"bodies_{language}": "\n".join(
            f"– {in_language(duty.body, 'full_name', language)}" for duty in open_duties
        )
        for language in ("kk", "ru", "en")
    }
    first = open_duties[0]
    context: dict[str, str | int] = names | {
        "half_year_code": first.half_year,
        "last_day": str(first.last_day),
        "body_count": len(open_duties),
        "path": reverse(PAGES[ObligationKind(first.kind)]),
    }
    officers = officers_of({AUTHORITY: Permission.TOPIC_LIST_REVIEW}, day_of(now))[AUTHORITY]
    key = f"{first.subject}:{due:%Y%m%d%H%M}"
    outbox.queue_all([Mailing(letter, key, officers, context, AUTHORITY)], now=now)
    return len(officers)
