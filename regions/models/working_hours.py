"""Working hours of a body or in a territory, with a default for the country."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regions.models.bodies import Body
from regions.models.territories import Territory


class WorkingHours(models.Model):
    """Hours on one weekday. With neither body nor territory it is the country's default, shown as such."""

    class Weekday(models.IntegerChoices):
        MONDAY = 0, _("Monday")
        TUESDAY = 1, _("Tuesday")
        WEDNESDAY = 2, _("Wednesday")
        THURSDAY = 3, _("Thursday")
        FRIDAY = 4, _("Friday")
        SATURDAY = 5, _("Saturday")
        SUNDAY = 6, _("Sunday")

    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="working_hours", verbose_name=_("body")
    )
    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="working_hours",
        verbose_name=_("territory"),
    )  # fmt: skip
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))
    break_from = models.TimeField(_("break from"), null=True, blank=True)
    break_to = models.TimeField(_("break until"), null=True, blank=True)
    source = models.CharField(_("where this is known from"), max_length=300, blank=True)

    class Meta:
        ordering = ["body", "territory", "weekday"]
        verbose_name = _("working hours")
        verbose_name_plural = _("working hours")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "territory", "weekday"], nulls_distinct=False, name="working_hours_once"
            ),
            models.CheckConstraint(
                condition=Q(body=None) | Q(territory=None),
                name="working_hours_of_one_thing",
                violation_error_message=_("Please give a body or a territory, not both."),
            ),
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="working_hours_weekday"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")),
                name="working_hours_in_order",
                violation_error_message=_("The closing hour comes after the opening hour."),
            ),
            models.CheckConstraint(
                condition=Q(break_from=None, break_to=None)
                | Q(break_from__gte=F("opens"), break_to__gt=F("break_from"), break_to__lte=F("closes")),
                name="working_hours_break",
                violation_error_message=_("A break has a beginning and an end within the working hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"

    @property
    def is_default(self) -> bool:
        """Whether this is the assumption for the whole country."""
        return self.body_id is None and self.territory_id is None
