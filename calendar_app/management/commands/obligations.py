"""manage.py obligations --on DATE [--json]: who owed what, as known at the end of that day."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from base import clock
from calendar_app.labels.obligations import ObligationKind
from calendar_app.models import RuleSet
from calendar_app.queries import obligations as queries
from calendar_app.queries.obligations import Standing
from procedure.half_years import FIRST_YEAR, LAST_YEAR
from procedure.moments import ALMATY, end_of_day

# The kinds of the contract; a review is a duty of the house and has a term of its own beside the list.
TOLD = frozenset(ObligationKind.values) - {ObligationKind.TOPIC_LIST_REVIEW}


class Command(BaseCommand):
    help = "List the duties of the half-year holding DATE and of the next, as known then; it only reads."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="a day such as 2026-12-01; today without it")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        day = _day(options["on"]) if options["on"] else clock.today()
        # Days are half-open: the last instant of the day still belongs to it.
        moment = end_of_day(day) - timedelta(microseconds=1)
        try:
            found = [_row(one) for one in queries.as_known(moment) if one.owed.key[0] in TOLD]
        except RuleSet.DoesNotExist:
            raise CommandError(f"No rule set was in force on {day}: choose a later day.") from None
        if options["json"]:
            self.stdout.write(json.dumps(found, indent=1))
            return
        for row in found:
            self.stdout.write(
                f"{row['kind']:<20} {row['subject']:<8} {row['body']:<22} {row['round']} "
                f"{row['last_day'] or '-':<10} {row['status']:<14} {row['evidence'] or ''}".rstrip()
            )


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text!r} is no day: write it like 2026-12-01.") from None
    if not FIRST_YEAR < day.year < LAST_YEAR:
        raise CommandError(f"The year must lie between {FIRST_YEAR + 1} and {LAST_YEAR - 1}.")
    return day


def _row(standing: Standing) -> dict[str, Any]:
    """A duty as the contract has it; instants are written on the clock of Almaty."""
    owed, done = standing.owed, standing.done
    kind, subject, body, number = owed.key
    return {
        "kind": str(kind),
        "subject": subject,
        "body": body,
        "half_year": owed.half_year.code,
        "round": number,
        "last_day": owed.term.last_day.isoformat() if owed.term else None,
        "due": owed.term.due.astimezone(ALMATY).isoformat() if owed.term else None,
        "status": standing.status,
        "done_at": done.done_at.astimezone(ALMATY).isoformat() if done else None,
        "evidence": done.reference if done else None,
    }
