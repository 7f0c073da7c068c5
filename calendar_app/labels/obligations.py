"""Words for duties: their kinds."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ObligationKind(models.TextChoices):
    """What is owed; the codes are those of `procedure.obligations` and of the command `obligations`."""

    TOPIC_LIST = "topic_list", _("Topic list")
    TOPIC_LIST_REVIEW = "topic_list_review", _("Review of a topic list")
    CALENDAR_SUBMISSION = "calendar_submission", _("Calendar to the commission")
    COORDINATION_ANSWER = "coordination_answer", _("Answer in coordination")
    DECISION = "decision", _("Decision of the commission")
    PUBLICATION = "publication", _("Publication of the calendar")
    AMENDMENT_WINDOW = "amendment_window", _("Proposals to amend the calendar")
    ANNOUNCEMENT = "announcement", _("Announcement of a meeting")
    REPORT = "report", _("Report of a meeting")
    ANSWERS = "answers", _("Answers to questions")
    PROMISE = "promise", _("Promise given at a meeting")
