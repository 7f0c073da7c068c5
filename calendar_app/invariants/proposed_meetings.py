"""What must hold of proposed meetings at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from calendar_app import snapshots
from calendar_app.guards.proposed_meetings import TABLES
from calendar_app.models import TopicList
from procedure.proposed_meetings import problems_of_meeting

Check = Callable[[], Iterator[str]]

# Triggers of this noun: (table, trigger).
GUARDS = (
    *((f"calendar_app_{table}", trigger) for table, trigger in TABLES),
    ("calendar_app_proposedmeeting", "proposed_meeting_at_home"),
    ("calendar_app_proposedmeeting_topics", "proposed_own_topics"),
    ("calendar_app_proposedmeeting_ministries", "proposed_ministries"),
    ("calendar_app_proposedwindow", "proposed_in_half_year"),
)


def proposed_meetings_are_sound() -> Iterator[str]:
    """What is saved is what a save would take: sound times, a hall or a venue, limits."""
    for topic_list in TopicList.objects.filter(meetings__isnull=False).distinct().iterator(chunk_size=500):
        for meeting in topic_list.proposed:
            for problem in problems_of_meeting(meeting.as_draft(), topic_list.period):
                yield f"topic list {topic_list}: proposed meeting {meeting.pk}: {problem.code}"


def submitted_meetings_are_as_submitted() -> Iterator[str]:
    """The meetings of a list that lies with the authorised body are those of its snapshot."""
    lists = TopicList.objects.filter(state__in=("submitted", "accepted")).with_submissions()
    for topic_list in lists.iterator(chunk_size=500):
        latest = topic_list.latest_submission
        submitted = snapshots.draft_of(latest).meetings if latest else ()
        if list(submitted) != [meeting.as_draft() for meeting in topic_list.proposed]:
            yield f"topic list {topic_list}: its proposed meetings are not those of its receipt"


CHECKS: tuple[Check, ...] = (proposed_meetings_are_sound, submitted_meetings_are_as_submitted)
