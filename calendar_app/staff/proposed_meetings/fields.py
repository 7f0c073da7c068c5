"""Fields of times: a day, several days, a clock time, as people type them or as a browser sends them."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from calendar_app.reachable import reachable

_DAYS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"),
    re.compile(r"(?P<day>[0-9]{1,2})[./](?P<month>[0-9]{1,2})[./](?P<year>[0-9]{4})"),
)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])(?::00)?")
TEXT_LIMIT = 1_000


class DayInput(forms.DateInput):
    """The browser's own calendar where it has one."""

    input_type = "date"

    def format_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value


class ClockInput(forms.TimeInput):
    input_type = "time"

    def format_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value


class DayField(forms.Field):
    """One day: 2027-03-06 or 06.03.2027. A day that is in no calendar is said to be none."""

    widget = DayInput

    def to_python(self, value: Any) -> date | None:
        text = str(value or "").strip()
        return read_day(text) if text else None


class ClockField(forms.Field):
    """A time of day: 11:00 or 9.30."""

    widget = ClockInput

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not (match := _CLOCK.fullmatch(text)):
            raise ValidationError(_("Write the time like 18:30."), code="clock")
        return time(int(match[1]), int(match[2]))


class DaysField(forms.Field):
    """Any number of days, parted by commas or spaces."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> tuple[date, ...]:
        text = str(value or "")
        if len(text) > TEXT_LIMIT:
            raise ValidationError(
                _("The text is too long: at most %(limit)s characters are possible."),
                code="too_long", params={"limit": TEXT_LIMIT},
            )  # fmt: skip
        return tuple(sorted({read_day(part) for part in re.split(r"[\s,;]+", text) if part}))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, (tuple, list)):
            return ", ".join(f"{day:%d.%m.%Y}" for day in value)
        return value


def read_day(text: str) -> date:
    """The day that the text names; ValidationError if it is none, or of a year without calendars."""
    match = next((found for form in _DAYS if (found := form.fullmatch(text))), None)
    if match is None:
        raise ValidationError(_("Write the day like 06.03.2027."), code="day")
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise ValidationError(
            _("There is no such day: %(day)s."), code="no_such_day", params={"day": text}
        ) from None
    reachable(day)
    return day
