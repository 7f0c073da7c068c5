"""What boards and acts ask about the submissions of a list, as plain SQL beside the list's own row.

The ORM compiles such subqueries anew for every request, which cost a fifth of an act; the text is fixed.
"""

from __future__ import annotations

from django.db import models
from django.db.models.expressions import RawSQL

_SUBMITTED = """
    FROM calendar_app_submission s LEFT JOIN calendar_app_recall r ON r.submission_id = s.id
    WHERE s.topic_list_id = calendar_app_topiclist.id
"""
_STANDING = f"{_SUBMITTED} AND r.submission_id IS NULL"
_OPENED = """
    FROM calendar_app_review v JOIN calendar_app_submission s ON s.id = v.submission_id
    WHERE s.topic_list_id = calendar_app_topiclist.id AND v.outcome <> 'accepted'
    ORDER BY v.at DESC, v.id DESC LIMIT 1
"""
_EXTENDED = """
    SELECT e.last_day FROM calendar_app_termextension e JOIN calendar_app_obligation o ON o.id = e.obligation_id
    WHERE o.kind = 'topic_list' AND o.subject = calendar_app_topiclist.half_year
        AND o.body_id = calendar_app_topiclist.akimat_id AND o.round = calendar_app_topiclist.round
    ORDER BY e.at DESC, e.id DESC LIMIT 1
"""
_QUERIES: dict[str, tuple[str, type[models.Field]]] = {
    # Recalled ones count here: a number is given once.
    "last_number": (f"SELECT max(s.number) {_SUBMITTED}", models.PositiveSmallIntegerField),
    "came_late": (f"SELECT s.late {_STANDING} ORDER BY s.number LIMIT 1", models.BooleanField),
    "last_submitted_at": (
        f"SELECT coalesce(s.came_at, s.submitted_at) {_STANDING} ORDER BY s.number DESC LIMIT 1",
        models.DateTimeField,
    ),
    "round_opened_at": (f"SELECT v.at {_OPENED}", models.DateTimeField),
    "round_last_day": (f"SELECT v.last_day {_OPENED}", models.DateField),
    "round_due": (f"SELECT v.due {_OPENED}", models.DateTimeField),
    # The last day that the authorised body gave for the present round, if it did.
    "extended_to": (_EXTENDED, models.DateField),
    "round_comment": (f"SELECT v.comment {_OPENED}", models.TextField),
}


def asked(*names: str) -> dict[str, RawSQL]:
    """Annotations of a queryset of topic lists, by name. The SQL is fixed: nothing of a request is in it."""
    return {
        name: RawSQL(_QUERIES[name][0], (), output_field=_QUERIES[name][1]())  # noqa: S611 - fixed text
        for name in names
    }
