"""Territories: the whole classifier of administrative-territorial objects (КАТО)."""

from __future__ import annotations

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from base.search import SortKey
from regions.models.naming import NamedQuerySet, Renamed, name_indexes, search_column, term_in_order

SHORT_HELP = _("The name without “village”, “town” and the like; lists are ordered by it.")


class TerritoryQuerySet(NamedQuerySet):
    def in_alphabetical_order(self, language: str = "kk") -> Self:
        """By place name, so that «село Абай» stands under А; in Kazakh order, equal names by code.

        In English those with an English name come first: few have one.
        """
        if language == "en":
            return self.order_by(SortKey(Coalesce(NullIf("name_en", Value("")), "short_kk")), "pk")
        return self.order_by(SortKey("short_ru" if language == "ru" else "short_kk"), "pk")

    def regions(self) -> Self:
        """The 17 oblasts and 3 cities of republican significance."""
        return self.filter(level=1)

    def selectable(self) -> Self:
        """Places where a meeting can be held."""
        return self.filter(selectable=True)

    def within(self, region: str) -> Self:
        """Everything in a region (its КАТО code), the region itself included."""
        return self.filter(region_id=region)

    def districts(self) -> Self:
        """Districts, cities of oblast significance, and the inner districts of the three largest cities."""
        return self.filter(Q(level=2) | Q(level=3, parent__level=1))


class Territory(Renamed):
    """One object of the classifier; the key is its КАТО code, nine digits.

    `name_*` are written out for screens, `short_*` is the bare place name, `kato_name_*` keep the
    classifier's own words (mended). `level` is the classifier's: 1 region, 2 district, 3 okrug or town,
    4 place. Do not build on a fixed chain of levels: city districts hang directly on a region, and some
    places directly on a district.
    """

    class Kind(models.TextChoices):
        OBLAST = "oblast", _("region")
        CITY_REPUBLICAN = "city_republican", _("city of republican significance")
        DISTRICT = "district", _("district")
        CITY_OBLAST_SIGNIFICANCE = "city_oblast_significance", _("city of regional significance")
        CITY_DISTRICT = "city_district", _("city district")
        TOWN = "town", _("town")
        TOWN_ADMINISTRATION = "town_administration", _("town administration")
        SETTLEMENT_ADMINISTRATION = "settlement_administration", _("settlement administration")
        VILLAGE_ADMINISTRATION = "village_administration", _("village administration")
        RURAL_OKRUG = "rural_okrug", _("rural okrug")
        URBAN_SETTLEMENT = "urban_settlement", _("urban settlement")
        VILLAGE = "village", _("village")
        RAIL_STATION = "rail_station", _("railway station")
        RAIL_SIDING = "rail_siding", _("railway siding")
        AREA = "area", _("area")
        FARMSTEAD = "farmstead", _("farmstead")
        WINTERING = "wintering", _("wintering place")
        PASTURE_SITE = "pasture_site", _("pasture site")
        OTHER_SITE = "other_site", _("other site")

    code = models.CharField(
        _("KATO code"), max_length=9, primary_key=True, validators=[RegexValidator(r"\A[0-9]{9}\Z")]
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )
    region = models.ForeignKey(
        "self", models.PROTECT, related_name="territories", verbose_name=_("region"),
        help_text=_("The object of level 1 above it; a region's own code for the region itself."),
    )  # fmt: skip
    level = models.PositiveSmallIntegerField(_("level"))
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    settlement_type = models.CharField(_("settlement type in the classifier"), max_length=1, blank=True)
    short_kk = models.CharField(_("place name in Kazakh"), max_length=250, help_text=SHORT_HELP)
    short_ru = models.CharField(_("place name in Russian"), max_length=250, help_text=SHORT_HELP)
    kato_name_kk = models.CharField(_("name in the classifier, Kazakh"), max_length=250)
    kato_name_ru = models.CharField(_("name in the classifier, Russian"), max_length=250)
    aliases = models.TextField(
        _("other spellings"), blank=True, help_text=_("Names under which people look for it, one a line.")
    )
    selectable = models.BooleanField(_("meetings can be held here"), default=False)
    iso = models.CharField(_("ISO 3166-2 code"), max_length=6, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors",
        verbose_name=_("successor"),
    )  # fmt: skip
    search = search_column("name_kk", "name_ru", "name_en", "kato_name_kk", "kato_name_ru", "aliases", "code")

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("territory")
        verbose_name_plural = _("territories")
        indexes = name_indexes("territory", "short")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__regex="^[0-9]{9}$"), name="territory_code_is_nine_digits"
            ),
            models.CheckConstraint(condition=models.Q(level__range=(1, 4)), name="territory_level"),
            models.CheckConstraint(
                condition=models.Q(level=1, parent=None, region=models.F("code"))
                | models.Q(level__gt=1, parent__isnull=False),
                name="territory_hangs_on_a_parent",
            ),
            term_in_order("territory_term"),
        ]
