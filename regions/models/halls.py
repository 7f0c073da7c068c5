"""Halls where meetings are held. They belong to akimats, who keep them up to date."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models.bodies import Body
from regions.models.naming import Dated, Named, NamedQuerySet, name_indexes, search_column, term_in_order
from regions.models.territories import Territory


class Hall(Dated, Named):
    """A room with an address, in the region of the akimat that owns it (a trigger holds this too)."""

    owner = models.ForeignKey(
        Body, models.PROTECT, related_name="halls", limit_choices_to={"kind": "akimat"},
        verbose_name=_("akimat"),
    )  # fmt: skip
    territory = models.ForeignKey(
        Territory, models.PROTECT, related_name="halls", limit_choices_to={"selectable": True},
        verbose_name=_("town or village"),
    )  # fmt: skip
    address_kk = models.CharField(_("address in Kazakh"), max_length=300)
    address_ru = models.CharField(_("address in Russian"), max_length=300)
    capacity = models.PositiveIntegerField(_("seats"), validators=[MinValueValidator(1)])
    step_free = models.BooleanField(_("step-free access"), default=False)
    hearing_loop = models.BooleanField(_("hearing loop"), default=False)
    search = search_column("name_kk", "name_ru", "name_en", "address_kk", "address_ru")

    objects = NamedQuerySet.as_manager()

    class Meta:
        ordering = ["owner", "name_kk", "pk"]
        verbose_name = _("hall")
        verbose_name_plural = _("halls")
        indexes = name_indexes("hall")
        constraints = [
            models.CheckConstraint(condition=models.Q(capacity__gte=1), name="hall_has_seats"),
            models.UniqueConstraint(
                fields=["owner", "territory", "name_kk"],
                condition=models.Q(valid_to=None),
                name="hall_once_in_a_place",
                violation_error_message=_("This place already has a hall of that name."),
            ),
            term_in_order("hall_term"),
        ]

    def clean(self) -> None:
        """The owner is an akimat and the place lies in its region."""
        super().clean()
        if self.owner_id is None or self.territory_id is None:
            return
        if self.owner.kind != Body.Kind.AKIMAT:
            raise ValidationError({"owner": _("Halls belong to akimats.")})
        if self.territory.region_id != self.owner.region_id:
            raise ValidationError({"territory": _("Please choose a place in the region of this akimat.")})
