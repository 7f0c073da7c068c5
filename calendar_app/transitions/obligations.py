"""Duties derived from the rules and kept: opened, recomputed while they are open, marked as done."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from audit import journal
from audit.actors import SYSTEM, Subject
from calendar_app.queries import obligations as queries
from calendar_app.transitions import duty_rows
from calendar_app.transitions.duty_rows import Changed
from procedure.half_years import HalfYear
from procedure.moments import day_of

# pg_advisory_xact_lock: duties are derived by one at a time.
LOCK = 0x64757479


@dataclass(frozen=True)
class Derived:
    """How many duties were opened, recomputed, and newly found to be done or open again."""

    opened: int
    recomputed: int
    settled: int


@transaction.atomic
def derive(*, now: datetime) -> Derived:
    """Bring the kept duties to what rules, day table and acts say at the instant; a second run writes nothing.

    New duties are opened. A moved holiday or a new rule set recomputes first rounds that are not done yet, each
    with a trace; what is done keeps its rule set, and a returned round the term that was written to the
    akimat. One journal entry per run that changed something.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    half_years = queries.half_years_of(day_of(now))
    owed, done = queries.known(half_years, now)
    changed = duty_rows.bring_up(half_years, queries.EVIDENCE, owed, done, now)
    if changed.opened or changed.recomputed:
        _record(half_years, changed, now)
    return Derived(len(changed.opened), len(changed.recomputed), len(changed.settled))


def _record(half_years: Sequence[HalfYear], changed: Changed, now: datetime) -> None:
    """One chained entry for the batch: counts, and a digest of the keys (promises, notes on P15)."""
    keys = "\n".join(sorted([*changed.opened, *changed.recomputed]))
    label = " ".join(one.code for one in half_years)
    journal.record(
        act="obligations.derive",
        actor=SYSTEM,
        now=now,
        subject=Subject("obligations", label, label),
        changes={
            "opened": [0, len(changed.opened)],
            "recomputed": [0, len(changed.recomputed)],
            "keys_sha256": [None, hashlib.sha256(keys.encode()).hexdigest()],
        },
    )
