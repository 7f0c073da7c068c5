"""manage.py simulate_reminders: which letters the deadlines bring hour by hour; everything is rolled back."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from calendar_app.transitions.reminders import remind
from notices.models import Letter
from procedure.moments import end_of_day, start_of_day

HOUR = timedelta(hours=1)


class Command(BaseCommand):
    help = (
        "Run the sweep of reminders for every hour of the days, twice, and count the letters by kind. "
        "Only in a demonstration; nothing is kept."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, default=date(2026, 11, 1))
        parser.add_argument("--to", dest="last", type=date.fromisoformat, default=date(2027, 7, 31))

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Instants of the future are simulated in a demonstration only (DEMO=1).")
        with transaction.atomic():
            first, again = (self._run(options["first"], options["last"]) for _ in range(2))
            transaction.set_rollback(True)
        for kind, number in sorted(first.items()):
            self.stdout.write(f"{number:>7}  {kind}")
        self.stdout.write(
            f"{sum(first.values()):>7}  letters in all; a second run adds {sum(again.values())}"
        )

    def _run(self, first: date, last: date) -> Counter[str]:
        """Letters that the hours brought, by kind."""
        before, began, runs = Counter(_kinds()), time.monotonic(), 0
        for moment in hours(first, last):
            remind(now=moment)
            runs += 1
        self.stdout.write(f"{runs} hours in {time.monotonic() - began:.0f} s")
        return Counter(_kinds()) - before


def hours(first: date, last: date) -> Iterator[datetime]:
    """Every full hour of the days, both included."""
    moment = start_of_day(first)
    while moment < end_of_day(last):
        yield moment
        moment += HOUR


def _kinds() -> Iterator[str]:
    return Letter.objects.values_list("kind", flat=True).iterator()
