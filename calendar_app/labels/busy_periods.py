"""Words for the codes of busy periods."""

from django.db import models
from django.utils.translation import pgettext_lazy


class BusySource(models.TextChoices):
    """How a busy period came."""

    HAND = "hand", pgettext_lazy("busy period", "By hand")
    ICS = "ics", pgettext_lazy("busy period", "From a calendar file")
    TABLE = "table", pgettext_lazy("busy period", "From a table")


class Left(models.TextChoices):
    """Why an event of a calendar file is no busy period."""

    REPEATS = "repeats", pgettext_lazy("event", "repeats")
    CANCELLED = "cancelled", pgettext_lazy("event", "is cancelled")
    UNKNOWN_TIMES = "unknown_times", pgettext_lazy("event", "has times that no calendar of the portal knows")
    WRONG_TIMES = "wrong_times", pgettext_lazy("event", "ends before it begins, or lasts too long")
