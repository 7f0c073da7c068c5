"""The times of a proposed meeting on its form: any number of exact ones, and of choices of days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from base.forms import PortalForm
from calendar_app.labels.proposed_meetings import PartOfDay
from calendar_app.staff.proposed_meetings.fields import ClockField, DayField, DaysField
from calendar_app.window_words import month_name
from procedure.half_years import HalfYear
from procedure.proposed_meetings import (
    LONGEST,
    SHORTEST,
    WINDOWS_LIMIT,
    ExactWindow,
    LooseWindow,
    Window,
)
from regions.models import WorkingHours

# A page shows at most one blank time beside those that can be saved.
MOST = WINDOWS_LIMIT + 1
ROW = re.compile(r"(?P<kind>exact|loose)-(?P<index>[0-9]{1,3})-(?P<name>[a-z_]+)")


class ExactForm(PortalForm):
    """One exact time."""

    day = DayField(label=_("Day"), required=False)
    starts = ClockField(label=_("From"), required=False)
    ends = ClockField(label=_("Until"), required=False)

    def __init__(self, *args: Any, half_year: HalfYear, **options: Any) -> None:
        super().__init__(*args, **options)
        for attribute, day in (("min", half_year.first_day), ("max", half_year.last_day)):
            self.fields["day"].widget.attrs[attribute] = day.isoformat()

    @property
    def is_blank(self) -> bool:
        return not any(self[name].value() for name in ("day", "starts", "ends"))

    def clean(self) -> dict[str, Any]:
        if not self.is_blank:
            for name in ("day", "starts", "ends"):
                if name in self.cleaned_data and self.cleaned_data[name] is None:
                    self.add_error(name, ValidationError(_("Please fill in this field."), code="required"))
        return self.cleaned_data

    def window(self) -> Window:
        """Of a valid form that is not blank."""
        return ExactWindow(*(self.cleaned_data[name] for name in ("day", "starts", "ends")))


class LooseForm(PortalForm):
    """A choice of days: a month or a range, days of the week, days that do not suit."""

    month = forms.ChoiceField(label=_("Month"), required=False)
    first_day = DayField(label=_("or the first day"), required=False)
    last_day = DayField(label=_("and the last day"), required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        required=False,
        coerce=int,
        choices=WorkingHours.Weekday.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: any day of the week."),
    )
    excluded = DaysField(
        label=_("Not on these days"), required=False, help_text=_("For example: 20.03.2027, 21.03.2027")
    )
    part = forms.ChoiceField(label=_("Part of the day"), choices=PartOfDay.choices, required=False)
    minutes = forms.IntegerField(
        label=_("Duration in minutes"), required=False, min_value=SHORTEST, max_value=LONGEST
    )

    def __init__(self, *args: Any, half_year: HalfYear, **options: Any) -> None:
        super().__init__(*args, **options)
        months = range(1, 7) if half_year.half == 1 else range(7, 13)
        offered = [(f"{half_year.year}-{month:02}", month_name(month)) for month in months]
        self.fields["month"].choices = [("", _("Not chosen")), *offered]  # type: ignore[attr-defined]
        for name in ("first_day", "last_day"):
            attributes = self.fields[name].widget.attrs
            attributes["min"], attributes["max"] = (
                half_year.first_day.isoformat(),
                half_year.last_day.isoformat(),
            )

    @property
    def is_blank(self) -> bool:
        return not any(
            self[name].value()
            for name in ("month", "first_day", "last_day", "weekdays", "excluded", "minutes")
        )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.is_blank or self.errors:
            return said
        if said["month"] and (said["first_day"] or said["last_day"]):
            self.add_error("month", _("Choose a month, or give the first and the last day, not both."))
        elif not said["month"] and not (said["first_day"] and said["last_day"]):
            self.add_error("month", _("Choose a month, or give the first and the last day."))
        return said

    def window(self) -> Window:
        """Of a valid form that is not blank."""
        said = self.cleaned_data
        first, last = said["first_day"], said["last_day"]
        if said["month"]:
            first, last = month_range(said["month"])
        part = said["part"] or PartOfDay.ANY
        return LooseWindow(first, last, tuple(said["weekdays"]), said["excluded"], part, said["minutes"])


def month_range(code: str) -> tuple[date, date]:
    """The first and last day of "2027-03"."""
    first = date.fromisoformat(f"{code}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


class Times(BaseFormSet):
    """The times of one kind.

    How many there are is counted in what came: a count that is wrong is said (422), and no time is lost by it.
    """

    def __init__(self, data: Any = None, *, prefix: str, **options: Any) -> None:
        self.is_miscounted = False
        if data is not None:
            total = str(data.get(f"{prefix}-TOTAL_FORMS") or "")
            found = rows_in(data, prefix)
            readable = total.isascii() and total.isdigit() and len(total) < 4
            if not readable or not found <= int(total) <= MOST:
                self.is_miscounted = True
                data = data.copy()
                data[f"{prefix}-TOTAL_FORMS"], data[f"{prefix}-INITIAL_FORMS"] = str(found), "0"
        super().__init__(data, prefix=prefix, **options)

    def clean(self) -> None:
        if self.is_miscounted:
            raise ValidationError(
                _("The form came incomplete. Nothing is lost: please send it again."), code="incomplete"
            )


def _times(form: type[forms.Form]) -> type[BaseFormSet]:
    return formset_factory(
        form, formset=Times, extra=1, max_num=WINDOWS_LIMIT, absolute_max=MOST, validate_max=True
    )


TIMES = {"exact": _times(ExactForm), "loose": _times(LooseForm)}


def rows_in(data: Mapping[str, Any], kind: str) -> int:
    """How many times of the kind the sent boxes hold, blank ones between them included."""
    found = (ROW.fullmatch(name) for name, value in data.items() if value)
    said = [one for one in found if one and one["kind"] == kind and one["name"] != "part"]
    return max((int(one["index"]) + 1 for one in said), default=0)


def rows_of(windows: Iterable[Window], kind: str) -> list[dict[str, Any]]:
    """What stands in the boxes of the saved times of one kind."""
    return [_row(one) for one in windows if isinstance(one, ExactWindow) == (kind == "exact")]


def sent_rows(data: Any, kind: str) -> Iterator[dict[str, Any]]:
    """The times of one kind as they were sent, blank ones left out."""
    fields = TIMES[kind].form.base_fields
    for index in range(min(rows_in(data, kind), WINDOWS_LIMIT)):
        row = sent(fields, data, f"{kind}-{index}-")
        if any(value for name, value in row.items() if name != "part"):
            yield row


def sent(fields: Mapping[str, forms.Field], data: Any, prefix: str = "") -> dict[str, Any]:
    """What was sent for these fields, to be shown again and not judged."""
    found = {
        name: field.widget.value_from_datadict(data, MultiValueDict(), prefix + name)
        for name, field in fields.items()
    }
    return {name: _kept(value) for name, value in found.items()}


def _row(window: Window) -> dict[str, Any]:
    """The boxes of one time; a whole month is shown as one."""
    row = dict(vars(window))
    if isinstance(window, LooseWindow):
        month = f"{window.first_day:%Y-%m}"
        if (window.first_day, window.last_day) == month_range(month):
            row |= {"month": month, "first_day": None, "last_day": None}
        row["weekdays"] = [str(day) for day in window.weekdays]
    return row


def _kept(value: Any) -> Any:
    """A NUL would break the page's next submission: it is left out of what is shown again."""
    return value.replace("\x00", "") if isinstance(value, str) else value
