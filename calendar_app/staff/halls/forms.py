"""Forms of a hall: what it is, and until when it is used."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from base.forms import ActForm, ShortText
from calendar_app.staff.proposed_meetings.fields import DayField
from procedure.halls import ADDRESS_LIMIT, NAME_LIMIT, SEATS_LIMIT, HallDraft


class HallForm(ActForm):
    """A hall that is registered already: its place stays."""

    name_kk = ShortText(label=_("Name in Kazakh"), limit=NAME_LIMIT)
    name_ru = ShortText(label=_("Name in Russian"), limit=NAME_LIMIT)
    address_kk = ShortText(label=_("Address in Kazakh"), limit=ADDRESS_LIMIT)
    address_ru = ShortText(label=_("Address in Russian"), limit=ADDRESS_LIMIT)
    capacity = forms.IntegerField(label=_("Seats"), min_value=1, max_value=SEATS_LIMIT)
    step_free = forms.BooleanField(
        label=_("Step-free access"),
        required=False,
        help_text=_("A person in a wheelchair gets in without help."),
    )
    hearing_loop = forms.BooleanField(label=_("Hearing loop"), required=False)

    def draft(self) -> HallDraft:
        said = self.cleaned_data
        names = ("name_kk", "name_ru", "address_kk", "address_ru", "capacity", "step_free", "hearing_loop")
        return HallDraft(**{name: said[name] for name in names}, place=said.get("place", ""))


class NewHallForm(HallForm):
    """A hall to be registered, with the place where it stands."""

    place = forms.CharField(
        label=_("Town or village"),
        max_length=9,
        error_messages={"required": _("Find the town or village and choose it.")},
    )

    @classmethod
    def shown_again(cls, data: Any) -> NewHallForm:
        """The form as it was sent, not judged: while a place is looked for."""
        sent = {name: data.get(name, "").replace("\x00", "") for name in cls.base_fields}
        return cls(initial=sent)


class CloseForm(ActForm):
    """The last day of a hall; an empty one keeps it in use."""

    last_day = DayField(
        label=_("Last day of use"),
        required=False,
        help_text=_("Today or later. Leave it empty if the hall stays in use."),
    )
