"""Two beats, a repeated task: each reminder is queued once."""

from __future__ import annotations

import threading
from collections import Counter

from django.db import connection

from accounts.models import User
from audit.verification import verify
from calendar_app.transitions.reminders import remind
from notices.models import Letter
from tests.calendar_app.test_reminders import at


def test_many_at_once_queue_each_reminder_once(demonstration_copy: str) -> None:
    """Eight threads at the instant of a step, over the demonstration."""
    before = Letter.objects.count()
    failed: list[Exception] = []
    written: list[int] = []

    def run() -> None:
        try:
            written.append(remind(now=at("2026-11-26")))
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
    assert sorted(written)[:7] == [0] * 7
    queued = Letter.objects.filter(kind__in=["topic_list_reminder", "topic_list_overdue"])
    assert Letter.objects.count() - before == max(written) > 5
    told = Counter(queued.values_list("user__username", flat=True))
    assert set(told.values()) == {1}
    owing = {"akimat.19", "akimat.33", "akimat.55"}
    assert owing <= told.keys()
    assert "akimat.71" not in told, "its list is accepted"
    assert User.objects.filter(username="akimat.71").exists()
    assert verify().first_bad is None
