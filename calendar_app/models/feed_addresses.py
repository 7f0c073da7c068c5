"""Secret addresses under which a person's calendar program reads their deadlines."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """256 random bits, as an address may hold them."""
    return secrets.token_urlsafe(32)


class FeedAddress(models.Model):
    """One per person. A new one takes the place of the old; revoking deletes the row, the journal remembers."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="feed_address",
        verbose_name=_("user"),
    )
    token_sha256 = models.CharField(_("SHA-256 of the token"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("address of a calendar of deadlines")
        verbose_name_plural = _("addresses of calendars of deadlines")
        ordering = ["user"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(token_sha256__regex=r"^[0-9a-f]{64}$"),  # noqa: S106 - a pattern
                name="feed_address_is_hashed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user_id)
