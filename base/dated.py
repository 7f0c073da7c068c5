"""Rows that hold from a day to a day: both days belong to the term, an empty one is open."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.db.models import F, Func, Q, Value


def holds_on(day: date, prefix: str = "") -> Q:
    """Rows whose term (`valid_from` to `valid_to`, both included) contains the day."""
    begun = Q(**{f"{prefix}valid_from__isnull": True}) | Q(**{f"{prefix}valid_from__lte": day})
    going = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return begun & going


def contains(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """The same for values already read."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def term() -> Func:
    """`daterange(valid_from, valid_to, '[]')`, for exclusion constraints."""
    return Func(
        F("valid_from"), F("valid_to"), Value("[]"), function="daterange", output_field=DateRangeField()
    )
