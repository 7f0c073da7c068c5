"""More time for one duty of one body, given by the authorised body with a reason. Frozen."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendar_app.models.obligations import Obligation


class TermExtension(models.Model):
    """The new last day of a duty (procedure, section 3); the latest one of a duty holds.

    before: the last day until then; due: the first instant that is late.
    """

    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="extensions", verbose_name=_("duty")
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    before = models.DateField(_("last day before"))
    last_day = models.DateField(_("last day"))
    aim_day = models.DateField(_("day to aim at"))
    due = models.DateTimeField(_("late from"))
    reason = models.TextField(_("reason"))

    class Meta:
        verbose_name = _("extension of a term")
        verbose_name_plural = _("extensions of terms")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gt=F("before"), last_day__gte=F("aim_day")),
                name="term_extension_is_later",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="term_extension_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.last_day}"
