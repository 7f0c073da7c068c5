"""Names for people: states and kinds of letters."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LetterState(models.TextChoices):
    """Where a letter is on its way."""

    QUEUED = "queued", _("Waiting to be sent")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Handed to the mail server")
    SHOWN = "shown", _("Shown here")
    IN_DOUBT = "in_doubt", _("May have been sent; will be sent again")
    FAILED = "failed", _("Not delivered")


# How each state looks: classes of the style sheet, together with the words.
STATE_BADGES: Final = MappingProxyType(
    {
        LetterState.QUEUED: "draft",
        LetterState.SENDING: "submitted",
        LetterState.SENT: "accepted",
        LetterState.SHOWN: "accepted",
        LetterState.IN_DOUBT: "returned",
        LetterState.FAILED: "overdue",
    }
)

# One name per file templates/notices/letters/<kind>.<language>.txt; a test keeps both sides equal.
KIND_LABELS: Final = MappingProxyType[str, Promise](
    {
        "topic_list_submitted": _("A topic list has come in"),
        "topic_list_late_submitted": _("A late topic list has come in"),
        "topic_list_resubmitted": _("A returned topic list has come in again"),
        "topic_list_receipt": _("Receipt for a topic list"),
        "topic_list_returned": _("Topic list returned with comments"),
        "topic_list_accepted": _("Topic list accepted"),
        "topic_list_reopened": _("Accepted topic list reopened"),
        "topic_list_recalled": _("Topic list recalled by the akimat"),
        "topic_list_entry_begun": _("A topic list is being entered from a letter"),
        "topic_list_entered": _("Topic list entered by the authorised body from a letter"),
        "topic_list_objected": _("The akimat objects to an entry"),
        "topic_list_objection_answered": _("Answer to an objection"),
        "topic_list_reminder": _("Reminder of a topic list"),
        "topic_list_overdue": _("Topic list overdue"),
        "topic_list_missed": _("Topic lists that did not come in time"),
        "coordination_asked": _("Question to a ministry in coordination"),
        "coordination_refused": _("A ministry does not agree to a meeting"),
        "coordination_answered": _("A ministry has answered everything"),
        "coordination_entered": _("Answer of a ministry entered by its letter"),
        "calendar_receipt": _("Receipt for a calendar"),
        "calendar_submitted": _("A calendar lies before the commission"),
        "session_materials": _("Materials of a session of the commission"),
        "calendar_approved": _("The commission approved the calendar"),
        "calendar_returned": _("The commission returned the calendar"),
        "calendar_published": _("The calendar is in force"),
        "term_extended": _("More time for a duty"),
        "review_reminder": _("Reminder of the review of a list"),
        "coordination_reminder": _("Reminder of coordination"),
        "coordination_missed": _("Ministries that did not answer in time"),
        "calendar_reminder": _("Reminder of the calendar"),
        "publication_reminder": _("Reminder of publication"),
        "authority_digest": _("Weekly digest of duties"),
        "daily_digest": _("Daily digest of duties"),
    }
)


def kind_label(kind: str) -> str:
    """The name of a kind of letter; its code when this release does not know it."""
    return str(KIND_LABELS.get(kind, kind))
