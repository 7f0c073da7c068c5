"""The database refuses every change of the journal but the next entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from audit.models import Entry, Head
from tests.audit.conftest import add, as_owner, execute


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET note = 'x' WHERE number = (SELECT max(number) FROM audit_entry)",
        "DELETE FROM audit_entry WHERE number = (SELECT max(number) FROM audit_entry)",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
        "TRUNCATE audit_entry, audit_head CASCADE",
        "TRUNCATE audit_head",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET number = 1",
    ],
)
def test_changing_the_past_is_refused(
    entries: list[Entry], refused: Callable[..., None], statement: str
) -> None:
    refused(statement)


def test_the_orm_is_refused_too(entries: list[Entry]) -> None:
    entry = entries[3]
    entry.note = "another"
    for change in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(DatabaseError, match="journal:"), transaction.atomic():
            change()


@pytest.mark.parametrize("wrong", ["number + 2", "number", "number - 1"])
def test_an_entry_that_leaves_a_gap_is_refused(
    entries: list[Entry], refused: Callable[..., None], wrong: str
) -> None:
    refused(_insert(wrong, "hash"))


def test_a_fork_is_refused(entries: list[Entry], refused: Callable[..., None]) -> None:
    """Even a writer who does not wait for the lock cannot continue an entry that already has a follower."""
    refused(_insert("number + 1", "previous_hash"))


def test_the_right_next_entry_is_admitted_and_moves_the_head(entries: list[Entry]) -> None:
    execute(_insert("number + 1", "hash"))
    assert Head.objects.get().number == entries[-1].number + 1


def test_an_empty_journal_begins_with_one(committed_db: str) -> None:
    with as_owner():
        execute("DELETE FROM audit_entry")
        execute("DELETE FROM audit_head")
    first = add(1)[0]
    assert (first.number, first.previous_hash) == (1, "0" * 64)


def _insert(number: str, previous: str) -> str:
    """An INSERT behind the portal's back: the last entry again, with another number and predecessor."""
    fields = [field.column for field in Entry._meta.concrete_fields]
    values = [
        {"number": number, "previous_hash": previous, "hash": "md5(hash) || md5(hash)"}.get(field, field)
        for field in fields
    ]
    columns = ", ".join(fields)
    return " ".join(
        ["INSERT INTO audit_entry (", columns, ") SELECT", ", ".join(values), "FROM audit_entry",
         "ORDER BY number DESC LIMIT 1"]
    )  # fmt: skip
