"""Two beats, a repeated task, an impatient administrator: duties are derived by one at a time."""

from __future__ import annotations

import threading

from django.db import connection

from audit.models import Entry
from audit.verification import verify
from calendar_app.models import Obligation
from calendar_app.transitions import obligations
from tests.calendar_app.conftest import IN_TIME


def test_many_at_once_derive_each_duty_once(committed_db: str) -> None:
    """Eight threads at one instant."""
    failed: list[Exception] = []

    def run() -> None:
        try:
            obligations.derive(now=IN_TIME)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Obligation.objects.count() == 46
    assert Entry.objects.filter(act="obligations.derive").count() == 1
    assert verify().first_bad is None
