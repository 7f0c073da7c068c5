"""Eight writers at once: no fork with the lock, forks without it (control)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, transaction

from audit import journal
from audit.models import Entry
from audit.verification import Bad, verify
from tests.audit.conftest import NOW, OFFICER, execute

WRITERS, ROWS = 8, 50


def at_once(write: Callable[[int], None]) -> None:
    """Call `write` with 0 … 7 in eight threads that start together, each with a connection of its own."""
    together = Barrier(WRITERS)

    def run(writer: int) -> None:
        try:
            together.wait(timeout=30)
            write(writer)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(run, range(WRITERS)))


def test_eight_writers_make_one_chain(committed_db: str) -> None:
    before = Entry.objects.count()

    def write(writer: int) -> None:
        for row in range(ROWS):
            with transaction.atomic():
                subject = journal.Subject("race", f"{writer}-{row}")
                journal.record(act="race.run", actor=OFFICER, now=NOW, subject=subject)

    with ThreadPoolExecutor(1) as reader:
        alarms = reader.submit(_verify_until, before + WRITERS * ROWS)
        at_once(write)
        assert alarms.result(timeout=60) == []
    previous = Counter(Entry.objects.values_list("previous_hash", flat=True))
    assert sum(count - 1 for count in previous.values()) == 0
    assert verify().entries == before + WRITERS * ROWS
    assert verify().ok
    assert Entry.objects.filter(subject_kind="race").count() == WRITERS * ROWS


def _verify_until(entries: int) -> list[Bad]:
    """Verify again and again while others write; false alarms, of which there must be none."""
    alarms, verdict = [], verify()
    while verdict.entries < entries:
        verdict = verify()
        if verdict.first_bad:
            alarms.append(verdict.first_bad)
    connection.close()
    return alarms


def test_without_the_lock_the_chain_forks(committed_db: str) -> None:
    """The control: the same work on a table that has neither the lock nor the triggers."""
    execute("CREATE TABLE control (number bigserial, previous text, hash text)")

    def write(writer: int) -> None:
        for row in range(ROWS):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT hash FROM control ORDER BY number DESC LIMIT 1")
                found = cursor.fetchone()
                previous = found[0] if found else ""
                fresh = hashlib.sha256(f"{previous} {writer} {row}".encode()).hexdigest()
                cursor.execute("INSERT INTO control (previous, hash) VALUES (%s, %s)", [previous, fresh])

    at_once(write)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) - count(DISTINCT previous) FROM control")
        assert cursor.fetchone()[0] > 0
