"""Personal links by which members read the materials of a session without a password (procedure, section 7)."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendar_app.models.commission import Session


class ReadingLink(models.Model):
    """One link of one member. Kept is the hash of its token; a new link takes the place of the one before.

    It opens in a few browsers of the member, recognised by marks whose hashes stand here: whoever gets the
    link forwarded is told to ask for one of their own.
    """

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="reading_links", verbose_name=_("session")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    token_sha256 = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))
    expires_at = models.DateTimeField(_("expires at"))
    replaced_at = models.DateTimeField(_("replaced at"), null=True)
    browsers = ArrayField(
        models.CharField(max_length=64), default=list, blank=True, verbose_name=_("browsers")
    )

    class Meta:
        verbose_name = _("reading link")
        verbose_name_plural = _("reading links")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "member"], condition=Q(replaced_at=None), name="reading_link_one_current"
            ),
            models.CheckConstraint(
                condition=Q(("token_sha256__regex", r"^[0-9a-f]{64}$")), name="reading_link_sha256"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="reading_link_expires_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.member_id}"
