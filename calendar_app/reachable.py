"""Years in which there are calendars: what lies outside them is refused where it is typed."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from procedure.half_years import FIRST_YEAR, LAST_YEAR


def is_reachable(day: date) -> bool:
    """Months and ends of days around the day (or instant) are dates too: it is not near the edges."""
    return FIRST_YEAR < day.year < LAST_YEAR


def reachable(day: date) -> None:
    """Raise ValidationError for a day or an instant of a year without calendars; for fields of forms."""
    if not is_reachable(day):
        raise ValidationError(_("There is no calendar of that year."), code="unreachable")
