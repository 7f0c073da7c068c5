"""The letter about more time: to the body that owes the duty."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import TermExtension
from calendar_app.recipients import OFFICERS, officers_of
from notices import outbox
from procedure.moments import day_of


def term_extended(made: TermExtension, *, now: datetime) -> None:
    """Which duty, until when, and why."""
    duty = made.obligation
    body = duty.body
    is_list = duty.kind == ObligationKind.TOPIC_LIST
    officers = officers_of({body.code: OFFICERS[ObligationKind(duty.kind)]}, day_of(now))[body.code]
    outbox.queue(
        kind="term_extended",
        key=f"{duty.pk}:{made.pk}",
        to=officers,
        context={
            "body_kk": body.full_name_kk,
            "body_ru": body.full_name_ru,
            "body_en": body.full_name_en,
            "duty_kind": duty.kind,
            "half_year_code": duty.half_year,
            "before_day": made.before.isoformat(),
            "last_day": made.last_day.isoformat(),
            "aim_day": made.aim_day.isoformat(),
            "aims_earlier": made.aim_day < made.last_day,
            "reason": made.reason,
            "path": reverse("staff:home") if is_list else reverse("staff:coordination"),
        },
        now=now,
        body_code=body.code,
    )
