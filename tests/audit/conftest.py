"""Entries for the tests of the journal, and the power of somebody who owns the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from audit import journal
from audit.models import Entry

NOW = datetime(2026, 11, 23, 6, 0, 0, 123_456, tzinfo=UTC)
OFFICER = journal.Actor("akimat.19", "Demo officer 19", "akimat_officer", "akimat.19")


def add(count: int = 1, **values: object) -> list[Entry]:
    """Entries in one transaction, about topic lists 1, 2, 3 …"""
    arguments = {"act": "topic_list.submit", "actor": OFFICER, "now": NOW} | values
    with transaction.atomic():
        return [
            journal.record(
                subject=journal.Subject("topic_list", str(place), f"Тізім {place}", "akimat.19"), **arguments
            )
            for place in range(1, count + 1)
        ]


def execute(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@contextmanager
def as_owner() -> Iterator[None]:
    """What only somebody can do who owns the table: switch its triggers off, then on again."""
    tables = ("audit_entry", "audit_head")
    for table in tables:
        execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def entries(db: None) -> list[Entry]:
    """Twenty entries of this test, after those that loading reference data made."""
    return add(20)


@pytest.fixture
def refused() -> Callable[..., None]:
    """Asserts that the database refuses a statement."""

    def check(statement: str, *values: object) -> None:
        from django.db import DatabaseError

        with pytest.raises(DatabaseError, match="journal:"), transaction.atomic():
            execute(statement, *values)

    return check
