"""The canonical snapshot of a submitted calendar, by the recipe of `calendar_app.snapshots`."""

from __future__ import annotations

from typing import Any

from calendar_app.models import CalendarSubmission, PlannedMeeting
from calendar_app.snapshots import canonical, instant_text, sha256_of

__all__ = ["canonical", "content_of", "sha256_of"]

FORMAT = "calendar/1"
PLAIN = ("kind", "mode", "languages", "online_url", "cancelled", "cancel_reason", "sequence", "edition")


def content_of(submission: CalendarSubmission) -> dict[str, Any]:
    """Everything the authorised body answers for: which plan, when, under which rules."""
    version = submission.version
    planned = version.planned.in_order().select_related("meeting").with_posts().with_topics()
    return {
        "format": FORMAT,
        "half_year": version.half_year,
        "version": version.number,
        "round": submission.round,
        "receipt_number": submission.receipt_number,
        "submitted_at": instant_text(submission.submitted_at),
        "last_day": submission.last_day.isoformat() if submission.last_day else "",
        "late": submission.late,
        "explanation": submission.explanation,
        "silence": submission.silence,
        "meetings": [_meeting(one) for one in planned],
        "left_out": [
            {
                "kind": one.kind,
                "key": one.key,
                "akimat": one.akimat_id,
                "reason": one.reason,
                "words": one.words,
            }
            for one in version.left_out.order_by("akimat", "kind", "key")
        ],
    }


def _meeting(planned: PlannedMeeting) -> dict[str, Any]:
    texts = {
        name: {code: getattr(planned, f"{name}_{code}") for code in ("kk", "ru")}
        for name in ("subject", "venue", "note")
    }
    return {
        "number": planned.number,
        "starts": instant_text(planned.starts),
        "ends": instant_text(planned.ends),
        "place": planned.place_id,
        "hall": planned.hall_id,
        **{name: getattr(planned, name) for name in PLAIN},
        **texts,
        "attendance": [{"body": one.body_id, "post": one.post_id} for one in planned.attendance.all()],
        "topics": [one.topic_key for one in planned.topics.all()],
    }
