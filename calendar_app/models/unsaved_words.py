"""What officers have typed and not saved yet, and who sits at which page: never part of the list."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UnsavedWords(models.Model):
    """The words of one person on one page of the editor, kept until they are saved or discarded.

    Seen by that person only. `form` is the page view that sent them and `stroke` counts what it sent: what
    arrives late or out of order changes nothing. Once saved or discarded `words` is None, and the row stays for
    a while so that a late request of the same page view brings nothing back. `version` is the one of the part
    when the page was opened.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic_list = models.ForeignKey("calendar_app.TopicList", on_delete=models.CASCADE, related_name="+")
    item = models.CharField(_("page"), max_length=40)
    form = models.UUIDField(_("form"))
    stroke = models.BigIntegerField(_("number of the record"), default=0)
    version = models.PositiveIntegerField(_("version"), default=0)
    words = models.JSONField(_("words"), null=True)
    kept_at = models.DateTimeField(_("kept at"))

    class Meta:
        verbose_name = _("unsaved words")
        verbose_name_plural = _("unsaved words")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic_list", "item"], name="unsaved_words_one_per_page")
        ]

    def __str__(self) -> str:
        return self.item


class Presence(models.Model):
    """Somebody has a page of the editor open: since when, and until when that is believed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic_list = models.ForeignKey("calendar_app.TopicList", on_delete=models.CASCADE, related_name="+")
    item = models.CharField(_("page"), max_length=40)
    since = models.DateTimeField(_("since"))
    until = models.DateTimeField(_("until"))

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["user", "topic_list", "item"], name="presence_one_per_page")
        ]

    def __str__(self) -> str:
        return self.item
