"""The bytes of a journal entry and its hash.

Anybody can recompute the chain from an export of the table `audit_entry`. For each entry, in the order of
`number`, which runs 1, 2, 3 … without a gap:

1. Make a JSON object of these members: `format` (the number 1), `number` (a number), `at` and
   `recorded_at` (instants in UTC, exactly `YYYY-MM-DDTHH:MM:SS.ffffffZ`, always six decimals), `act`,
   `actor_id`, `actor_label`, `actor_role`, `actor_body`, `subject_kind`, `subject_id`, `subject_label`,
   `subject_body`, `note`, `source` (strings), `changes` (an object).
2. Write it with members sorted by code point at every level, no spaces, non-ASCII characters as they are
   and only what JSON demands escaped (Python: `json.dumps(…, sort_keys=True, ensure_ascii=False,
   separators=(",", ":"))`), in UTF-8.
3. `hash` is the SHA-256, in 64 small hexadecimal digits, of: the 64 digits of the previous entry's hash
   (64 zeros before the first), a line feed, the bytes of step 2. `previous_hash` repeats those 64 digits.

`changes` holds strings, whole numbers, true, false, null, lists and objects only: a fraction may be stored
with other digits than it was hashed with. Instants have the microseconds that PostgreSQL keeps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

FORMAT = 1
BEFORE_FIRST = "0" * 64
TEXT_FIELDS = (
    "act",
    "actor_id",
    "actor_label",
    "actor_role",
    "actor_body",
    "subject_kind",
    "subject_id",
    "subject_label",
    "subject_body",
    "note",
    "source",
)


def instant(moment: datetime) -> str:
    """An aware instant in UTC with exactly six decimals."""
    if moment.tzinfo is None:
        raise ValueError("an instant in the journal needs a time zone")
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ").rjust(27, "0")


def canonical_bytes(values: Mapping[str, Any]) -> bytes:
    """Step 2 of the recipe, from the stored values of one entry (keys are column names)."""
    members: dict[str, Any] = {name: values[name] for name in TEXT_FIELDS}
    members |= {
        "format": FORMAT,
        "number": values["number"],
        "at": instant(values["at"]),
        "recorded_at": instant(values["recorded_at"]),
        "changes": values["changes"],
    }
    return json.dumps(members, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def chain_hash(previous_hash: str, content: bytes) -> str:
    """Step 3 of the recipe."""
    return hashlib.sha256(previous_hash.encode() + b"\n" + content).hexdigest()


def storable_text(text: object) -> str:
    """A string that PostgreSQL gives back unchanged: no NUL, no half of a surrogate pair."""
    return str(text).replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def storable(value: Any) -> Any:
    """A value for `changes` that is stored and read back as the same JSON. Raises TypeError for others."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {storable_text(key): storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted((storable(item) for item in value), key=str)
    if isinstance(value, str | Decimal | UUID | float | Promise):
        return storable_text(value)
    raise TypeError(f"the journal cannot keep a {type(value).__name__}")
