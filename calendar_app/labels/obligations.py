"""Words for duties: their kinds, and how they stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class DutyStatus(models.TextChoices):
    """How a duty stands; the codes are those of `procedure.obligations.status`."""

    UPCOMING = "upcoming", pgettext_lazy("duty", "Not due yet")
    DUE_SOON = "due_soon", pgettext_lazy("duty", "Due soon")
    OVERDUE = "overdue", pgettext_lazy("duty", "Overdue")
    MET = "met", pgettext_lazy("duty", "Done in time")
    LATE = "late", pgettext_lazy("duty", "Done late")
    MISSED = "missed", pgettext_lazy("duty", "Not done")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("duty", "Does not apply")


# How each status looks: classes of the style sheet, together with the words.
STATUS_BADGES = {
    DutyStatus.UPCOMING: "upcoming",
    DutyStatus.DUE_SOON: "draft",
    DutyStatus.OVERDUE: "overdue",
    DutyStatus.MET: "accepted",
    DutyStatus.LATE: "late",
    DutyStatus.MISSED: "overdue",
    DutyStatus.NOT_APPLICABLE: "upcoming",
}
