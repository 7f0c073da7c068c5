"""Days that differ from their weekday: holidays, days off in lieu, working Saturdays."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models.naming import Named


class Day(Named):
    """A day off, or a day moved to be worked. A day that is not listed follows its weekday."""

    class Kind(models.TextChoices):
        DAY_OFF = "day_off", _("day off")
        WORKING = "working", _("working day")

    day = models.DateField(_("day"), primary_key=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    source = models.CharField(_("where this is known from"), max_length=200)
    estimated = models.BooleanField(
        _("estimated"), default=False, help_text=_("The date is calculated and may still be moved.")
    )
    manual = models.BooleanField(
        _("entered by a person"), default=True, help_text=_("Loading reference data leaves this row alone.")
    )

    class Meta:
        ordering = ["day"]
        verbose_name = _("day")
        verbose_name_plural = _("days off and moved working days")
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["day_off", "working"]), name="day_kind")
        ]
