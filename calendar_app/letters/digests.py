"""Digests as letters: lines about duties, in each language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from accounts.models import Membership
from accounts.permissions import Permission
from base.dates import half_year_name, long_date
from base.days_left import days_left
from base.names import in_language
from calendar_app.labels.calendars import VersionState
from calendar_app.labels.obligations import ObligationKind
from calendar_app.letters.topic_lists import AUTHORITY
from calendar_app.models import CalendarVersion, Obligation
from calendar_app.recipients import OFFICERS, officers_of
from notices import outbox
from notices.outbox import Mailing, Recipient
from procedure.moments import day_of
from regions.models import Body

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)


def daily(people: Sequence[Membership], duties: Sequence[Obligation], today: date, *, now: datetime) -> int:
    """One letter to each person about the duties of their bodies that they work on; none without a duty."""
    mailings = []
    for _, group in groupby(people, key=attrgetter("user_id")):
        held = list(group)
        own = [one for one in duties if any(_works_on(membership, one) for membership in held)]
        if not own:
            continue
        user = held[0].user
        to = Recipient(f"user:{user.pk}", user.email, user.language, user.pk)
        facts: dict[str, str | int] = {"duty_count": len(own), "path": reverse("staff:home")}
        facts |= _lines("duties", own, today)
        mailings.append(Mailing("daily_digest", str(today), [to], facts, held[0].body_id))
    return len(outbox.queue_all(mailings, now=now)) if mailings else 0


def weekly(
    overdue: Sequence[Obligation],
    coming: Sequence[Obligation],
    waiting: Sequence[CalendarVersion],
    nobody: Sequence[Body],
    today: date,
    *,
    now: datetime,
) -> int:
    """One letter to each officer of the authorised body; the number of letters."""
    facts: dict[str, str | int] = {
        "overdue_count": len(overdue),
        "coming_count": len(coming),
        "path": reverse("staff:board"),
        **_lines("overdue", overdue, today),
        **_lines("coming", coming, today),
        **{f"waiting_{code}": _waiting(waiting, today, code) for code in LANGUAGES},
        **{f"nobody_{code}": _names(nobody, code) for code in LANGUAGES},
    }
    officers = officers_of({AUTHORITY: Permission.TOPIC_LIST_REVIEW}, today)[AUTHORITY]
    outbox.queue_all([Mailing("authority_digest", str(today), officers, facts, AUTHORITY)], now=now)
    return len(officers)


def submitted_versions() -> Iterable[CalendarVersion]:
    """Versions that lie with the commission."""
    lying = CalendarVersion.objects.filter(state=VersionState.SUBMITTED).select_related("calendar")
    return lying.order_by("submitted_at", "pk")


def _works_on(membership: Membership, duty: Obligation) -> bool:
    permission = OFFICERS.get(ObligationKind(duty.kind))
    return duty.body_id == membership.body_id and permission is not None and membership.grants(permission)


def _lines(name: str, duties: Sequence[Obligation], today: date) -> dict[str, str]:
    """`<name>_kk`, `_ru`, `_en`: a line per duty with its body, its last day and what is left."""
    found = {}
    for code in LANGUAGES:
        with translation.override(code):
            found[f"{name}_{code}"] = "\n".join(_line(one, today, code) for one in duties)
    return found


def _line(duty: Obligation, today: date, language: str) -> str:
    assert duty.last_day
    what = f"{duty.get_kind_display()}, {half_year_name(duty.half_year, language=language)}"
    until = gettext("last day: %(day)s") % {"day": long_date(duty.last_day, language=language)}
    left = days_left(duty.last_day, today, language).lower()
    return f"– {in_language(duty.body, 'name', language)}: {what}; {until}; {left}"


def _waiting(versions: Sequence[CalendarVersion], today: date, language: str) -> str:
    with translation.override(language):
        return "\n".join(_waits(one, today, language) for one in versions)


def _waits(version: CalendarVersion, today: date, language: str) -> str:
    assert version.submitted_at
    days = (today - day_of(version.submitted_at)).days
    waits = ngettext("waits for %(days)s day", "waits for %(days)s days", days) % {"days": days}
    return f"– {half_year_name(version.half_year, language=language)}, {version.number}: {waits}"


def _names(bodies: Sequence[Body], language: str) -> str:
    return "\n".join(f"– {in_language(one, 'full_name', language)}" for one in bodies)
