"""Duties derived from the rules and kept: opened, recomputed while they are open, marked as done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from audit import journal
from audit.actors import SYSTEM, Subject
from calendar_app.labels.obligations import ObligationKind
from calendar_app.labels.topic_lists import TopicListState
from calendar_app.models import Obligation, TermChange, TopicList
from calendar_app.models.obligations import Key
from calendar_app.queries import obligations as queries
from calendar_app.queries.owed import Evidence, Owed
from procedure.half_years import HalfYear
from procedure.moments import day_of

# pg_advisory_xact_lock: duties are derived by one at a time.
LOCK = 0x64757479
TERM = ["rule_set", "last_day", "aim_day", "due"]


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
    rows = {one.key: one for one in Obligation.objects.of_half_years(half_years).select_related("rule_set")}
    expected, done = queries.derived(half_years, now), queries.evidence(half_years, now)
    opened = _open([owed for owed in expected if owed.key not in rows], done)
    settled = _settle(rows, done)
    recomputed = _recompute(rows, expected, now)
    if opened or recomputed:
        _record(half_years, opened, recomputed, now)
    return Derived(len(opened), len(recomputed), settled)


def _open(missing: Iterable[Owed], done: dict[Key, Evidence]) -> list[Obligation]:
    rows = []
    for owed in missing:
        kind, subject, body, number = owed.key
        row = Obligation(
            kind=kind, subject=subject, body_id=body, round=number, half_year=owed.half_year.code,
            opened_at=owed.opened_at,
        )  # fmt: skip
        _take_term(row, owed)
        _take_evidence(row, done.get(owed.key))
        rows.append(row)
    return Obligation.objects.bulk_create(rows)


def _settle(rows: dict[Key, Obligation], done: dict[Key, Evidence]) -> int:
    """Mark as done what was done since, and as open again what was recalled."""
    changed = [row for row in rows.values() if _take_evidence(row, done.get(row.key))]
    return Obligation.objects.bulk_update(changed, ["done_at", "evidence"])


def _recompute(rows: dict[Key, Obligation], expected: Iterable[Owed], now: datetime) -> list[Obligation]:
    changed, traces = [], []
    for owed in expected:
        row = rows.get(owed.key)
        if row is None or row.done_at or row.round > 1:
            continue
        before = {name: getattr(row, name) for name in TERM}
        _take_term(row, owed)
        if before != {name: getattr(row, name) for name in TERM}:
            traces.append(TermChange(obligation=row, at=now, **before))
            changed.append(row)
    TermChange.objects.bulk_create(traces)
    Obligation.objects.bulk_update(changed, TERM)
    _lists_follow(changed)
    return changed


def _lists_follow(changed: Iterable[Obligation]) -> None:
    """A list that is being written is submitted by the rules by which it is owed."""
    for row in changed:
        if row.kind == ObligationKind.TOPIC_LIST:
            TopicList.objects.filter(
                half_year=row.half_year, akimat=row.body_id, round=row.round, state=TopicListState.DRAFT
            ).exclude(rule_set=row.rule_set).update(rule_set=row.rule_set)


def _take_term(row: Obligation, owed: Owed) -> None:
    row.rule_set = owed.rule_set
    term = owed.term
    row.last_day, row.aim_day, row.due = (term.last_day, term.aim_day, term.due) if term else (None,) * 3


def _take_evidence(row: Obligation, found: Evidence | None) -> bool:
    """Whether it changed."""
    before = row.done_at, row.evidence
    row.done_at, row.evidence = (found.done_at, found.reference) if found else (None, "")
    return before != (row.done_at, row.evidence)


def _record(
    half_years: Sequence[HalfYear], opened: list[Obligation], recomputed: list[Obligation], now: datetime
) -> None:
    """One chained entry for the batch: counts, and a digest of the keys (promises, notes on P15)."""
    keys = "\n".join(sorted(str(row) for row in [*opened, *recomputed]))
    label = " ".join(one.code for one in half_years)
    journal.record(
        act="obligations.derive",
        actor=SYSTEM,
        now=now,
        subject=Subject("obligations", label, label),
        changes={
            "opened": [0, len(opened)],
            "recomputed": [0, len(recomputed)],
            "keys_sha256": [None, hashlib.sha256(keys.encode()).hexdigest()],
        },
    )
