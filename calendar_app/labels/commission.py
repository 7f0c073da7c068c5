"""Words for the codes of the commission."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SessionKind(models.TextChoices):
    """How the commission decides."""

    SESSION = "session", pgettext_lazy("commission", "Session")
    WRITTEN = "written", pgettext_lazy("commission", "Written vote")


class SessionState(models.TextChoices):
    """Where a session stands."""

    PLANNED = "planned", pgettext_lazy("session", "Planned")
    MATERIALS_SENT = "materials_sent", pgettext_lazy("session", "Materials sent")
    OPEN = "open", pgettext_lazy("session", "Voting is open")
    CLOSED = "closed", pgettext_lazy("session", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("session", "Cancelled")


class Decision(models.TextChoices):
    """What came of a session."""

    APPROVED = "approved", pgettext_lazy("decision", "Approved")
    RETURNED = "returned", pgettext_lazy("decision", "Returned for revision")


class VoteValue(models.TextChoices):
    """What a member said."""

    FOR = "for", pgettext_lazy("vote", "For")
    AGAINST = "against", pgettext_lazy("vote", "Against")
    ABSTAINED = "abstained", pgettext_lazy("vote", "Abstained")
