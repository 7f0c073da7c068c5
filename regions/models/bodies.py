"""Bodies: akimats, ministries, the authorised body, the commission, and those who observe."""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from base.search import SortKey
from regions.models.naming import (
    NamedQuerySet,
    Renamed,
    name_column,
    name_indexes,
    search_column,
    term_in_order,
)
from regions.models.territories import Territory


class BodyQuerySet(NamedQuerySet):
    def in_alphabetical_order(self, language: str = "kk") -> Self:
        """Akimats by the name of their region, the others by their own name, in Kazakh order."""
        regions = {"ru": "region__short_ru", "en": "region__name_en"}
        region = regions.get(language, "region__short_kk")
        return self.order_by(SortKey(Coalesce(region, name_column(language))), SortKey("name_kk"), "pk")

    def akimats(self) -> Self:
        """The local executive bodies of the 20 regions."""
        return self.filter(kind=Body.Kind.AKIMAT)

    def ministries(self) -> Self:
        """The central executive bodies."""
        return self.filter(kind=Body.Kind.MINISTRY)


class Body(Renamed):
    """A body of the procedure; its code is its key: akimat.19, ministry.health, authority, commission."""

    class Kind(models.TextChoices):
        AKIMAT = "akimat", _("akimat")
        MINISTRY = "ministry", _("ministry")
        AUTHORITY = "authority", _("authorised body")
        COMMISSION = "commission", _("commission")
        OVERSIGHT = "oversight", _("observing body")

    class Language(models.TextChoices):
        KAZAKH = "kk", _("Kazakh")
        RUSSIAN = "ru", _("Russian")
        ENGLISH = "en", _("English")

    code = models.CharField(
        _("code"), max_length=60, primary_key=True,
        validators=[RegexValidator(r"\A[a-z0-9_]+(\.[a-z0-9_]+)*\Z")],
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    abbr_kk = models.CharField(_("abbreviation in Kazakh"), max_length=30, blank=True)
    abbr_ru = models.CharField(_("abbreviation in Russian"), max_length=30, blank=True)
    abbr_en = models.CharField(_("abbreviation in English"), max_length=30, blank=True)
    full_name_kk = models.CharField(_("full name in Kazakh"), max_length=300)
    full_name_ru = models.CharField(_("full name in Russian"), max_length=300)
    full_name_en = models.CharField(_("full name in English"), max_length=300, blank=True)
    region = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="akimats", verbose_name=_("region")
    )
    official_email = models.EmailField(_("official address"), blank=True)
    head_email = models.EmailField(_("address of the head"), blank=True)
    default_language = models.CharField(
        _("language of letters"), max_length=2, choices=Language, default=Language.KAZAKH
    )
    performed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="performs", verbose_name=_("performed by")
    )
    performed_since = models.DateField(_("performed by it since"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors",
        verbose_name=_("successor"),
    )  # fmt: skip
    search = search_column(
        "name_kk", "name_ru", "name_en", "full_name_kk", "full_name_ru", "full_name_en",
        "abbr_kk", "abbr_ru", "abbr_en", "code",
    )  # fmt: skip

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("body")
        verbose_name_plural = _("bodies")
        indexes = name_indexes("body")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="akimat", region__isnull=False) | (~Q(kind="akimat") & Q(region=None)),
                name="body_region_of_akimats_only",
                violation_error_message=_("An akimat has a region; other bodies have none."),
            ),
            models.UniqueConstraint(
                fields=["region"], condition=Q(valid_to=None), name="body_one_akimat_per_region"
            ),
            term_in_order("body_term"),
        ]

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return str(self)
