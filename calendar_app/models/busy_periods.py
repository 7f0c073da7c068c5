"""When the head of a ministry cannot come: shown to planners without the reason (procedure, section 5)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from calendar_app.labels.busy_periods import BusySource
from regions.models import Body

if TYPE_CHECKING:
    from accounts.models import User


class BusyPeriodQuerySet(models.QuerySet["BusyPeriod"]):
    def of_own(self, user: User, on: date) -> BusyPeriodQuerySet:
        """Those of ministries for which the person enters them, with their reasons."""
        return self.filter(body__in=user.bodies_with(Permission.BUSY_WRITE, on=on))

    def within(self, since: datetime, until: datetime) -> BusyPeriodQuerySet:
        """Those that touch the time between the two instants."""
        return self.filter(starts__lt=until, ends__gt=since)

    def without_reasons(self) -> BusyPeriodQuerySet:
        """As planners see them: the reason does not leave the database."""
        return self.defer("reason")


class BusyPeriod(models.Model):
    """A time at which the head of a ministry is busy. The reason is the ministry's own."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("ministry"))
    starts = models.DateTimeField(_("starts"))
    ends = models.DateTimeField(_("ends"))
    reason = models.CharField(_("reason, seen by the ministry only"), max_length=300, blank=True)
    source = models.CharField(_("how it was entered"), max_length=8, choices=BusySource)
    # Of an event of a calendar file: the same one that comes again replaces this one.
    uid = models.CharField(_("UID"), max_length=255, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered at"))

    objects = BusyPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("busy period")
        verbose_name_plural = _("busy periods")
        ordering = ["starts", "pk"]
        indexes = [models.Index(fields=["body", "starts"], name="busy_period_by_start")]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="busy_period_in_order"),
            models.CheckConstraint(condition=Q(source__in=BusySource.values), name="busy_period_source"),
            models.UniqueConstraint(
                fields=["body", "uid"], condition=~Q(uid=""), name="busy_period_uid_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.starts:%Y-%m-%d}"
