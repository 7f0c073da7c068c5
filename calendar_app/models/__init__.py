from calendar_app.models.accepted_warnings import AcceptedWarning
from calendar_app.models.busy_periods import BusyPeriod
from calendar_app.models.calendars import (
    Calendar,
    CalendarHand,
    CalendarSubmission,
    CalendarVersion,
    LeftOutItem,
)
from calendar_app.models.certificates import Certificate
from calendar_app.models.commission import RollEntry, Session, Vote
from calendar_app.models.coordination import CoordinationAnswer, CoordinationRound, Disagreement
from calendar_app.models.demonstrations import Demonstration
from calendar_app.models.entry_objections import EntryObjection, ObjectionAnswer
from calendar_app.models.extensions import TermExtension
from calendar_app.models.feed_addresses import FeedAddress
from calendar_app.models.handled_forms import HandledForm
from calendar_app.models.imports import Import, ImportFile
from calendar_app.models.left_out_topics import LeftOutTopic
from calendar_app.models.meetings import Attendance, Meeting, PlannedMeeting, PlannedTopic
from calendar_app.models.obligations import Obligation, ReminderStep, TermChange
from calendar_app.models.proposed_meetings import ProposedMeeting, ProposedWindow
from calendar_app.models.reading_links import ReadingLink
from calendar_app.models.rule_sets import RuleSet
from calendar_app.models.signed_letters import SignedFile, SignedLetter
from calendar_app.models.submissions import Recall, Review, Submission
from calendar_app.models.topic_comments import TopicComment
from calendar_app.models.topic_lists import Topic, TopicList
from calendar_app.models.unsaved_words import Presence, UnsavedWords
from calendar_app.models.variants import Variant

__all__ = [
    "AcceptedWarning",
    "Attendance",
    "BusyPeriod",
    "Calendar",
    "CalendarHand",
    "CalendarSubmission",
    "CalendarVersion",
    "Certificate",
    "CoordinationAnswer",
    "CoordinationRound",
    "Demonstration",
    "Disagreement",
    "EntryObjection",
    "FeedAddress",
    "HandledForm",
    "Import",
    "ImportFile",
    "LeftOutItem",
    "LeftOutTopic",
    "Meeting",
    "ObjectionAnswer",
    "Obligation",
    "PlannedMeeting",
    "PlannedTopic",
    "Presence",
    "ProposedMeeting",
    "ProposedWindow",
    "ReadingLink",
    "Recall",
    "ReminderStep",
    "Review",
    "RollEntry",
    "RuleSet",
    "Session",
    "SignedFile",
    "SignedLetter",
    "Submission",
    "TermChange",
    "TermExtension",
    "Topic",
    "TopicComment",
    "TopicList",
    "UnsavedWords",
    "Variant",
    "Vote",
]
