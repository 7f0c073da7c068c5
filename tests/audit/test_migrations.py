"""The triggers can be taken away by their migration and put back."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, transaction

from audit.verification import verify
from tests.audit.conftest import add, execute


def test_down_and_up_again(committed_db: str) -> None:
    call_command("migrate", "audit", "0001", verbosity=0)
    call_command("migrate", "regions", "0001", verbosity=0)
    execute("UPDATE audit_entry SET note = note")
    call_command("migrate", verbosity=0)
    add(2)
    with pytest.raises(DatabaseError, match="journal:"), transaction.atomic():
        execute("UPDATE audit_entry SET note = note")
    assert verify().ok
