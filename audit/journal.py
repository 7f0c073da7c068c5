"""Writing and reading the journal. `audit.canonical` tells how an outsider recomputes its hashes.

`record()` belongs to the transaction of the act: both happen or neither. Writers queue at an advisory lock
held until the end of the transaction, because locking the last row does not stop two writers from reading
the same predecessor. The journal keeps field names, old and new values and references: never a citizen's
words or personal data, so that erasing those stays complete.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.transaction import TransactionManagementError

from audit.actors import SYSTEM, Actor, Subject
from audit.canonical import BEFORE_FIRST, canonical_bytes, chain_hash, storable, storable_text
from audit.models import Entry

__all__ = ["SYSTEM", "Actor", "Subject", "history", "last_moment", "record", "source"]

# Any number, as long as nothing else in this database takes it.
LOCK = 863_2023
_source: ContextVar[str] = ContextVar("journal_source", default="web")
# One round trip and two statements: the second must see what the writer before committed, so it may not
# share a snapshot with the first. The clock is read after the lock too.
_WAIT = f"SELECT pg_advisory_xact_lock({LOCK})"
_READ = "SELECT clock_timestamp(), number, hash FROM (SELECT 1) one LEFT JOIN audit_head ON true"


def record(
    *,
    act: str,
    actor: Actor,
    now: datetime,
    subject: Subject,
    changes: Mapping[str, Any] | None = None,
    note: str = "",
    source: str | None = None,
) -> Entry:
    """Add one entry in the caller's transaction.

    `act` is noun and verb ("topic_list.submit"), `now` the portal's aware instant, `changes` maps a field
    name to `[old, new]` (or to any JSON value). `source` is "web" unless a surrounding
    `journal.source(…)` or the argument says otherwise.
    Raises TransactionManagementError outside a transaction and TypeError for values JSON cannot keep.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a journal entry belongs to the transaction of its act")
    recorded_at, number, previous_hash = _take_turn()
    values: dict[str, Any] = {
        "number": number,
        "at": now,
        "recorded_at": recorded_at,
        "act": act,
        **{f"actor_{name}": getattr(actor, name) for name in ("id", "label", "role", "body")},
        **{f"subject_{name}": getattr(subject, name) for name in ("kind", "id", "label", "body")},
        "changes": storable(changes or {}),
        "note": note,
        "source": source or _source.get(),
    }
    values |= {name: _fit(name, value) for name, value in values.items() if isinstance(value, str)}
    content = canonical_bytes(values)
    return Entry.objects.create(
        **values, previous_hash=previous_hash, hash=chain_hash(previous_hash, content)
    )


def history(kind: str, subject_id: str | int) -> models.QuerySet[Entry]:
    """What happened to one object, oldest first."""
    return Entry.objects.filter(subject_kind=kind, subject_id=str(subject_id)).order_by("number")


def last_moment() -> datetime | None:
    """The latest portal instant in the journal: a demonstration's clock may not be set behind it."""
    return Entry.objects.aggregate(last=models.Max("at"))["last"]


@contextmanager
def source(name: str) -> Iterator[None]:
    """Entries made inside say where they came from: "admin", "command", "task", "letter"."""
    token = _source.set(name)
    try:
        yield
    finally:
        _source.reset(token)


def _take_turn() -> tuple[datetime, int, str]:
    """Wait for the lock, then read the database's clock and the place of the next entry."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_WAIT}; {_READ}")
        cursor.nextset()
        recorded_at, number, last_hash = cursor.fetchone()
    return recorded_at, (number or 0) + 1, last_hash or BEFORE_FIRST


def _fit(name: str, value: str) -> str:
    """The text as the column will keep it: labels are cut, never an act refused for a long name."""
    field: Any = Entry._meta.get_field(name)
    return storable_text(value)[: field.max_length]
