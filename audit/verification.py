"""Reading the whole chain again, row by row, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db import connection, transaction

from audit.canonical import BEFORE_FIRST, canonical_bytes, chain_hash
from audit.models import Entry, Head

CHUNK = 2_000


@dataclass(frozen=True)
class Bad:
    """The first entry that does not hold, and why (a code and a sentence)."""

    number: int
    reason: str
    message: str


@dataclass(frozen=True)
class Verdict:
    """What a verification found: entries that hold before the first bad one, and the last of them."""

    entries: int
    last_hash: str
    first_bad: Bad | None = None

    @property
    def ok(self) -> bool:
        """Whether the whole chain holds."""
        return self.first_bad is None

    def as_json(self) -> dict[str, Any]:
        """For `verify_journal --json`."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "head": {"number": self.entries, "hash": self.last_hash},
            "first_bad": asdict(self.first_bad) if self.first_bad else None,
        }


def verify(known: Iterable[tuple[int, str]] = ()) -> Verdict:
    """Recompute every hash, in one snapshot of the database.

    `known` are (number, hash) pairs kept outside the database: entries that once existed.
    """
    expected = dict(known)
    with transaction.atomic():
        _one_snapshot()
        head = Head.objects.first()
        reached = (head.number, head.hash) if head else (0, BEFORE_FIRST)
        return _against_head(_walk(_stored_entries(), expected | {reached[0]: reached[1]}), reached, expected)


def _walk(entries: Iterator[dict[str, Any]], expected: dict[int, str]) -> Verdict:
    number, last_hash = 0, BEFORE_FIRST
    for values in entries:
        bad = _check(values, number + 1, last_hash, expected)
        if bad is not None:
            return Verdict(number, last_hash, bad)
        number, last_hash = values["number"], values["hash"]
    return Verdict(number, last_hash)


def _against_head(verdict: Verdict, reached: tuple[int, str], expected: dict[int, str]) -> Verdict:
    """A chain that holds must also end where the database and the notes say that it has reached."""
    if not verdict.ok:
        return verdict
    ends, longest = verdict.entries, max(reached[0], *expected, 0)
    if ends < longest:
        message = f"the journal ends with entry {ends}, but entry {longest} has existed"
        return replace(verdict, first_bad=Bad(ends + 1, "cut", message))
    if ends > reached[0]:
        message = f"the database knows of {reached[0]} entries only"
        return replace(verdict, first_bad=Bad(reached[0] + 1, "unannounced", message))
    return verdict


def _check(values: dict[str, Any], number: int, last_hash: str, expected: dict[int, str]) -> Bad | None:
    if values["number"] != number:
        return Bad(number, "missing", f"entry {number} is missing, entry {values['number']} follows")
    if values["previous_hash"] != last_hash:
        return Bad(number, "previous_hash", f"entry {number} does not continue entry {number - 1}")
    if values["hash"] != chain_hash(last_hash, canonical_bytes(values)):
        return Bad(number, "hash", f"the content of entry {number} does not agree with its hash")
    if expected.get(number, values["hash"]) != values["hash"]:
        return Bad(number, "rewritten", f"entry {number} had another hash when it was noted down")
    return None


def _stored_entries() -> Iterator[dict[str, Any]]:
    rows: Iterator[Any] = Entry.objects.order_by("number").values().iterator(chunk_size=CHUNK)
    return rows


def _one_snapshot() -> None:
    """Entries added while this reads must not look like a head without its entry.

    Inside somebody else's transaction the isolation cannot be changed any more; then nobody else's
    commits are awaited either.
    """
    if len(connection.savepoint_ids) == 0 and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
