"""Words for the codes of meetings."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MeetingKind(models.TextChoices):
    """Whose meeting it is."""

    HEAD = "head", pgettext_lazy("meeting", "Meeting of a minister")
    DEPUTY = "deputy", pgettext_lazy("meeting", "Meeting of a vice-minister")


class Mode(models.TextChoices):
    """How people can take part."""

    IN_PERSON = "in_person", pgettext_lazy("mode", "In person")
    ONLINE = "online", pgettext_lazy("mode", "Online")
    HYBRID = "hybrid", pgettext_lazy("mode", "In person and online")


class SpokenLanguage(models.TextChoices):
    """In which languages people are spoken to."""

    KAZAKH = "kk", pgettext_lazy("spoken", "Kazakh")
    RUSSIAN = "ru", pgettext_lazy("spoken", "Russian")
    BOTH = "kk_ru", pgettext_lazy("spoken", "Kazakh and Russian")
