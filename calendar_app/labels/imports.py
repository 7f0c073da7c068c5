"""Words for the states and kinds of an import."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ImportKind(models.TextChoices):
    """What the files of an import hold; the codes are names of layouts."""

    TOPICS = "topics", _("Topics from files of districts")
    TRANSLATION = "translation", _("Translator’s sheet")
    PLAN = "plan", _("Table of the plan")
    BUSY_TABLE = "busy_table", _("Table of busy periods")
    BUSY_EVENTS = "busy_events", _("Calendar file of busy periods")


class ImportState(models.TextChoices):
    """Where an import stands."""

    UPLOADED = "uploaded", pgettext_lazy("import", "Waits to be read")
    READING = "reading", pgettext_lazy("import", "Being read")
    READ = "read", pgettext_lazy("import", "Read")
    FAILED = "failed", pgettext_lazy("import", "Has errors")
    TAKEN = "taken", pgettext_lazy("import", "Taken in")
    DROPPED = "dropped", pgettext_lazy("import", "Dropped")


UNDER_WAY = (ImportState.UPLOADED, ImportState.READING)
SETTLED = (ImportState.TAKEN, ImportState.DROPPED)

# Whose file it is: of a topic list, of a working copy, of a ministry.
OF_LIST = (ImportKind.TOPICS, ImportKind.TRANSLATION)
OF_PLAN = (ImportKind.PLAN,)
OF_BODY = (ImportKind.BUSY_TABLE, ImportKind.BUSY_EVENTS)
