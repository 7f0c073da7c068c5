"""Duties with their terms, derived from the rule sets, and the trace of every term that changed since.

How a duty stands is computed on reading (`queries.obligations`). `done_at` and `evidence` repeat what the
objects of the procedure said when duties were last derived, so that the sweep of reminders, which derives
first, reads one table.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from calendar_app.labels.obligations import ObligationKind
from calendar_app.models.rule_sets import RuleSet
from procedure.half_years import HalfYear
from regions.models import Body

# Kind, subject, code of the body, round: what makes a duty this one, never its day (procedure, section 3).
Key = tuple[str, str, str, int]


class ObligationQuerySet(models.QuerySet["Obligation"]):
    def of_half_years(self, half_years: Iterable[HalfYear]) -> ObligationQuerySet:
        return self.filter(half_year__in=[one.code for one in half_years])

    def not_done(self) -> ObligationQuerySet:
        """Duties that nothing had met when they were last derived, and that can still be met; overdue ones too."""
        return self.filter(done_at=None, closed_at=None)


class Obligation(models.Model):
    """One duty of one body in one round (procedure, sections 2 and 3).

    opened_at    from when it is owed; no reminder speaks of it before
    due          the first instant that is late; None where there is no term, or it does not run yet
    done_at      when it was done, as far as was known; `evidence` names the proof, such as a receipt
    closed_at    from when nobody can meet it any more: what was asked lapsed, or went on without it
    extended_at  when the authorised body gave the term that stands; steps of reminders before it are not owed
    """

    kind = models.CharField(_("kind"), max_length=24, choices=ObligationKind)
    subject = models.CharField(_("subject"), max_length=60)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="obligations", verbose_name=_("body")
    )
    half_year = models.CharField(_("half-year"), max_length=7)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("rule set")
    )
    opened_at = models.DateTimeField(_("owed since"))
    last_day = models.DateField(_("last day"), null=True, blank=True)
    aim_day = models.DateField(_("day to aim at"), null=True, blank=True)
    due = models.DateTimeField(_("late from"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=60, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    extended_at = models.DateTimeField(_("extended at"), null=True, blank=True)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        ordering = ["half_year", "kind", "subject", "body", "round"]
        indexes = [
            # What the sweep looks at: duties that are done do not slow it down.
            models.Index(
                fields=["kind", "due"], name="obligation_open", condition=Q(done_at=None, closed_at=None)
            ),
            models.Index(fields=["half_year", "kind"], name="obligation_half_year"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "body", "round"], name="obligation_once"),
            models.CheckConstraint(condition=Q(kind__in=ObligationKind.values), name="obligation_known_kind"),
            models.CheckConstraint(
                condition=Q(half_year__regex=r"^\d{4}-H[12]$"), name="obligation_half_year_code"
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="obligation_round_from_one"),
            models.CheckConstraint(
                condition=Q(last_day=None, aim_day=None, due=None)
                | Q(aim_day__isnull=False, last_day__gte=F("aim_day"), due__isnull=False),
                name="obligation_term_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, evidence="") | (Q(done_at__isnull=False) & ~Q(evidence="")),
                name="obligation_done_has_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.body_id} {self.round}"

    @property
    def key(self) -> Key:
        return self.kind, self.subject, self.body_id, self.round


class TermChange(models.Model):
    """The trace of a recomputation: the term that a duty had until then, by which rule set. Frozen."""

    obligation = models.ForeignKey(
        Obligation, on_delete=models.PROTECT, related_name="changes", verbose_name=_("duty")
    )
    at = models.DateTimeField(_("when"))
    rule_set = models.ForeignKey(
        RuleSet, on_delete=models.PROTECT, related_name="+", verbose_name=_("rule set before")
    )
    last_day = models.DateField(_("last day before"), null=True)
    aim_day = models.DateField(_("day to aim at before"), null=True)
    due = models.DateTimeField(_("late from, before"), null=True)

    class Meta:
        verbose_name = _("change of a term")
        verbose_name_plural = _("changes of terms")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.last_day}"


class ReminderStep(models.Model):
    """A step of the reminders of one term that was taken: its letters were queued in the same transaction."""

    # Beside the working days of a ladder: the authorised body was told who missed the term.
    MISSED = 1000

    kind = models.CharField(_("kind"), max_length=24, choices=ObligationKind)
    due = models.DateTimeField(_("late from"))
    offset = models.SmallIntegerField(_("working days from the day to aim at"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("step of the reminders")
        verbose_name_plural = _("steps of the reminders")
        ordering = ["due", "kind", "offset"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "due", "offset"], name="reminder_step_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.due:%Y-%m-%d} {self.offset:+d}"
