"""What must hold of calendars: one in force, no binding overlap, frozen means frozen, public means approved."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import connection
from django.db.models import Count, Q

from calendar_app import calendar_snapshots
from calendar_app.labels.calendars import PREPARED_STATES, PUBLISHED_STATES, VersionState
from calendar_app.labels.commission import Decision
from calendar_app.models import Calendar, CalendarSubmission, CalendarVersion, PlannedMeeting

Check = Callable[[], Iterator[str]]

# Triggers of calendars, meetings and the commission: (table, trigger).
GUARDS = (
    ("calendar_app_calendarversion", "version_edges"),
    ("calendar_app_plannedmeeting", "planned_meeting_frozen"),
    ("calendar_app_plannedmeeting", "planned_meeting_leads"),
    ("calendar_app_leftoutitem", "left_out_item_frozen"),
    ("calendar_app_acceptedwarning", "accepted_warning_frozen"),
    ("calendar_app_plannedtopic", "planned_topic_frozen"),
    ("calendar_app_coordinationanswer", "coordination_answer_frozen"),
    ("calendar_app_attendance", "attendance_follows"),
    ("calendar_app_meeting", "meeting_stays"),
    ("calendar_app_calendarsubmission", "calendar_submission_submitted_now"),
    ("calendar_app_session", "session_edges"),
    ("calendar_app_vote", "vote_while_open"),
    ("calendar_app_rollentry", "roll_while_open"),
    *(
        (f"calendar_app_{table}", f"{table}_{kept}")
        for table in ("calendarsubmission", "vote", "rollentry")
        for kept in ("frozen", "not_emptied")
    ),
    ("calendar_app_coordinationanswer", "answer_letter_fits"),
)

_OVERLAPS = """
    SELECT a.version_id, a.{who}, a.starts FROM {table} a JOIN {table} b
    ON a.version_id = b.version_id AND a.{who} = b.{who} AND a.id < b.id
       AND tstzrange(a.starts, a.ends) && tstzrange(b.starts, b.ends)
    WHERE a.binding AND b.binding AND NOT a.cancelled AND NOT b.cancelled
"""


def one_version_in_force() -> Iterator[str]:
    """At most one version of a half-year is in force, and at most one in preparation."""
    in_force = Count("versions", filter=Q(versions__state=VersionState.IN_FORCE))
    prepared = Count("versions", filter=Q(versions__state__in=PREPARED_STATES))
    for one in Calendar.objects.annotate(in_force=in_force, prepared=prepared):
        if one.in_force > 1 or one.prepared > 1:
            yield f"calendar {one}: {one.in_force} versions in force, {one.prepared} in preparation"


def nothing_binding_overlaps() -> Iterator[str]:
    """No person and no hall is twice at one time in a version (procedure, section 6)."""
    for table, who in (("calendar_app_attendance", "person_id"), ("calendar_app_plannedmeeting", "hall_id")):
        with connection.cursor() as cursor:
            cursor.execute(_OVERLAPS.format(table=table, who=who))
            for version, what, starts in cursor.fetchall():
                yield f"version {version}: {who} {what} twice at {starts:%Y-%m-%d %H:%M}"


def submitted_means_frozen() -> Iterator[str]:
    """What was submitted is what its receipt says, and everything in it is binding and numbered."""
    for one in CalendarSubmission.objects.select_related("version__calendar").iterator(chunk_size=50):
        content = calendar_snapshots.content_of(one)
        if calendar_snapshots.canonical(content) != one.snapshot:
            yield f"calendar {one.receipt_number}: the plan is not the one that was submitted"
        if calendar_snapshots.sha256_of(one.snapshot) != one.sha256:
            yield f"calendar {one.receipt_number}: the hash is not that of the snapshot"
    frozen = PlannedMeeting.objects.filter(version__submitted_at__isnull=False)
    for planned in frozen.filter(Q(binding=False) | Q(meeting__number=None)):
        yield f"planned meeting {planned.pk}: submitted without being binding or numbered"


def public_means_approved() -> Iterator[str]:
    """Whatever is or was public was approved by a closed session of the commission."""
    published = CalendarVersion.objects.filter(state__in=PUBLISHED_STATES)
    approved = Q(sessions__decision=Decision.APPROVED, sessions__state="closed")
    for version in published.exclude(pk__in=CalendarVersion.objects.filter(approved).values("pk")):
        yield f"version {version}: public, but no session approved it"


CHECKS: tuple[Check, ...] = (
    one_version_in_force,
    nothing_binding_overlaps,
    submitted_means_frozen,
    public_means_approved,
)
