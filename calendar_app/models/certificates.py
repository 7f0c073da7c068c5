"""Certificates of compliance: what a body owed in a half-year and when it did it, as it stood when issued. Frozen."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from procedure.half_years import HalfYear
from regions.models import Body


class Certificate(models.Model):
    """A statement under a number that anybody can check.

    content  JSON of `calendar_app.certificates.content_of`: no word in it is personal
    sha256   of the content, printed on the paper
    """

    number = models.CharField(_("number"), max_length=24, unique=True)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("body")
    )
    half_year = models.CharField(_("half-year"), max_length=7)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    # "authority": the authorised body says it; "body": the body says it of itself.
    issued_as = models.CharField(_("issued as"), max_length=10)
    content = models.TextField(_("content"))
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64)

    class Meta:
        verbose_name = _("certificate of compliance")
        verbose_name_plural = _("certificates of compliance")
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["body", "half_year"], name="certificate_of_body")]
        constraints = [
            models.CheckConstraint(
                condition=Q(half_year__regex=r"^\d{4}-H[12]$"), name="certificate_half_year"
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="certificate_sha256"),
            models.CheckConstraint(
                condition=Q(issued_as__in=["authority", "body"]), name="certificate_issued_as"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("staff:certificate", args=[self.number])

    @property
    def period(self) -> HalfYear:
        return HalfYear.parse(self.half_year)

    @property
    def read(self) -> dict[str, Any]:
        """The content as data."""
        found: dict[str, Any] = json.loads(self.content)
        return found
