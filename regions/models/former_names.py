"""Names that a territory, a body or a post had before."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models.bodies import Body
from regions.models.naming import Dated, name_column, search_column, term_in_order
from regions.models.posts import Post
from regions.models.territories import Territory


class FormerName(Dated):
    """A dated name of one thing; `valid_to` is its last day. Search finds the thing by it for ever."""

    territory = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="former_names",
        verbose_name=_("territory"),
    )  # fmt: skip
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="former_names", verbose_name=_("body")
    )
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="former_names", verbose_name=_("post")
    )
    name_kk = models.CharField(_("name in Kazakh"), max_length=250)
    name_ru = models.CharField(_("name in Russian"), max_length=250)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)
    search = search_column("name_kk", "name_ru", "name_en")

    class Meta:
        ordering = ["valid_to", "pk"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        indexes = [GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name="former_name_search")]
        constraints = [
            models.CheckConstraint(
                condition=Q(territory__isnull=False, body=None, post=None)
                | Q(territory=None, body__isnull=False, post=None)
                | Q(territory=None, body=None, post__isnull=False),
                name="former_name_of_one_thing",
                violation_error_message=_("A former name belongs to one territory, one body or one post."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=False),
                name="former_name_has_ended",
                violation_error_message=_("Please give the last day of the former name."),
            ),
            term_in_order("former_name_term"),
        ]

    def __str__(self) -> str:
        return self.name_kk

    def in_language(self, language: str) -> str:
        """The name in the language, else in Kazakh."""
        return getattr(self, name_column(language)) or self.name_kk
