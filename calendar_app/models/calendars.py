"""The calendar of a half-year and its versions (procedure, section 5). ADR 17 says why it is built so."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from calendar_app.labels.calendars import (
    OPEN_STATES,
    PREPARED_STATES,
    PUBLISHED_STATES,
    ItemKind,
    NotTakenReason,
    VersionState,
)
from calendar_app.models.rule_sets import RuleSet
from procedure.half_years import HalfYear
from regions.models import Body

if TYPE_CHECKING:
    from accounts.models import User


class Calendar(models.Model):
    """One per half-year. Acts that must be alone in the half-year lock this row."""

    half_year = models.CharField(_("half-year"), max_length=7, unique=True)
    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("rule set")
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    opened_at = models.DateTimeField(_("opened at"))

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["-half_year"]
        constraints = [
            models.CheckConstraint(condition=Q(half_year__regex=r"^\d{4}-H[12]$"), name="calendar_half_year"),
            models.CheckConstraint(condition=Q(round__gte=1), name="calendar_round_from_one"),
        ]

    def __str__(self) -> str:
        return self.half_year

    def get_absolute_url(self) -> str:
        return reverse("staff:calendar", args=[self.half_year])

    @property
    def period(self) -> HalfYear:
        return HalfYear.parse(self.half_year)


class CalendarHand(models.Model):
    """Who compiled a calendar or answered for a ministry about it, and therefore does not vote (section 1)."""

    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="hands")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "user"], name="calendar_hand_once")]

    def __str__(self) -> str:
        return f"{self.calendar_id}: {self.user_id}"


class VersionQuerySet(models.QuerySet["CalendarVersion"]):
    def visible_to(self, user: User, on: date) -> VersionQuerySet:
        """All versions for those who compile or observe; for the commission what was submitted to it."""
        if user.may(Permission.CALENDAR_READ, on=on):
            return self
        if user.may(Permission.SESSION_READ, on=on):
            return self.exclude(state__in=OPEN_STATES)
        return self.none()

    def in_force_at(self, moment: datetime) -> VersionQuerySet:
        """Versions that were in force at the instant, one per half-year at most."""
        ended = Q(superseded_at=None) | Q(superseded_at__gt=moment)
        return self.filter(ended, in_force_from__lte=moment)

    def in_preparation(self) -> VersionQuerySet:
        return self.filter(state__in=PREPARED_STATES)


class CalendarVersion(models.Model):
    """The plan of a half-year as one thing with a state; frozen from submission on."""

    calendar = models.ForeignKey(
        Calendar, on_delete=models.PROTECT, related_name="versions", verbose_name=_("calendar")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=12, choices=VersionState, default=VersionState.WORKING)
    based_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("based on")
    )
    reason = models.TextField(_("reason of this version"), blank=True)
    # Steps with every change of the plan: a page opened before is stale.
    revision = models.PositiveIntegerField(_("revision"), default=1)
    created_at = models.DateTimeField(_("created at"))
    coordination_at = models.DateTimeField(_("coordination opened at"), null=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    in_force_from = models.DateTimeField(_("in force from"), null=True)
    superseded_at = models.DateTimeField(_("superseded at"), null=True)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a calendar")
        verbose_name_plural = _("versions of calendars")
        ordering = ["calendar", "number"]
        constraints = [
            models.UniqueConstraint(fields=["calendar", "number"], name="calendar_version_number"),
            models.UniqueConstraint(
                fields=["calendar"],
                condition=Q(state__in=PREPARED_STATES),
                name="calendar_version_one_in_preparation",
            ),
            models.UniqueConstraint(
                fields=["calendar"],
                condition=Q(state=VersionState.IN_FORCE),
                name="calendar_version_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="calendar_version_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, submitted_at=None)
                | (~Q(state__in=OPEN_STATES) & Q(submitted_at__isnull=False)),
                name="calendar_version_submitted_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=PUBLISHED_STATES, in_force_from__isnull=False)
                | (~Q(state__in=PUBLISHED_STATES) & Q(in_force_from=None)),
                name="calendar_version_in_force_from",
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.SUPERSEDED, superseded_at__gte=F("in_force_from"))
                | (~Q(state=VersionState.SUPERSEDED) & Q(superseded_at=None)),
                name="calendar_version_superseded_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("staff:calendar_version", args=[self.calendar.half_year, self.number])

    @property
    def half_year(self) -> str:
        return self.calendar.half_year

    @property
    def period(self) -> HalfYear:
        return self.calendar.period

    @property
    def is_open(self) -> bool:
        """Whether the plan may still change."""
        return self.state in OPEN_STATES


class CalendarSubmission(models.Model):
    """A version as it was submitted to the commission: receipt and verdict on the deadline. Frozen."""

    version = models.OneToOneField(
        CalendarVersion, on_delete=models.PROTECT, related_name="submission", verbose_name=_("version")
    )
    round = models.PositiveSmallIntegerField(_("round"))
    receipt_number = models.CharField(_("receipt number"), max_length=24, unique=True)
    submitted_at = models.DateTimeField(_("submitted at"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now())
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("submitted by")
    )
    # Empty for a version that changes one in force: the date is about the first calendar of a half-year.
    last_day = models.DateField(_("last day"), null=True)
    due = models.DateTimeField(_("late from"), null=True)
    late = models.BooleanField(_("came late"))
    explanation = models.TextField(_("explanation of lateness"), blank=True)
    # Procedure, section 2 row 3: a ministry that did not answer is recorded, its silence is no consent.
    silence = models.TextField(_("about ministries that did not answer"), blank=True)
    snapshot = models.TextField(_("snapshot"))
    sha256 = models.CharField(_("SHA-256 of the snapshot"), max_length=64)
    # Warnings and shares as they stood (`queries.weighed`); none of them follows from the plan alone.
    weighed = models.JSONField(_("what was weighed"), null=True, editable=False)

    class Meta:
        verbose_name = _("submission of a calendar")
        verbose_name_plural = _("submissions of calendars")
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(late=True, submitted_at__gte=F("due"))
                | Q(late=False, submitted_at__lt=F("due"))
                | Q(late=False, due=None),
                name="calendar_submission_late_means_at_or_after_due",
            ),
            models.CheckConstraint(
                condition=Q(late=False) | ~Q(explanation=""), name="calendar_submission_late_has_explanation"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="calendar_submission_sha256"
            ),
        ]

    def __str__(self) -> str:
        return self.receipt_number


class LeftOutItem(models.Model):
    """A topic or proposed meeting of an accepted list that a version does not take up, with the reason.

    Procedure, section 6: nothing is left out without a recorded reason. Named by its key and by its words.
    """

    version = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, related_name="left_out", verbose_name=_("version")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=ItemKind)
    key = models.BigIntegerField(_("key"))
    akimat = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("akimat"))
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=NotTakenReason)
    words = models.TextField(_("explanation"), blank=True)

    class Meta:
        verbose_name = _("item left out of a calendar")
        verbose_name_plural = _("items left out of calendars")
        ordering = ["version", "akimat", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "kind", "key"], name="left_out_item_once"),
            models.CheckConstraint(condition=Q(kind__in=ItemKind.values), name="left_out_item_known_kind"),
            models.CheckConstraint(
                condition=Q(reason__in=NotTakenReason.values), name="left_out_item_known_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reason=NotTakenReason.OTHER) | ~Q(words=""), name="left_out_item_other_explained"
            ),
        ]

    def __str__(self) -> str:
        return self.title_kk or self.title_ru
