"""Calendar files read by an independent parser: what they say, how they fold, what a second import does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from icalendar import Calendar

from base.names import in_language
from calendar_app.public import icalendar
from calendar_app.queries import meetings as queries
from calendar_app.queries import published
from calendar_app.transitions import calendars, coordination
from procedure.moments import ALMATY
from tests.public import reading
from tests.public.conftest import Stage


def events(content: bytes) -> dict[str, Any]:
    """The events by UID; the file is sound and has each of them once."""
    found = Calendar.from_ical(content)
    assert not found.errors
    parsed = list(found.walk("VEVENT"))
    assert not [one for one in parsed if one.errors]
    by_uid = {str(one["UID"]): one for one in parsed}
    assert len(by_uid) == len(parsed)
    return by_uid


def imported(kept: dict[str, Any], content: bytes) -> dict[str, Any]:
    """What a calendar program keeps after one more import: of two with one UID the higher SEQUENCE."""
    newer = {
        uid: one
        for uid, one in events(content).items()
        if uid not in kept or int(one["SEQUENCE"]) > int(kept[uid]["SEQUENCE"])
    }
    return kept | newer


def test_an_independent_parser_reads_what_the_pages_say(stage: Stage) -> None:
    rows = published.rows(queries.shown(stage.now))
    for language in reading.LANGUAGES:
        content = reading.read(f"/{language}/calendar.ics").content
        assert max(len(line) for line in content.split(b"\r\n")) <= 75
        assert b"\n" not in content.replace(b"\r\n", b"")
        found = events(content)
        assert len(found) == len(rows) > 180
        for row in rows:
            one = found[str(row.uid)]
            assert one["DTSTART"].dt == row.starts
            assert one["DTSTART"].dt.utcoffset() == timedelta(hours=5)
            assert one["DTSTART"].params["TZID"] == "Asia/Almaty"
            assert one["DTEND"].dt == row.ends
            assert in_language(row, "subject", language) in one["SUMMARY"]
            assert row.who(language) in one["SUMMARY"]
            assert one["LAST-MODIFIED"].dt == row.modified_at.replace(microsecond=0)
            assert one["STATUS"] == ("CANCELLED" if row.cancelled else "CONFIRMED")
            assert int(one["SEQUENCE"]) == row.sequence
    assert any(row.cancelled for row in rows)


def test_the_zone_of_the_file_says_what_the_zone_database_says() -> None:
    zones = Calendar.from_ical(icalendar.calendar([], "kk").encode()).walk("VTIMEZONE")
    zone = zones[0].to_tz()
    for day in ((2026, 7, 1), (2027, 1, 1), (2030, 3, 31)):
        said, known = datetime(*day, 12, tzinfo=zone), datetime(*day, 12, tzinfo=ALMATY)
        assert said.utcoffset() == known.utcoffset()


def test_the_same_meetings_give_the_same_bytes(stage: Stage) -> None:
    first = reading.read("/kk/calendar.ics").content
    assert first == reading.read("/kk/calendar.ics").content


def test_a_second_import_after_a_change_updates_and_does_not_double(stage: Stage) -> None:
    moved, gone = stage.coming(2)
    kept = imported({}, reading.read("/ru/calendar.ics").content)
    before = {uid: int(one["SEQUENCE"]) for uid, one in kept.items()}
    one = stage.planned(moved)
    stage.open("Ауыстыру")
    later = one.starts + timedelta(hours=1)
    stage.change(moved, starts=later, ends=later + timedelta(hours=2))
    stage.cancel(gone, "Ауру")
    stage.act(coordination.ask)
    stage.agree()
    stage.act(calendars.submit)
    stage.close(stage.vote("for"))
    stage.act(calendars.publish)

    after = imported(kept, reading.read("/ru/calendar.ics").content)

    assert after.keys() == kept.keys()
    steps = {uid: int(one["SEQUENCE"]) - before[uid] for uid, one in after.items()}
    changed = {str(one.meeting.uid), str(stage.planned(gone).meeting.uid)}
    assert {uid for uid, step in steps.items() if step} == changed
    assert after[str(one.meeting.uid)]["DTSTART"].dt == later
    assert after[str(one.meeting.uid)]["LAST-MODIFIED"].dt == stage.now.replace(microsecond=0)
    assert after[str(stage.planned(gone).meeting.uid)]["STATUS"] == "CANCELLED"
    single = events(reading.read(f"/ru/meetings/{moved}.ics").content)
    assert single.keys() == {str(one.meeting.uid)}


def test_lines_are_folded_between_letters_and_unfold_to_themselves() -> None:
    for letters in ("Қостанай облысының тұрғындарымен кездесу ", "a", "ә", "𐍈", "x" * 74 + "ұ"):
        for length in range(1, 60):
            line = "SUMMARY:" + letters * length
            pieces = icalendar.folded(line).split("\r\n")
            assert all(len(piece.encode()) <= 75 for piece in pieces)
            assert all(piece.startswith(" ") for piece in pieces[1:])
            assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line


def test_texts_are_escaped() -> None:
    assert icalendar.escaped("a;b,c\\d\r\ne") == "a\\;b\\,c\\\\d\\ne"
