"""Letters about a calendar as a whole: the receipt of a submission, and the news to the commission."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from accounts.permissions import Permission
from calendar_app.letters.topic_lists import AUTHORITY
from calendar_app.models import CalendarSubmission
from calendar_app.recipients import officers_of
from notices import outbox
from notices.outbox import Mailing
from procedure.moments import day_of

COMMISSION = "commission"


def submitted(submission: CalendarSubmission, *, now: datetime) -> None:
    """A receipt to the authorised body; members of the commission and its secretary hear what lies before them."""
    version = submission.version
    planned = version.planned.filter(cancelled=False)
    context: dict[str, str | int | bool] = {
        "half_year_code": version.half_year,
        "version": version.number,
        "receipt_number": submission.receipt_number,
        "submitted_at": submission.submitted_at.isoformat(),
        "last_day": submission.last_day.isoformat() if submission.last_day else "",
        "has_term": submission.last_day is not None,
        "late": submission.late,
        "explanation": submission.explanation,
        "sha256": submission.sha256,
        "meeting_count": planned.count(),
        "path": version.get_absolute_url(),
    }
    officers = officers_of(
        {AUTHORITY: Permission.CALENDAR_COMPILE, COMMISSION: Permission.SESSION_READ}, day_of(now)
    )
    receipt = context | {"path": reverse("staff:calendar_receipt", args=[version.half_year, version.number])}
    key = submission.receipt_number
    outbox.queue_all(
        [
            Mailing("calendar_receipt", key, officers[AUTHORITY], receipt, AUTHORITY),
            Mailing("calendar_submitted", key, officers[COMMISSION], context, COMMISSION),
        ],
        now=now,
    )
