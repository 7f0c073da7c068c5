"""What an akimat objects to in a list that was entered for it by letter, and what it is answered.

Triggers refuse UPDATE and DELETE on both tables, an objection to what the akimat submitted itself, and the
acceptance of a list while an objection has no answer.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_app.models.submissions import Submission


class EntryObjection(models.Model):
    """The akimat says where the entry is not what its letter says (procedure, section 1, by letter)."""

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="objection", verbose_name=_("submission")
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    words = models.TextField(_("objection"))

    class Meta:
        verbose_name = _("objection to an entry by letter")
        verbose_name_plural = _("objections to entries by letter")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="entry_objection_says_something")]

    def __str__(self) -> str:
        return str(self.submission_id)

    @property
    def is_open(self) -> bool:
        return not hasattr(self, "answer")


class ObjectionAnswer(models.Model):
    """The authorised body says what became of the objection."""

    objection = models.OneToOneField(
        EntryObjection, on_delete=models.PROTECT, related_name="answer", verbose_name=_("objection")
    )
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("who")
    )
    words = models.TextField(_("answer to the objection"))

    class Meta:
        verbose_name = _("answer to an objection")
        verbose_name_plural = _("answers to objections")
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="objection_answer_says_something")]

    def __str__(self) -> str:
        return str(self.objection_id)
