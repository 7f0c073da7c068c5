"""Signed notes of how far the journal reached, kept in a file outside the database.

Whoever may rewrite the database may compute a whole new chain. It cannot agree with notes that were taken
earlier and kept elsewhere. A note is one line: number, hash and instant, signed with the portal's key.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.core.signing import BadSignature, Signer

from audit.canonical import instant
from audit.verification import Verdict

_signer = Signer(salt="audit.heads", sep="|")


class ForgedNoteError(Exception):
    """A line of the file was not written by this portal, or was changed."""


def keep(path: Path, verdict: Verdict, now: datetime) -> None:
    """Add a note of a journal that was just verified."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(_signer.sign(f"{verdict.entries} {verdict.last_hash} {instant(now)}") + "\n")


def read(path: Path) -> list[tuple[int, str]]:
    """The noted (number, hash) pairs. Raises ForgedNoteError; an empty journal's notes are left out."""
    pairs = []
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            number, last_hash, _at = _signer.unsign(line).split(" ")
        except (BadSignature, ValueError) as error:
            raise ForgedNoteError(f"line {place} of {path.name} has no valid signature") from error
        if number != "0":
            pairs.append((int(number), last_hash))
    return pairs
