"""The commission: sessions, votes, roll and decision (procedure, section 7)."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.labels import ROLE_CHOICES
from calendar_app.labels.commission import Decision, SessionKind, SessionState, VoteValue
from calendar_app.models.calendars import CalendarVersion
from calendar_app.models.rule_sets import RuleSet


class SessionQuerySet(models.QuerySet["Session"]):
    def running(self) -> Self:
        """Neither closed nor cancelled."""
        return self.exclude(state__in=(SessionState.CLOSED, SessionState.CANCELLED))


class Session(models.Model):
    """One consideration of one submitted version, in session or by written vote."""

    version = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, related_name="sessions", verbose_name=_("version")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SessionKind, default=SessionKind.SESSION)
    state = models.CharField(_("state"), max_length=16, choices=SessionState, default=SessionState.PLANNED)
    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("rule set")
    )
    # When it is held; of a written vote, until when sheets are taken.
    held_at = models.DateTimeField(_("day and time"))
    revision = models.PositiveIntegerField(_("revision"), default=1)
    planned_at = models.DateTimeField(_("planned at"))
    materials_at = models.DateTimeField(_("materials sent at"), null=True)
    # Why members have the materials later than the rule set asks; empty when they have them in time.
    short_notice = models.TextField(_("reason of the short notice"), blank=True)
    opened_at = models.DateTimeField(_("voting opened at"), null=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, blank=True)
    # Of a return, or of a session that did not take place.
    reasons = models.TextField(_("reasons"), blank=True)
    protocol_number = models.CharField(_("number of the protocol"), max_length=60, blank=True)
    protocol_day = models.DateField(_("date of the protocol"), null=True)
    # The act that puts the calendar into force, where there is one: kind, number and date.
    act = models.CharField(_("act of approval"), max_length=300, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session of the commission")
        verbose_name_plural = _("sessions of the commission")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=~Q(state__in=(SessionState.CLOSED, SessionState.CANCELLED)),
                name="session_one_running_per_version",
            ),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_known_state"),
            models.CheckConstraint(condition=Q(kind__in=SessionKind.values), name="session_known_kind"),
            models.CheckConstraint(
                condition=(
                    Q(state=SessionState.CLOSED, closed_at__isnull=False, closed_by__isnull=False)
                    & Q(decision__in=Decision.values, protocol_day__isnull=False)
                    & ~Q(protocol_number="")
                )
                | (~Q(state=SessionState.CLOSED) & Q(closed_at=None, closed_by=None, decision="")),
                name="session_decision_by_and_at_together",
            ),
            models.CheckConstraint(
                condition=~Q(decision=Decision.RETURNED) | ~Q(reasons=""),
                name="session_returned_with_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.held_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("staff:session", args=[self.pk])

    @property
    def label(self) -> str:
        """What it is about, for the journal."""
        return f"{self.version.half_year} v{self.version.number}"


class Vote(models.Model):
    """What a member said, with a separate opinion if there is one; a member votes once. Frozen."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="votes", verbose_name=_("session")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    value = models.CharField(_("vote"), max_length=10, choices=VoteValue)
    opinion = models.TextField(_("separate opinion"), blank=True)
    at = models.DateTimeField(_("when"))
    # The secretary, for a vote given in the session or on a signed sheet; empty when the member voted here.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
    )

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["session", "at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="vote_once"),
            models.CheckConstraint(condition=Q(value__in=VoteValue.values), name="vote_known_value"),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.member_id}"


class RollEntry(models.Model):
    """A member on the roll of a closed session: who was a member, who was present, who had no vote. Frozen."""

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="roll", verbose_name=_("session")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    role = models.CharField(_("role"), max_length=30, choices=ROLE_CHOICES)
    present = models.BooleanField(_("present"))
    barred = models.BooleanField(_("without a vote"))
    presiding = models.BooleanField(_("presiding"), default=False)

    class Meta:
        verbose_name = _("member on the roll")
        verbose_name_plural = _("members on the roll")
        ordering = ["session", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "member"], name="roll_entry_once"),
            models.UniqueConstraint(
                fields=["session"], condition=Q(presiding=True), name="roll_entry_one_presiding"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}: {self.member_id}"
