"""Words for the codes of coordination."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AnswerState(models.TextChoices):
    """What a ministry said about one meeting."""

    ASKED = "asked", pgettext_lazy("coordination", "No answer yet")
    AGREED = "agreed", pgettext_lazy("coordination", "Agreed")
    REFUSED = "refused", pgettext_lazy("coordination", "Not agreed")
