"""What a public calendar is asked for in its address; anything else is a 400 with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from base.forms import ShortText
from base.names import in_language
from calendar_app.labels.meetings import Mode
from calendar_app.queries import meetings as queries
from procedure.moments import day_of
from regions.models import Body, Territory

_DAY = {"type": "date", "class": "form-control"}


class CalendarFilter(forms.Form):
    """The filters of the public calendar. `from` is a word of Python, so it is declared in `__init__`."""

    region = forms.ChoiceField(
        label=_("Region"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    body = forms.ChoiceField(
        label=_("Ministry"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    to = forms.DateField(
        label=_("Until"), required=False, input_formats=["%Y-%m-%d"], widget=forms.DateInput(attrs=_DAY)
    )
    mode = forms.ChoiceField(
        label=_("Mode"), required=False, widget=forms.Select(attrs={"class": "form-select"})
    )
    q = ShortText(
        label=_("Search"),
        limit=200,
        required=False,
        widget=forms.SearchInput(attrs={"class": "form-control"}),
    )
    as_of = forms.DateField(required=False, input_formats=["%Y-%m-%d"], widget=forms.HiddenInput)
    page = forms.IntegerField(required=False, min_value=1, max_value=9999, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], moment: datetime) -> None:
        super().__init__(data)
        self.moment = moment
        self.fields["from"] = forms.DateField(
            label=_("From"), required=False, input_formats=["%Y-%m-%d"], widget=forms.DateInput(attrs=_DAY)
        )
        self.order_fields(["region", "body", "from", "to", "mode", "q"])
        language, day = get_language() or "kk", day_of(moment)
        regions = Territory.objects.regions().on(day).in_alphabetical_order(language)
        bodies = Body.objects.ministries().in_alphabetical_order(language)
        choices: dict[str, list[tuple[str, Any]]] = {
            "region": [("", _("All regions")), *((one.pk, in_language(one)) for one in regions)],
            "body": [("", _("All ministries")), *((one.pk, in_language(one)) for one in bodies)],
            "mode": [("", _("Any")), *Mode.choices],
        }
        for name, options in choices.items():
            self.fields[name].choices = options  # type: ignore[attr-defined]

    def clean_as_of(self) -> date | None:
        day: date | None = self.cleaned_data["as_of"]
        if day and day > day_of(self.moment):
            raise ValidationError(_("That day has not come yet: nobody knows its calendar."))
        return day

    def clean(self) -> dict[str, Any]:
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last < first:
            self.add_error("to", _("The last day must not be before the first day."))
        return self.cleaned_data

    @property
    def at(self) -> datetime:
        """The instant that is asked about; of a valid form."""
        return queries.as_known(self.moment, self.cleaned_data["as_of"])

    @property
    def asked(self) -> dict[str, Any]:
        """What narrows the calendar; of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if value}
