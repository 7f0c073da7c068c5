"""The day table as the procedure wants it: one query, then answers from memory."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from base import written_once
from regions.models import Day

SATURDAY = 5


class Workdays:
    """Satisfies `procedure.deadlines.Workdays`. Saturdays and Sundays are off unless the table says else."""

    def __init__(self, days: dict[date, str]) -> None:
        self._kinds = days

    def is_working(self, day: date) -> bool:
        """Whether the day is worked: by the day table, else by its weekday."""
        kind = self._kinds.get(day)
        return day.weekday() < SATURDAY if kind is None else kind == Day.Kind.WORKING


def current() -> Workdays:
    """The whole day table as it is now (about twenty rows a year), in one query."""
    return Workdays(dict(_days()))


@written_once.tuples
def _days() -> QuerySet[Day, tuple[date, str]]:
    return Day.objects.values_list("day", "kind")
