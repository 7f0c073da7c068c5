"""What must hold in the whole database at any moment: named checks, each of which lists what breaks it.

Constraints and triggers prevent most of it; the checks also find what a restore, a hand-written
statement or a dropped trigger did. One file per noun; this one joins them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import connection

from audit.verification import verify
from calendar_app.guards import entries, signed_letters
from calendar_app.invariants import (
    calendars,
    certificates,
    commission,
    imports,
    obligations,
    proposed_meetings,
    topic_lists,
)

Check = Callable[[], Iterator[str]]

# Triggers that keep facts as they are: (table, trigger).
GUARDS = (
    *topic_lists.GUARDS,
    *obligations.GUARDS,
    *certificates.GUARDS,
    *signed_letters.GUARDS,
    *entries.GUARDS,
    *imports.GUARDS,
    *calendars.GUARDS,
    *commission.GUARDS,
    *proposed_meetings.GUARDS,
    *(("calendar_app_demonstration", f"demonstration_{kept}") for kept in ("frozen", "not_emptied")),
    ("calendar_app_ruleset", "rule_set_frozen"),
    ("notices_letter", "letter_guard"),
    ("regions_hall", "regions_hall_in_region"),
    *(("audit_entry", f"audit_entry_{kept}") for kept in ("continue", "no_change", "no_truncate")),
    *(("audit_head", f"audit_head_{kept}") for kept in ("no_delete", "no_truncate", "only_by_entry")),
)


def journal_is_whole() -> Iterator[str]:
    """The hash chain of the journal holds from the first entry to the last."""
    bad = verify().first_bad
    if bad:
        yield f"journal entry {bad.number}: {bad.reason}"


def guards_are_in_place() -> Iterator[str]:
    """The triggers that keep facts as they are exist and are enabled."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')")
        enabled = set(cursor.fetchall())
    for table, trigger in GUARDS:
        if (table, trigger) not in enabled:
            yield f"table {table}: trigger {trigger} is missing or switched off"


CHECKS: tuple[Check, ...] = (
    journal_is_whole,
    *topic_lists.CHECKS,
    *obligations.CHECKS,
    *certificates.CHECKS,
    *imports.CHECKS,
    *calendars.CHECKS,
    *commission.CHECKS,
    *proposed_meetings.CHECKS,
    guards_are_in_place,
)


def broken() -> dict[str, list[str]]:
    """Every broken invariant by its name, with what breaks it; empty when all hold."""
    found = {check.__name__: list(check()) for check in CHECKS}
    return {name: faults for name, faults in found.items() if faults}
