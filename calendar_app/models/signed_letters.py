"""Signed letters on which acts of bodies rest (procedure, section 1), and their files.

One model for every act that may come so: the act refers to its letter. Triggers refuse UPDATE and DELETE on
both tables.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import TruncDate
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from calendar_app.labels.signed_letters import LetterAct, SignedFileKind
from procedure.signed_letters import FILE_LIMIT, NAME_LIMIT, NUMBER_LIMIT
from regions.models import Body


class SignedFile(models.Model):
    """The bytes of a letter under their own SHA-256: the same file is kept once, however often it comes."""

    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, primary_key=True)
    kind = models.CharField(_("kind of file"), max_length=5, choices=SignedFileKind)
    content = models.BinaryField(_("file"))

    class Meta:
        verbose_name = _("file of a signed letter")
        verbose_name_plural = _("files of signed letters")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(F("content"), function="sha256"),
                        Value("hex"),
                        function="encode",
                        output_field=models.CharField(),
                    )
                ),
                name="signed_file_hash_of_content",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    Func(F("content"), function="octet_length", output_field=IntegerField()), FILE_LIMIT
                ),
                name="signed_file_size",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=SignedFileKind.values), name="signed_file_known_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.sha256


class SignedLetter(models.Model):
    """A letter of a body with number, date, signatory and file, as somebody recorded it.

    With `received_at` it came on paper or through a document system and the authorised body entered what it
    says; without, it is the covering letter that the body's own officer recorded.
    """

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="signed_letters", verbose_name=_("body")
    )
    act = models.CharField(_("act"), max_length=20, choices=LetterAct)
    number = models.CharField(_("number of the letter"), max_length=NUMBER_LIMIT)
    day = models.DateField(_("date of the letter"))
    signatory = models.CharField(_("signatory"), max_length=NAME_LIMIT)
    post = models.CharField(_("post of the signatory"), max_length=NAME_LIMIT)
    file = models.ForeignKey(
        SignedFile, on_delete=models.PROTECT, related_name="letters", verbose_name=_("file")
    )
    received_at = models.DateTimeField(_("registered by the authorised body at"), null=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("signed letter")
        verbose_name_plural = _("signed letters")
        ordering = ["entered_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(signatory="") & ~Q(post=""), name="signed_letter_is_complete"
            ),
            models.CheckConstraint(condition=Q(act__in=LetterAct.values), name="signed_letter_known_act"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(received_at__lte=F("entered_at")),
                name="signed_letter_received_before_entered",
            ),
            models.CheckConstraint(
                condition=Q(day__lte=TruncDate("entered_at")), name="signed_letter_not_dated_ahead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.day.isoformat()})"

    @property
    def came_by_letter(self) -> bool:
        """Whether the body acted by this letter alone, and the authorised body typed what it says."""
        return self.received_at is not None
