"""Letters of the commission: materials with a personal link, decisions, and the news that a calendar is in force."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse

from accounts.models import User
from accounts.permissions import Permission
from calendar_app.labels.commission import Decision, SessionKind
from calendar_app.letters.topic_lists import AUTHORITY
from calendar_app.models import Attendance, CalendarVersion, Session
from calendar_app.recipients import officers_of
from notices import outbox
from notices.outbox import Mailing, Primitive, Recipient
from procedure.moments import day_of
from regions.models import Body

COMMISSION = "commission"
DECISION_KINDS = {Decision.APPROVED: "calendar_approved", Decision.RETURNED: "calendar_returned"}


def materials(
    session: Session, sealed: Sequence[tuple[User, str]], *, expires_at: datetime, now: datetime
) -> int:
    """Each member gets the link that only they may use; how many have an address and are written to.

    The letter belongs to its reader alone, not to the commission: the link opens without a password.
    """
    context = _context(session.version) | {
        "held_at": session.held_at.isoformat(),
        "written": session.kind == SessionKind.WRITTEN,
        # People are shown the last day, never the midnight after it.
        "reading_day": str(day_of(expires_at - timedelta(microseconds=1))),
        "path": session.get_absolute_url(),
        "sealed_path": reverse("staff:reading", args=["x" * 43]).replace("x" * 43, "%s"),
    }
    mailings = [
        Mailing("session_materials", f"{session.pk}:{seal[:12]}", [_person(member)], context | {"seal": seal})
        for member, seal in sealed
        if member.email
    ]
    outbox.queue_all(mailings, now=now)
    return len(mailings)


def decided(session: Session, *, now: datetime) -> None:
    """The authorised body and the secretary hear what the commission decided, and what follows."""
    context = _context(session.version) | {
        "protocol_number": session.protocol_number,
        "protocol_day": str(session.protocol_day),
        "reasons": session.reasons,
        "act": session.act,
    }
    wanted = {AUTHORITY: Permission.CALENDAR_COMPILE, COMMISSION: Permission.SESSION_KEEP}
    officers = officers_of(wanted, day_of(now))
    kind = DECISION_KINDS[Decision(session.decision)]
    outbox.queue_all(
        [Mailing(kind, str(session.pk), officers[code], context, code) for code in wanted], now=now
    )


def published(version: CalendarVersion, *, now: datetime) -> None:
    """Every akimat and ministry hears that the calendar is in force, and how many meetings concern it."""
    day = day_of(now)
    akimats = list(Body.objects.akimats().on(day))
    ministries = list(Body.objects.ministries().on(day))
    standing = version.planned.filter(cancelled=False)
    regions = Counter(standing.values_list("place__region", flat=True))
    coming = Counter(Attendance.objects.filter(planned__in=standing).values_list("body", flat=True))
    counts = {one.pk: regions[one.region_id] for one in akimats} | {
        one.pk: coming[one.pk] for one in ministries
    }
    officers = officers_of(
        {one.pk: Permission.TOPIC_LIST_WRITE for one in akimats}
        | {one.pk: Permission.COORDINATION_READ for one in ministries},
        day,
    )
    context = _context(version) | {"in_force_at": now.isoformat(), "path": reverse("public:calendar")}
    outbox.queue_all(
        [
            Mailing(
                "calendar_published",
                str(version.pk),
                officers[one.pk],
                context | _names(one) | {"body_meetings": counts[one.pk], "is_akimat": one in akimats},
                one.pk,
            )
            for one in (*akimats, *ministries)
        ],
        now=now,
    )


def _person(user: User) -> Recipient:
    return Recipient(f"user:{user.pk}", user.email, user.language, user.pk)


def _names(body: Body) -> dict[str, Primitive]:
    return {
        f"body_{code}": getattr(body, f"full_name_{code}") or body.full_name_kk for code in ("kk", "ru", "en")
    }


def _context(version: CalendarVersion) -> dict[str, Primitive]:
    return {
        "half_year_code": version.half_year,
        "version_number": version.number,
        "meeting_count": version.planned.filter(cancelled=False).count(),
        "path": version.get_absolute_url(),
    }
