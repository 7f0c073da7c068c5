"""Each rule of calendars is broken with its guards switched off, and `check_invariants` finds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any
from unittest.mock import ANY

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from calendar_app import invariants
from tests.public.conftest import Stage

# What somebody does, in which tables, and the check that finds it.
BROKEN = {
    "a second version in force": (
        (
            "UPDATE calendar_app_calendarversion SET state = 'in_force', superseded_at = NULL"
            " WHERE state = 'superseded'"
        ),
        "calendar_app_calendarversion",
        "one_version_in_force",
    ),
    "two versions in preparation": (
        "UPDATE calendar_app_calendarversion SET state = 'approved'",
        "calendar_app_calendarversion",
        "one_version_in_force",
    ),
    "one person everywhere at once": (
        (
            "UPDATE calendar_app_attendance SET person_id = first.person, starts = first.starts, ends = first.ends"
            " FROM (SELECT min(person_id) person, min(starts) starts, min(ends) ends"
            " FROM calendar_app_attendance) first"
        ),
        "calendar_app_attendance",
        "nothing_binding_overlaps",
    ),
    "one hall for everybody at once": (
        (
            "UPDATE calendar_app_plannedmeeting SET hall_id = first.hall, starts = first.starts, ends = first.ends"
            " FROM (SELECT min(hall_id) hall, min(starts) starts, min(ends) ends"
            " FROM calendar_app_plannedmeeting) first"
        ),
        "calendar_app_plannedmeeting",
        "nothing_binding_overlaps",
    ),
    "a frozen plan written anew": (
        "UPDATE calendar_app_plannedmeeting SET note_ru = note_ru || '!'",
        "calendar_app_plannedmeeting",
        "submitted_means_frozen",
    ),
    "topics taken out of a frozen plan": (
        "DELETE FROM calendar_app_plannedtopic",
        "calendar_app_plannedtopic",
        "submitted_means_frozen",
    ),
    "another snapshot under a receipt": (
        "UPDATE calendar_app_calendarsubmission SET snapshot = snapshot || ' '",
        "calendar_app_calendarsubmission",
        "submitted_means_frozen",
    ),
    "public and not binding": (
        "UPDATE calendar_app_plannedmeeting SET binding = false",
        "calendar_app_plannedmeeting",
        "submitted_means_frozen",
    ),
    "public and never approved": (
        "UPDATE calendar_app_session SET decision = 'returned'",
        "calendar_app_session",
        "public_means_approved",
    ),
}


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def unguarded(table: str) -> Iterator[None]:
    """No trigger of ours and no constraint of the table stands in the way, as after a careless restore."""
    execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    for name in _names(_CONSTRAINTS, table):
        execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    for name in _names(_PARTIAL, table):
        execute(f'DROP INDEX "{name}"')
    yield
    execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


_CONSTRAINTS = "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'x')"
_PARTIAL = (
    "SELECT indexname FROM pg_indexes WHERE tablename = %s"
    " AND indexdef LIKE 'CREATE UNIQUE%%' AND indexdef LIKE '%% WHERE %%'"
)


def _names(question: str, table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(question, [table])
        return [name for (name,) in cursor.fetchall()]


def test_what_breaks_a_rule_is_found(stage: Stage) -> None:
    assert invariants.broken() == {}
    for what, (statement, table, name) in BROKEN.items():
        with transaction.atomic():
            with unguarded(table):
                execute(statement, "SET CONSTRAINTS ALL IMMEDIATE")
            said, code = _command()
            assert code == 1, what
            assert said["broken"].get(name), what
            transaction.set_rollback(True)
    assert _command() == ({"ok": True, "checks": ANY, "broken": {}}, 0)


def test_with_the_guards_on_none_of_it_can_be_done(stage: Stage) -> None:
    """The control: it was the missing guards that let it through."""
    for what, (statement, _table, _name) in BROKEN.items():
        assert _refused(statement), what


def _refused(statement: str) -> bool:
    try:
        with transaction.atomic():
            execute("SET CONSTRAINTS ALL IMMEDIATE", statement)
            transaction.set_rollback(True)
    except DatabaseError:
        return True
    return False


def _command() -> tuple[dict[str, Any], int]:
    """What the command says, and how it ends."""
    out, code = StringIO(), 0
    try:
        call_command("check_invariants", "--json", stdout=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    return json.loads(out.getvalue()), code
