"""The outbox: one row per letter and recipient, written in the transaction of the act it tells about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from notices.labels import STATE_BADGES, LetterState, kind_label

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User

WAITING = (LetterState.QUEUED, LetterState.IN_DOUBT)


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self) -> LetterQuerySet:
        """Letters whose next attempt has come by the clock of the database."""
        return self.filter(state__in=WAITING, next_attempt_at__lte=Now())

    def visible_to(self, user: User, on: date) -> LetterQuerySet:
        """Letters to the person and to their bodies; every letter for those who watch over sending."""
        if user.may(Permission.LETTERS_READ, on=on):
            return self
        return self.filter(Q(user=user) | Q(body_code__in=_own_codes(user, on)))

    def to_person(self, user: User) -> LetterQuerySet:
        """Letters to the person themselves: their notices on the portal."""
        return self.filter(user=user)

    def unread(self) -> LetterQuerySet:
        return self.filter(read_at=None)


class Letter(models.Model):
    """A letter to one recipient. Its text is made of `kind`, `language` and `context` at delivery.

    `created_at` and `sent_at` are the portal's time; `claimed_at` and `next_attempt_at` steer delivery and
    are the clock of the database.
    """

    key = models.CharField(_("key"), max_length=300)
    kind = models.CharField(_("kind"), max_length=80)
    recipient_key = models.CharField(_("recipient"), max_length=120)
    # Without a constraint per row, which took a third of a sweep: a trigger looks at each statement once.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        db_constraint=False,
        db_index=False,
        verbose_name=_("user"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="letters",
    )
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2)
    body_code = models.CharField(_("body"), max_length=80, blank=True)
    context = models.JSONField(_("facts"), default=dict, blank=True)
    # A function of the key, so it is as unique as that one.
    message_id = models.CharField(_("Message-ID"), max_length=200)
    created_at = models.DateTimeField(_("written at"))
    # When the person opened it on the portal; a letter to an address without an account is never read here.
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    state = models.CharField(_("state"), max_length=10, choices=LetterState, default=LetterState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    doubts = models.PositiveSmallIntegerField(_("attempts with an unknown end"), default=0)
    # Where counting begins anew: how many of both there were when somebody queued the letter again.
    attempts_before = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    doubts_before = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True, db_default=Now())
    claimed_at = models.DateTimeField(_("taken up at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=80, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        # As they were queued: the key is the only order that costs a row nothing.
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                name="letter_due",
                condition=Q(state__in=["queued", "in_doubt"]),
            ),
            models.Index(fields=["claimed_at"], name="letter_sending", condition=Q(state="sending")),
            # Ranges of time, for forgetting and for copies: a summary of blocks, not an entry for each letter.
            BrinIndex(fields=["created_at"], name="letter_time", autosummarize=True),
            models.Index(fields=["body_code", "-id"], name="letter_of_body"),
            models.Index(fields=["user", "-id"], name="letter_of_person", condition=Q(user__isnull=False)),
            models.Index(
                fields=["user"], name="letter_unread_of", condition=Q(read_at=None, user__isnull=False)
            ),
        ]
        constraints = [
            # Apart from the field: a unique field brings a second index, for LIKE, which nothing uses.
            models.UniqueConstraint(fields=["key"], name="letter_once"),
            models.CheckConstraint(condition=Q(state__in=LetterState.values), name="letter_state_known"),
            models.CheckConstraint(
                condition=Q(language__in=["kk", "ru", "en"]), name="letter_language_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["sent", "shown"], sent_at__isnull=False)
                | (~Q(state__in=["sent", "shown"]) & Q(sent_at__isnull=True)),
                name="letter_delivered_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "in_doubt"], next_attempt_at__isnull=False)
                | (~Q(state__in=["queued", "in_doubt"]) & Q(next_attempt_at__isnull=True)),
                name="letter_waiting_has_next_attempt",
            ),
            models.CheckConstraint(
                condition=Q(state="sending", claimed_at__isnull=False, attempts__gte=1)
                | (~Q(state="sending") & Q(claimed_at__isnull=True)),
                name="letter_sending_is_claimed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["failed", "in_doubt"]) | ~Q(last_error=""),
                name="letter_trouble_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(state="in_doubt") | Q(doubts__gte=1), name="letter_doubt_is_counted"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def get_absolute_url(self) -> str:
        return reverse("notices:letter", args=[self.pk])

    def is_readable_by(self, user: User, on: date) -> bool:
        """Whether the person may read text and address; who watches over sending sees kind and state only.

        In a demonstration, whose people are invented, whoever sees a letter may read it.
        """
        return settings.DEMO or self.user_id == user.pk or self.body_code in _own_codes(user, on)

    @property
    def kind_label(self) -> str:
        return kind_label(self.kind)

    @property
    def state_badge(self) -> str:
        """The look of the state: a class of the style sheet."""
        return STATE_BADGES[LetterState(self.state)]


class ChannelCopy(models.Model):
    """A letter as it goes to one channel beside mail. Told at least once, always under the letter's Message-ID."""

    letter = models.ForeignKey(
        Letter, on_delete=models.CASCADE, related_name="copies", verbose_name=_("letter")
    )
    channel = models.CharField(_("channel"), max_length=40)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # By the clock of the database, as those of letters; empty when it was told or given up.
    next_attempt_at = models.DateTimeField(_("next attempt"), null=True, blank=True, db_default=Now())
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("copy of a letter")
        verbose_name_plural = _("copies of letters")
        ordering = ["letter", "channel"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="channel_copy_due",
                condition=Q(next_attempt_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["letter", "channel"], name="channel_copy_once"),
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(next_attempt_at=None), name="channel_copy_told_is_done"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.channel}"


def _own_codes(user: User, on: date) -> set[str]:
    return {membership.body.code for membership in user.held(on)}
