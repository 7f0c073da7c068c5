"""What changed in the proposed meetings between two submissions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from procedure.list_changes import ADDED, CHANGED, REMOVED, SAME
from procedure.meeting_changes import meeting_changes
from procedure.proposed_meetings import ExactWindow, MeetingDraft

WINDOW = ExactWindow(date(2027, 3, 6), time(11), time(13))
FIRST = MeetingDraft(("ministry.water",), (1,), place="196830100", windows=(WINDOW,), key=1)
SECOND = replace(FIRST, key=2, place="196830200")
THIRD = replace(FIRST, key=3, mode="online", place="")


def test_meetings_are_added_removed_changed_and_kept() -> None:
    changed = replace(SECOND, windows=(replace(WINDOW, ends=time(14)),), attendance=90)

    found = meeting_changes([FIRST, SECOND], [changed, THIRD])

    assert [(one.kind, one.number_before, one.number_after) for one in found] == [
        (CHANGED, 2, 1),
        (ADDED, None, 2),
        (REMOVED, 1, None),
    ]
    assert [one.name for one in found[0].fields] == ["windows", "attendance"]


def test_another_order_of_meetings_is_no_change() -> None:
    assert [one.kind for one in meeting_changes([FIRST, SECOND], [SECOND, FIRST])] == [SAME, SAME]
    assert meeting_changes([], []) == ()
