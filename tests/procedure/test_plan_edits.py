"""Sets of changes to a plan: what a row changes, and what becomes of it beside a plan that changed meanwhile."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from procedure.moments import ALMATY
from procedure.plan_edits import (
    FIELDS,
    Edit,
    edit_of,
    mark_of,
    merged,
    moved,
    plan_draft,
    plan_key,
    read_plan_key,
    together,
)

NOW = dict.fromkeys(FIELDS, "") | {
    "bodies": "ministry.health;ministry.agriculture",
    "kind": "head",
    "place": "191010000",
    "hall": "7",
    "day": "2027-02-27",
    "starts": "11:00",
    "ends": "13:00",
    "mode": "in_person",
    "languages": "kk_ru",
    "subject_kk": "Су",
}


def test_a_key_knows_its_row_again() -> None:
    key = plan_key(3, 12, NOW)
    assert read_plan_key(key) == (3, 12, {name: mark_of(text) for name, text in NOW.items()})
    for damaged in ("", key[:-1], key + "0", key.replace("P3.", "P-3."), key.upper(), f"{key} "):
        assert read_plan_key(damaged) is None


def test_a_row_says_what_was_changed_in_it() -> None:
    marks = {name: mark_of(text) for name, text in NOW.items()}
    assert edit_of(12, NOW, marks).is_empty
    moved = edit_of(12, {"day": "2027-02-28", "starts": "11:00"}, marks)
    assert (moved.values, moved.marks) == ({"day": "2027-02-28"}, {"day": marks["day"]})
    assert not moved.is_empty
    assert not edit_of(12, {}, marks, removal="Зал жоқ").is_empty


def test_beside_a_plan_that_changed_meanwhile() -> None:
    marks = {name: mark_of(text) for name, text in NOW.items()}
    edit = edit_of(12, NOW | {"day": "2027-02-28", "trip": "A"}, marks)
    assert merged(edit, NOW).collisions == ()
    assert merged(edit, NOW | {"day": "2027-03-06"}).collisions == ("day",)
    # Another field is nobody's collision, and what is done already is no change.
    assert merged(edit, NOW | {"starts": "18:00"}).collisions == ()
    assert merged(edit, NOW | {"day": "2027-02-28"}).values == {"trip": "A"}


def test_moves_say_only_what_differs() -> None:
    assert moved(NOW) == {}
    assert moved(NOW, days=-27) == {"day": "2027-01-31"}
    assert moved(NOW, starts=time(9, 30)) == {"starts": "09:30", "ends": "11:30"}
    assert moved(NOW, starts=time(11), hall=(7, "191010000")) == {}
    elsewhere = moved(NOW | {"venue_kk": "Алаң"}, hall=(8, "351010000"))
    assert elsewhere == {"hall": "8", "place": "351010000", "venue_kk": ""}
    assert moved(NOW, starts=time(21, 59))["ends"] == "23:59"
    with pytest.raises(ValueError, match="midnight"):
        moved(NOW, starts=time(22))


def test_two_edits_of_one_meeting() -> None:
    first = Edit(12, {"day": "2027-02-28"}, {"day": mark_of("2027-02-27")}, row=3)
    later = Edit(12, {"day": "2027-03-06", "trip": "A"}, {"day": mark_of("2027-02-28"), "trip": mark_of("")})
    both = together(first, later)
    assert both.values == {"day": "2027-03-06", "trip": "A"}
    # What the set was begun with is remembered, not what it said in between.
    assert both.marks == {"day": mark_of("2027-02-27"), "trip": mark_of("")}
    assert (both.meeting, both.row) == (12, 3)


def test_a_draft_of_the_texts() -> None:
    draft = plan_draft(NOW)
    assert draft.starts == datetime(2027, 2, 27, 11, tzinfo=ALMATY)
    assert (draft.bodies, draft.hall) == (("ministry.health", "ministry.agriculture"), 7)
    assert plan_draft(NOW | {"hall": "", "bodies": ""}).bodies == ()
    with pytest.raises(ValueError, match="isoformat"):
        plan_draft(NOW | {"day": "2027-02-31x"})
