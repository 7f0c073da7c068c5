"""Digests: one a day for those who chose it, one a week for the authorised body. Each is sent once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db.models import Q

from accounts.models import Membership
from accounts.permissions import roles_with
from calendar_app.labels.obligations import ObligationKind
from calendar_app.letters import digests as letters
from calendar_app.models import Obligation, ReminderStep
from calendar_app.models.obligations import ObligationQuerySet
from calendar_app.queries import obligations as queries
from calendar_app.recipients import OFFICERS
from procedure.moments import ALMATY, day_of
from regions import workdays
from regions.models import Body
from regions.workdays import Workdays

DAILY, WEEKLY = "daily_digest", "weekly_digest"
# How far a digest looks ahead.
AHEAD = timedelta(days=45)
SOON = timedelta(days=14)


def send(*, now: datetime) -> int:
    """Queue the digests of the day, from the hour of reminders on; the number of letters.

    They come on working days, the weekly one on the first of a week. Each is a step that is taken once, so
    a repeated run or a clock set back adds nothing.
    """
    today, days = day_of(now), workdays.current()
    if not days.is_working(today) or now < datetime.combine(
        today, time(settings.REMINDER_HOUR), tzinfo=ALMATY
    ):
        return 0
    if ReminderStep.objects.filter(at__gt=now).exists():
        return 0  # the clock was set back: what was due since has been sent
    queued = _daily(today, now) if _takes(DAILY, today, now) else 0
    if _is_first_of_week(today, days) and _takes(WEEKLY, today, now):
        queued += _weekly(today, now)
    return queued


def _takes(kind: str, day: date, now: datetime) -> bool:
    """Whether this run is the one that sends it. A day before one whose digest was sent is over."""
    instant = datetime.combine(day, time(), tzinfo=ALMATY)
    if ReminderStep.objects.filter(kind=kind, due__gte=instant).exists():
        return False
    ReminderStep.objects.create(kind=kind, due=instant, offset=0, at=now)
    return True


def _is_first_of_week(day: date, days: Workdays) -> bool:
    monday = day - timedelta(days=day.weekday())
    return not any(days.is_working(monday + timedelta(days=number)) for number in range(day.weekday()))


def _open(now: datetime) -> ObligationQuerySet:
    half_years = queries.half_years_of(day_of(now))
    duties = Obligation.objects.not_done().of_half_years(half_years).filter(opened_at__lte=now)
    return duties.select_related("body").order_by("due", "kind", "body", "subject")


def _daily(today: date, now: datetime) -> int:
    """To each person who chose it, the open duties of their bodies that they work on."""
    held = Membership.objects.on(today).filter(user__daily_digest=True, user__is_active=True)
    people = list(held.exclude(user__email="").select_related("user").order_by("user_id"))
    if not people:
        return 0
    duties = list(_open(now).filter(due__lt=now + AHEAD, body__in={one.body_id for one in people}))
    return letters.daily(people, duties, today, now=now)


def _weekly(today: date, now: datetime) -> int:
    """What is overdue, what ends soon, what waits for the commission, and who cannot be reminded."""
    duties = list(_open(now))
    overdue = [one for one in duties if one.due and one.due <= now]
    coming = [one for one in duties if one.due and now < one.due <= now + SOON]
    waiting = [
        version
        for version in letters.submitted_versions()
        if version.submitted_at and version.submitted_at <= now
    ]
    nobody = _nobody_to_remind([*overdue, *coming], today)
    return letters.weekly(overdue, coming, waiting, nobody, today, now=now)


def _nobody_to_remind(duties: Sequence[Obligation], today: date) -> list[Body]:
    """Bodies of these duties where no active person with an address works on them."""
    asked = Q(pk__in=[])
    for kind, permission in OFFICERS.items():
        asked |= Q(
            role__in=roles_with(permission), body__in={one.body_id for one in duties if one.kind == kind}
        )
    served = set(
        Membership.objects.on(today)
        .filter(asked, user__is_active=True)
        .exclude(user__email="")
        .values_list("body_id", flat=True)
    )
    alone = {one.body_id: one.body for one in duties if one.kind in ObligationKind.values}
    return [body for code, body in sorted(alone.items()) if code not in served]
