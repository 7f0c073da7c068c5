"""What a public calendar is asked for in its address; anything else is a 400 with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from base.forms import ShortText
from base.names import FALLBACKS
from calendar_app.labels.meetings import Mode
from calendar_app.queries import meetings as queries
from calendar_app.reachable import reachable
from procedure.moments import day_of
from regions.models import Body, Territory

VIEWS = (("list", pgettext_lazy("view", "List")), ("month", pgettext_lazy("view", "Month")))
# What narrows the calendar, in the order of the form; the others say how it is shown.
NARROWING = ("region", "q", "body", "from", "to", "mode")


def _day(label: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date", "class": "form-control"})
    wrong = {"invalid": _("Please write the day as year-month-day, such as 2027-02-27.")}
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=widget,
        error_messages=wrong,
        validators=[reachable],
    )


def _choice(label: Any, choices: Any = ()) -> forms.ChoiceField:
    widget = forms.Select(attrs={"class": "form-select"})
    unknown = {"invalid_choice": _("“%(value)s” is not known here.")}
    return forms.ChoiceField(
        label=label, required=False, choices=choices, widget=widget, error_messages=unknown
    )


def _named(found: QuerySet[Any], language: str) -> list[tuple[str, str]]:
    """(key, name in the language) without making models of them: every public page asks for all of them."""
    columns = [f"name_{code}" for code in FALLBACKS[language]]
    return [(key, next(filter(None, names), "")) for key, *names in found.values_list("pk", *columns)]


class CalendarFilter(forms.Form):
    """The filters of the public calendar. `from` is a word of Python, so it is declared in `__init__`."""

    region = _choice(_("Region"))
    body = _choice(_("Ministry"))
    to = _day(_("Until the day"))
    mode = _choice(_("Mode"))
    q = ShortText(
        label=_("Search"),
        limit=200,
        required=False,
        widget=forms.SearchInput(attrs={"class": "form-control"}),
    )
    as_of = _day(_("As of the day"))
    view = _choice(pgettext_lazy("calendar", "View"), VIEWS)
    page = forms.IntegerField(label=_("Page"), required=False, min_value=1, max_value=9999)

    def __init__(self, data: Mapping[str, Any], moment: datetime) -> None:
        super().__init__(data)
        self.moment = moment
        self.fields["from"] = _day(_("From the day"))
        self.order_fields(NARROWING)
        language, day = get_language() or "kk", day_of(moment)
        regions = Territory.objects.regions().on(day).in_alphabetical_order(language)
        bodies = Body.objects.ministries().in_alphabetical_order(language)
        choices: dict[str, list[tuple[str, Any]]] = {
            "region": [("", _("All regions")), *_named(regions, language)],
            "body": [("", _("All ministries")), *_named(bodies, language)],
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

    def no_such_page(self) -> None:
        """The page lies behind the last one."""
        self.add_error("page", _("This list of meetings has no such page."))

    @property
    def at(self) -> datetime:
        """The instant that is asked about; of a valid form."""
        return queries.as_known(self.moment, self.cleaned_data["as_of"])

    @property
    def today(self) -> date:
        """The day on which the calendar is looked at: the one asked about, else the present one."""
        day: date | None = self.cleaned_data["as_of"]
        return day or day_of(self.moment)

    @property
    def asked(self) -> dict[str, Any]:
        """What narrows the calendar; of a valid form."""
        return {name: value for name in NARROWING if (value := self.cleaned_data[name])}

    @property
    def narrows(self) -> bool:
        return bool(self.asked)

    @property
    def narrows_more(self) -> bool:
        """Whether one of the filters is set that are folded away at first."""
        return bool(self.asked.keys() - {"region", "q"})

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields that are folded away at first."""
        return [self[name] for name in ("body", "from", "to", "mode")]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(what was asked for, what is wrong with it) in the page's language."""
        return [
            (str(self.fields[name].label), str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]
