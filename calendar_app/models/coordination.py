"""Coordination: what each ministry said about each of its meetings (procedure, section 2 row 3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _

from accounts.permissions import Permission
from calendar_app.labels.coordination import AnswerState
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models.calendars import CalendarVersion
from calendar_app.models.extensions import TermExtension
from calendar_app.models.meetings import PlannedMeeting
from calendar_app.models.signed_letters import SignedLetter
from regions.models import Body

if TYPE_CHECKING:
    from accounts.models import User

# What came by letter counts from the instant at which the authorised body registered the letter.
ANSWER_CAME = Coalesce(F("letter__received_at"), F("at"))


class CoordinationRound(models.Model):
    """The authorised body asked: about the whole version, or about what changed since the round before."""

    version = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("version")
    )
    number = models.PositiveSmallIntegerField(_("round"))
    opened_at = models.DateTimeField(_("opened at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    last_day = models.DateField(_("last day"))
    due = models.DateTimeField(_("late from"))

    class Meta:
        verbose_name = _("round of coordination")
        verbose_name_plural = _("rounds of coordination")
        ordering = ["version", "number"]
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="coordination_round_number"),
        ]

    # Set by `rounds_of()` only: how many questions it asked, and what came of them.
    questions: int
    asked: int
    agreed: int
    refused: int

    def __str__(self) -> str:
        return f"{self.version_id}: {self.number}"


class AnswerQuerySet(models.QuerySet["CoordinationAnswer"]):
    def visible_to(self, user: User, on: date) -> AnswerQuerySet:
        """Answers of one's own ministry; all of them for roles that reach everywhere."""
        return self.filter(body__in=user.bodies_with(Permission.COORDINATION_READ, on=on))

    def standing(self) -> AnswerQuerySet:
        """Those about the meeting as it is now, and not cancelled: an older edition asks nothing any more."""
        return self.current().with_terms()

    def current(self) -> AnswerQuerySet:
        """The same without the time that was given: for counting and for whoever asks no term."""
        return self.filter(edition=F("planned__edition"), planned__cancelled=False)

    def with_terms(self) -> AnswerQuerySet:
        """Each with the time that the authorised body gave its ministry for the round, if it did."""
        version = OuterRef("round__version__number")
        given = TermExtension.objects.filter(
            obligation__kind=ObligationKind.COORDINATION_ANSWER,
            obligation__subject=Concat(
                OuterRef("round__version__calendar__half_year"), Value("/"), Cast(version, models.CharField())
            ),
            obligation__body=OuterRef("body"),
            obligation__round=OuterRef("round__number"),
        )
        return self.annotate(
            given_last_day=Subquery(given.values("last_day")[:1]), given_due=Subquery(given.values("due")[:1])
        )

    def unanswered(self) -> AnswerQuerySet:
        return self.filter(state=AnswerState.ASKED)


class CoordinationAnswer(models.Model):
    """What one ministry was asked about one edition of a meeting, and what it said. Silence stays "asked"."""

    round = models.ForeignKey(
        CoordinationRound, on_delete=models.PROTECT, related_name="answers", verbose_name=_("round")
    )
    planned = models.ForeignKey(
        PlannedMeeting, on_delete=models.CASCADE, related_name="answers", verbose_name=_("planned meeting")
    )
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("ministry"))
    edition = models.PositiveIntegerField(_("edition"))
    state = models.CharField(_("answer"), max_length=10, choices=AnswerState, default=AnswerState.ASKED)
    # A remark beside an agreement, the reasons of a refusal.
    words = models.TextField(_("words"), blank=True)
    counter_starts = models.DateTimeField(_("proposed time"), null=True)
    at = models.DateTimeField(_("when"), null=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("who")
    )
    # By letter: the ministry answered on paper, and the authorised body typed what it says.
    letter = models.ForeignKey(
        SignedLetter, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("letter")
    )

    # The latest extension of its ministry's term; set by `with_terms()` only.
    given_last_day: date | None
    given_due: datetime | None

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("answer of a ministry")
        verbose_name_plural = _("answers of ministries")
        ordering = ["round_id", "planned_id", "body_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["planned", "body", "edition"], name="coordination_answer_once_per_edition"
            ),
            models.CheckConstraint(
                condition=Q(state__in=AnswerState.values), name="coordination_answer_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state=AnswerState.ASKED, at=None, by=None)
                | (~Q(state=AnswerState.ASKED) & Q(at__isnull=False, by__isnull=False)),
                name="coordination_answer_who_and_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=AnswerState.REFUSED) | ~Q(words=""),
                name="coordination_refusal_has_reasons",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.planned_id} {self.body_id}"

    @property
    def counts_at(self) -> datetime | None:
        """The instant by which it is in time or late: that of the letter if it came so; of rows with their letter."""
        return self.letter.received_at or self.at if self.letter else self.at

    def is_silent(self, now: datetime) -> bool:
        """Whether the term is over without a word: that is no consent (procedure, section 2 row 3)."""
        return self.state == AnswerState.ASKED and now >= self.due

    @property
    def last_day(self) -> date:
        """The last day for the answer: that of the round, or what was given; of rows read `with_terms()`."""
        return self.given_last_day or self.round.last_day

    @property
    def due(self) -> datetime:
        """The first instant that is late, by the same rule."""
        return self.given_due or self.round.due


class Disagreement(models.Model):
    """A refusal that the authorised body brings to the commission all the same (таблица разногласий)."""

    answer = models.OneToOneField(
        CoordinationAnswer, on_delete=models.CASCADE, related_name="disagreement", verbose_name=_("answer")
    )
    position = models.TextField(_("position of the authorised body"))

    class Meta:
        verbose_name = _("disagreement")
        verbose_name_plural = _("disagreements")
        ordering = ["answer"]
        constraints = [
            models.CheckConstraint(condition=~Q(position=""), name="disagreement_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.answer_id)
