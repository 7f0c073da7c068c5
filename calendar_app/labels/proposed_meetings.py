"""Words for the codes of proposed meetings."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Mode(models.TextChoices):
    """How people take part."""

    IN_PERSON = "in_person", pgettext_lazy("meeting", "In person")
    ONLINE = "online", pgettext_lazy("meeting", "Online")
    HYBRID = "hybrid", pgettext_lazy("meeting", "In person and online")


class PartOfDay(models.TextChoices):
    """When on a day of a loose window."""

    ANY = "any", pgettext_lazy("part of day", "At any time of day")
    DAY = "day", pgettext_lazy("part of day", "During the day")
    EVENING = "evening", pgettext_lazy("part of day", "In the evening")


class WindowKind(models.TextChoices):
    """An exact time, or a choice of days."""

    EXACT = "exact", _("exact time")
    LOOSE = "loose", _("one day out of several")
