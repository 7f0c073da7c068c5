"""Words for the codes of busy periods."""

from django.db import models
from django.utils.translation import pgettext_lazy


class BusySource(models.TextChoices):
    """How a busy period came."""

    HAND = "hand", pgettext_lazy("busy period", "By hand")
    ICS = "ics", pgettext_lazy("busy period", "From a calendar file")
