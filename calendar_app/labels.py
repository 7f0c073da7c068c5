"""Words for the codes of the procedure, in one place for pages, letters and the admin."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TopicListState(models.TextChoices):
    """Where a topic list stands. A list that nobody began has no row, hence no state."""

    DRAFT = "draft", pgettext_lazy("topic list", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("topic list", "Submitted")
    RETURNED = "returned", pgettext_lazy("topic list", "Returned for revision")
    ACCEPTED = "accepted", pgettext_lazy("topic list", "Accepted")


NOT_STARTED = "not_started"
BOARD_STATES: list[tuple[str, object]] = [
    (NOT_STARTED, pgettext_lazy("topic list", "Not started")),
    *TopicListState.choices,
]


class ReviewOutcome(models.TextChoices):
    """What the authorised body decided about a submission."""

    RETURNED = "returned", _("Returned for revision")
    ACCEPTED = "accepted", _("Accepted")
    REOPENED = "reopened", _("Reopened")
