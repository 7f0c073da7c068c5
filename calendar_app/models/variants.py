"""Scratch variants of a working copy: sets of changes that nobody but planners sees (ADR 25)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from calendar_app.models.calendars import CalendarVersion


class Variant(models.Model):
    """Changes to a working copy that are tried out. It is no plan: taken over or dropped, its row is gone.

    edits: {"meeting", "values", "marks", "removal", "row"} per meeting, as `queries.plan_edits.kept_edit` says.
    """

    plan = models.ForeignKey(
        CalendarVersion, on_delete=models.CASCADE, related_name="variants", verbose_name=_("version")
    )
    name = models.CharField(_("name"), max_length=100)
    edits = models.JSONField(_("changes"), default=list, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("made by")
    )
    made_at = models.DateTimeField(_("made at"))
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        verbose_name = _("variant of a plan")
        verbose_name_plural = _("variants of plans")
        ordering = ["plan", "made_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="variant_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="variant_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("staff:variant", args=[self.plan.half_year, self.plan.number, self.pk])
