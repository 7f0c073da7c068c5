"""A guard that was switched off is found; with all of them in place nothing is broken."""

from __future__ import annotations

import pytest
from django.db import connection

from calendar_app import invariants

pytestmark = pytest.mark.django_db


def test_all_guards_are_in_place(portal: None) -> None:
    assert list(invariants.guards_are_in_place()) == []


@pytest.mark.parametrize(("table", "trigger"), invariants.GUARDS)
def test_a_guard_that_is_switched_off_is_found(portal: None, table: str, trigger: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")

    assert list(invariants.guards_are_in_place()) == [
        f"table {table}: trigger {trigger} is missing or switched off"
    ]
