"""What changed between two versions of a calendar."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from procedure.calendar_changes import (
    ADDED,
    CANCELLED,
    KINDS,
    MOVED,
    PERSON,
    PLACE,
    TOPIC,
    PlanEntry,
    calendar_changes,
)  # fmt: skip

STARTS = datetime(2027, 2, 27, 6, tzinfo=UTC)
ONE = PlanEntry(
    key=1,
    number="2027-H1-001",
    starts=STARTS,
    ends=STARTS + timedelta(hours=2),
    place="196830100",
    venue=("7", "", ""),
    mode="in_person",
    who=(("ministry.health", "1"),),
    topics=(4,),
    subject=("Су", "Вода"),
    details=(("note_kk", ""), ("contact_phone", "1")),
)
LATER = timedelta(days=7)


@pytest.mark.parametrize(
    ("changed", "kinds"),
    [
        ({"starts": STARTS + LATER, "ends": ONE.ends + LATER}, (MOVED,)),
        ({"place": "196830200"}, (PLACE,)),
        ({"venue": ("8", "", "")}, (PLACE,)),
        ({"venue": ("7", "", "Дом культуры")}, (PLACE,)),
        ({"mode": "hybrid"}, (PLACE,)),
        ({"topics": (4, 5)}, (TOPIC,)),
        ({"subject": ("Су", "Питьевая вода")}, (TOPIC,)),
        ({"who": (("ministry.health", "2"),)}, (PERSON,)),
        ({"cancelled": True}, (CANCELLED,)),
        # What is cancelled is not told to have moved as well.
        ({"cancelled": True, "starts": STARTS + LATER}, (CANCELLED,)),
        (
            {"starts": STARTS + LATER, "place": "1", "topics": (), "who": ()},
            (MOVED, PLACE, TOPIC, PERSON),
        ),
    ],
)
def test_each_kind_of_change_is_counted(changed: dict[str, object], kinds: tuple[str, ...]) -> None:
    found = calendar_changes([ONE], [replace(ONE, **changed)])

    assert [one.kinds for one in found.meetings] == [kinds]
    assert found.counts == {kind: int(kind in kinds) for kind in KINDS}
    assert not found.trifles
    assert not found.is_nothing


@pytest.mark.parametrize(
    ("changed", "trifles"),
    [
        ({"ends": ONE.ends + timedelta(minutes=30)}, ("ends",)),
        ({"details": (("contact_phone", "2"), ("note_kk", "Кіру еркін"))}, ("contact_phone", "note_kk")),
        ({"details": (("contact_phone", "1"),)}, ()),
    ],
)
def test_small_changes_are_folded(changed: dict[str, object], trifles: tuple[str, ...]) -> None:
    found = calendar_changes([ONE], [replace(ONE, **changed)])

    assert not found.meetings
    assert [one.trifles for one in found.trifles] == ([trifles] if trifles else [])
    assert not any(found.counts.values())


def test_meetings_come_and_go() -> None:
    gone, back = replace(ONE, key=2), replace(ONE, key=3, cancelled=True)
    never, fresh = replace(ONE, key=4, cancelled=True), replace(ONE, key=5)

    found = calendar_changes([ONE, gone, back], [fresh, ONE, replace(back, cancelled=False), never])

    assert [(one.shown.key, one.kinds) for one in found.meetings] == [
        (5, (ADDED,)),
        (3, (ADDED,)),
        (2, (CANCELLED,)),
    ]
    assert calendar_changes([back], [back]).is_nothing
    assert calendar_changes([back], []).is_nothing
    assert calendar_changes([], [ONE]).counts[ADDED] == 1


def test_time_grows_with_the_number_of_meetings_only() -> None:
    """Forty times the meetings: a comparison of each with each would take 1,600 times as long."""
    few, many = _seconds(400), _seconds(16_000)

    assert many < few * 400


def _seconds(count: int) -> float:
    before = [replace(ONE, key=key) for key in range(count)]
    after = [replace(one, starts=one.starts + LATER) for one in reversed(before)]
    best = 9.0
    for _ in range(3):
        began = time.perf_counter()
        assert calendar_changes(before, after).counts[MOVED] == count
        best = min(best, time.perf_counter() - began)
    return best
