"""Topics that the authorised body left out when it accepted a list: the register of why not, kept for good."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_app.labels.topic_lists import LeftOutReason
from calendar_app.models.submissions import Review


class LeftOutTopic(models.Model):
    """One topic of an accepted submission that does not go into the calendar, with the reason.

    Procedure, section 6: no topic is left out without a recorded reason. The topic is named by its key and
    by the words it had.
    """

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="left_out", verbose_name=_("review")
    )
    topic_key = models.BigIntegerField(_("key of the topic"))
    number = models.PositiveSmallIntegerField(_("place in the list"))
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    reason = models.CharField(_("reason"), max_length=20, choices=LeftOutReason)
    words = models.TextField(_("explanation"), blank=True)

    class Meta:
        verbose_name = _("topic left out")
        verbose_name_plural = _("topics left out")
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "topic_key"], name="left_out_topic_once"),
            models.CheckConstraint(
                condition=Q(reason__in=LeftOutReason.values), name="left_out_topic_known_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reason=LeftOutReason.OTHER) | ~Q(words=""), name="left_out_topic_other_explained"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_kk or self.title_ru}"
