"""Words for the codes of calendars, their versions and what was left out of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class VersionState(models.TextChoices):
    """Where a version of a calendar stands."""

    WORKING = "working", pgettext_lazy("calendar", "Working copy")
    COORDINATION = "coordination", pgettext_lazy("calendar", "In coordination")
    SUBMITTED = "submitted", pgettext_lazy("calendar", "Submitted to the commission")
    APPROVED = "approved", pgettext_lazy("calendar", "Approved")
    IN_FORCE = "in_force", pgettext_lazy("calendar", "In force")
    SUPERSEDED = "superseded", pgettext_lazy("calendar", "Superseded")
    RETURNED = "returned", pgettext_lazy("calendar", "Returned for revision")


# The plan may still change; everything later is frozen.
OPEN_STATES = (VersionState.WORKING, VersionState.COORDINATION)
# Of these a calendar has one at most.
PREPARED_STATES = (*OPEN_STATES, VersionState.SUBMITTED, VersionState.APPROVED)
# What is or was public.
PUBLISHED_STATES = (VersionState.IN_FORCE, VersionState.SUPERSEDED)


class ItemKind(models.TextChoices):
    """What an akimat asked for and the calendar may leave out."""

    TOPIC = "topic", pgettext_lazy("item", "Topic")
    PROPOSED_MEETING = "proposed_meeting", pgettext_lazy("item", "Proposed meeting")


class NotTakenReason(models.TextChoices):
    """Why a topic or a proposed meeting of an accepted list is not in the calendar."""

    OTHER_MEETING = "other_meeting", _("It is raised at another meeting")
    MINISTRY_BUSY = "ministry_busy", _("The ministry cannot come in this half-year")
    RECENT_MEETING = "recent_meeting", _("There was a meeting on it not long ago")
    LOCAL = "local", _("The akimat can solve it itself")
    LATER = "later", _("It is kept for a later half-year")
    OTHER = "other", _("Another reason")
