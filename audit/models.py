"""The journal's table: text ids and labels, no foreign keys, rows that only ever get added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from base.act_names import act_name


class Entry(models.Model):
    """One act. Written by `audit.journal.record` only; triggers refuse UPDATE, DELETE and TRUNCATE."""

    number = models.BigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("when"), help_text=_("The portal's time."))
    recorded_at = models.DateTimeField(_("recorded at"), help_text=_("The clock of the database."))
    act = models.CharField(_("act"), max_length=80)
    actor_id = models.CharField(_("who"), max_length=80, blank=True)
    actor_label = models.CharField(_("name"), max_length=300, blank=True)
    actor_role = models.CharField(_("role"), max_length=80, blank=True)
    actor_body = models.CharField(_("for the body"), max_length=80, blank=True)
    subject_kind = models.CharField(_("kind of object"), max_length=80)
    subject_id = models.CharField(_("object"), max_length=200)
    subject_label = models.CharField(_("name of the object"), max_length=500, blank=True)
    subject_body = models.CharField(_("body of the object"), max_length=80, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)
    note = models.TextField(_("note"), blank=True)
    source = models.CharField(_("source"), max_length=40)
    previous_hash = models.CharField(_("previous hash"), max_length=64, unique=True)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        db_table = "audit_entry"
        ordering = ["number"]
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "number"], name="entry_subject"),
            models.Index(fields=["subject_body", "number"], name="entry_body"),
            models.Index(fields=["actor_id", "number"], name="entry_actor"),
            models.Index(fields=["at"], name="entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {act_name(self.act)}: {self.subject_label or self.subject_id}"


class Head(models.Model):
    """The last number and hash, one row, moved by the trigger that admits an entry.

    It makes a cut tail visible, and lets the database itself refuse an entry that does not continue the
    chain, whoever writes it.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_head"
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_head_is_one_row")]

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"
