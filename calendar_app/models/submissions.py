"""What was submitted, recalled and decided about a topic list: facts that no later act changes.

Triggers refuse UPDATE and DELETE on the three tables of this file.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils.translation import gettext_lazy as _

from calendar_app.labels.topic_lists import ReviewOutcome
from calendar_app.models.rule_sets import RuleSet
from calendar_app.models.signed_letters import SignedLetter

if TYPE_CHECKING:
    from calendar_app.models.entry_objections import EntryObjection
    from calendar_app.models.topic_comments import TopicComment


# What a submission came with: its letter, or itself.
CAME = Coalesce(F("came_at"), F("submitted_at"))


class Submission(models.Model):
    """A topic list as it was submitted: frozen snapshot, receipt, verdict on the deadline."""

    topic_list = models.ForeignKey(
        "calendar_app.TopicList",
        on_delete=models.PROTECT,
        related_name="submissions",
        verbose_name=_("topic list"),
    )
    number = models.PositiveSmallIntegerField(_("number"))
    round = models.PositiveSmallIntegerField(_("round"))
    receipt_number = models.CharField(_("receipt number"), max_length=24, unique=True)
    submitted_at = models.DateTimeField(_("submitted at"))
    # When the letter came from which the authorised body entered the list; it decides in time or late. None for
    # what its akimat submitted by itself.
    came_at = models.DateTimeField(_("came by letter at"), null=True)
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now())
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("submitted by"),
    )
    # The letter that carries the signature; none where a person with the signing right submitted.
    letter = models.ForeignKey(
        SignedLetter,
        on_delete=models.PROTECT,
        null=True,
        related_name="submissions",
        verbose_name=_("signed letter"),
    )
    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("rule set")
    )
    last_day = models.DateField(_("last day"))
    due = models.DateTimeField(_("late from"))
    late = models.BooleanField(_("came late"))
    explanation_kk = models.TextField(_("explanation of lateness in Kazakh"), blank=True)
    explanation_ru = models.TextField(_("explanation of lateness in Russian"), blank=True)
    answer = models.TextField(_("answer to the comments"), blank=True)
    answers = models.JSONField(_("answers to comments on topics"), default=dict, blank=True)
    snapshot = models.TextField(_("snapshot"))
    sha256 = models.CharField(_("SHA-256 of the snapshot"), max_length=64)

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["topic_list", "number"]
        constraints = [
            models.UniqueConstraint(fields=["topic_list", "number"], name="submission_number_in_list"),
            models.CheckConstraint(
                condition=Q(GreaterThanOrEqual(CAME, F("due")), late=True)
                | Q(LessThan(CAME, F("due")), late=False),
                name="submission_late_means_at_or_after_due",
            ),
            models.CheckConstraint(
                condition=Q(late=False) | ~Q(explanation_kk="", explanation_ru=""),
                name="submission_late_has_explanation",
            ),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="submission_sha256"),
        ]

    def __str__(self) -> str:
        return self.receipt_number

    @property
    def counts_at(self) -> datetime:
        """The instant that decides whether the list came in time."""
        return self.came_at or self.submitted_at

    @property
    def open_objection(self) -> EntryObjection | None:
        """What the akimat objected to and has no answer to yet; no query for what did not come by letter."""
        if self.came_at is None:
            return None
        objection: EntryObjection | None = getattr(self, "objection", None)
        return objection if objection and objection.is_open else None

    @property
    def is_recalled(self) -> bool:
        return hasattr(self, "recall")

    @property
    def answered(self) -> list[tuple[TopicComment, str]]:
        """The comments on topics that it answers, each with its answer; of lists with their submissions."""
        comments = [
            comment
            for one in self.topic_list.submissions.all()
            for review in one.reviews.all()
            for comment in review.topic_comments.all()
        ]
        return [(one, self.answers[str(one.pk)]) for one in comments if str(one.pk) in self.answers]


class Recall(models.Model):
    """An akimat took its submission back before acceptance (procedure, section 2, rounds)."""

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="recall", verbose_name=_("submission")
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")

    def __str__(self) -> str:
        return str(self.submission_id)


class Review(models.Model):
    """A decision of the authorised body about a submission (procedure, section 2, row 2)."""

    submission = models.ForeignKey(
        Submission, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("submission")
    )
    outcome = models.CharField(_("decision"), max_length=10, choices=ReviewOutcome)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    comment = models.TextField(_("comment"), blank=True)
    last_day = models.DateField(_("last day"), null=True)
    due = models.DateTimeField(_("late from"), null=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "outcome"], name="review_outcome_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=ReviewOutcome.values), name="review_known_outcome"
            ),
            models.CheckConstraint(
                condition=Q(outcome=ReviewOutcome.ACCEPTED, last_day=None, due=None)
                | (~Q(outcome=ReviewOutcome.ACCEPTED) & Q(last_day__isnull=False, due__isnull=False)),
                name="review_round_has_term",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.submission_id}: {self.get_outcome_display()}"

    @property
    def opens_round(self) -> bool:
        return self.outcome != ReviewOutcome.ACCEPTED
