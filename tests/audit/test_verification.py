"""Whatever happens to a stored journal is seen, and the first bad entry is named."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import heads
from audit.models import Entry, Head
from audit.verification import verify
from tests.audit.conftest import NOW, add, as_owner, execute

FIELDS = [
    field.column for field in Entry._meta.concrete_fields if field.column not in ("number", "previous_hash")
]


def test_a_clean_journal_holds(entries: list[Entry]) -> None:
    verdict = verify()
    assert verdict.ok
    assert (verdict.entries, verdict.last_hash) == (entries[-1].number, entries[-1].hash)


CHANGES = {
    "at": "at + interval '1 microsecond'",
    "recorded_at": "recorded_at - interval '1 microsecond'",
    "changes": "changes || '{\"x\": 1}'",
    "hash": "translate(left(hash, 1), '0123456789abcdef', '123456789abcdef0') || right(hash, 63)",
}


@pytest.mark.parametrize("column", FIELDS)
def test_one_changed_value_is_seen(entries: list[Entry], column: str) -> None:
    victim, change = entries[7].number, CHANGES.get(column, f"{column} || ' '")
    with as_owner():
        execute(f"UPDATE audit_entry SET {column} = {change} WHERE number = %s", victim)  # noqa: S608
    bad = verify().first_bad
    assert bad is not None
    assert (bad.number, bad.reason) == (victim, "hash")


def test_another_predecessor_is_seen(entries: list[Entry]) -> None:
    with as_owner():
        execute("UPDATE audit_entry SET previous_hash = repeat('a', 64) WHERE number = %s", entries[5].number)
    bad = verify().first_bad
    assert bad is not None
    assert (bad.number, bad.reason) == (entries[5].number, "previous_hash")


def test_a_dropped_row_is_seen(entries: list[Entry]) -> None:
    with as_owner():
        execute("DELETE FROM audit_entry WHERE number = %s", entries[9].number)
    bad = verify().first_bad
    assert bad is not None
    assert (bad.number, bad.reason) == (entries[9].number, "missing")


def test_two_swapped_rows_are_seen(entries: list[Entry]) -> None:
    one, other = entries[4].number, entries[11].number
    with as_owner():
        for old, new in ((one, -1), (other, one), (-1, other)):
            execute("UPDATE audit_entry SET number = %s WHERE number = %s", new, old)
    bad = verify().first_bad
    assert bad is not None
    assert bad.number == one


def test_a_cut_tail_is_seen(entries: list[Entry]) -> None:
    with as_owner():
        execute("DELETE FROM audit_entry WHERE number > %s", entries[15].number)
    bad = verify().first_bad
    assert bad is not None
    assert (bad.number, bad.reason) == (entries[16].number, "cut")


def test_entries_slipped_in_past_the_head_are_seen(entries: list[Entry]) -> None:
    with as_owner():
        execute("UPDATE audit_head SET number = %s, hash = %s", entries[15].number, entries[15].hash)
    bad = verify().first_bad
    assert bad is not None
    assert (bad.number, bad.reason) == (entries[16].number, "unannounced")


def test_a_tail_cut_together_with_the_head_is_seen_by_a_note_kept_outside(
    entries: list[Entry], tmp_path: Path
) -> None:
    notes = tmp_path / "heads.txt"
    heads.keep(notes, verify(), NOW)
    with as_owner():
        execute("DELETE FROM audit_entry WHERE number > %s", entries[15].number)
        execute("UPDATE audit_head SET number = %s, hash = %s", entries[15].number, entries[15].hash)
    assert verify().ok
    bad = verify(heads.read(notes)).first_bad
    assert bad is not None
    assert (bad.number, bad.reason) == (entries[16].number, "cut")


def test_a_rewritten_chain_is_seen_by_a_note_kept_outside(entries: list[Entry]) -> None:
    known = [(entries[10].number, entries[10].hash)]
    with as_owner():
        execute("DELETE FROM audit_entry WHERE number >= %s", entries[10].number)
        execute("UPDATE audit_head SET number = %s, hash = %s", entries[9].number, entries[9].hash)
    add(12, note="another past")
    assert verify().ok
    bad = verify(known).first_bad
    assert bad is not None
    assert (bad.number, bad.reason) == (entries[10].number, "rewritten")


def test_a_forged_note_is_refused(entries: list[Entry], tmp_path: Path) -> None:
    notes = tmp_path / "heads.txt"
    heads.keep(notes, verify(), NOW)
    notes.write_text(notes.read_text().replace(entries[-1].hash, "f" * 64))
    with pytest.raises(CommandError, match="line 1"):
        call_command("verify_journal", "--heads", str(notes))


def test_the_command_answers_in_json_and_by_its_exit_code(entries: list[Entry], tmp_path: Path) -> None:
    out, notes = StringIO(), tmp_path / "new" / "heads.txt"
    call_command("verify_journal", "--json", "--heads", str(notes), "--keep-head", stdout=out)
    answer = json.loads(out.getvalue())
    assert answer["ok"] is True
    assert answer["head"] == {"number": entries[-1].number, "hash": entries[-1].hash}
    assert heads.read(notes) == [(entries[-1].number, entries[-1].hash)]
    with as_owner():
        execute("UPDATE audit_entry SET note = 'x' WHERE number = %s", entries[2].number)
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_journal", "--json", stdout=out)
    assert ended.value.code == 1
    bad = json.loads(out.getvalue())["first_bad"]
    assert (bad["number"], bad["reason"]) == (entries[2].number, "hash")


def test_a_copied_table_verifies(entries: list[Entry]) -> None:
    """As after a dump and a restore: text out, text in, in sessions of other time zones."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'America/New_York'")
        with cursor.copy("COPY audit_entry TO STDOUT") as copy:
            dumped = b"".join(bytes(block) for block in copy)
        with as_owner():
            execute("DELETE FROM audit_entry")
            cursor.execute("SET LOCAL TimeZone = 'Asia/Almaty'")
            with cursor.copy("COPY audit_entry FROM STDIN") as copy:
                copy.write(dumped)
        cursor.execute("SET LOCAL TimeZone = 'UTC'")
    verdict = verify()
    assert verdict.ok
    assert verdict.last_hash == Head.objects.get().hash == entries[-1].hash
