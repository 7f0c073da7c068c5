"""Warnings that the authorised body accepts with a reason (procedure, section 6)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_app.models.calendars import CalendarVersion


class AcceptedWarning(models.Model):
    """A warning of section 6 that the authorised body accepts, with its reason; kept with the version."""

    version = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, related_name="accepted_warnings", verbose_name=_("version")
    )
    # Code and subjects of the warning: it counts while the same warning stands.
    key = models.CharField(_("key"), max_length=300)
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("accepted warning")
        verbose_name_plural = _("accepted warnings")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="accepted_warning_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="accepted_warning_has_reason"),
        ]

    def __str__(self) -> str:
        return self.key
