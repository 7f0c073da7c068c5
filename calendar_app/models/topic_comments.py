"""What the authorised body said about single topics when it opened a round: frozen like its review."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from calendar_app.models.submissions import Review


class TopicComment(models.Model):
    """A comment on one topic of a submission (procedure, section 2, rounds).

    The topic is named by its key and by the words it had: it may be changed or removed in answer, and the
    comment still says what it was about.
    """

    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, related_name="topic_comments", verbose_name=_("review")
    )
    topic_key = models.BigIntegerField(_("key of the topic"))
    number = models.PositiveSmallIntegerField(_("place in the list"))
    title_kk = models.CharField(_("title in Kazakh"), max_length=300, blank=True)
    title_ru = models.CharField(_("title in Russian"), max_length=300, blank=True)
    comment = models.TextField(_("comment"))

    class Meta:
        verbose_name = _("comment on a topic")
        verbose_name_plural = _("comments on topics")
        ordering = ["review", "number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "topic_key"], name="topic_comment_one_per_topic"),
            models.CheckConstraint(condition=~Q(comment=""), name="topic_comment_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.title_kk or self.title_ru}"
