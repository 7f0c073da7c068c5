"""What changed in the proposed meetings between two submissions of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from procedure.list_changes import ADDED, CHANGED, REMOVED, SAME, FieldChange, field_changes
from procedure.proposed_meetings import MeetingDraft

MEETING_FIELDS = (
    "ministries", "topics", "mode", "place", "hall", "venue_kk", "venue_ru", "windows", "attendance",
)  # fmt: skip


@dataclass(frozen=True)
class MeetingChange:
    """One meeting in both lists or in one of them; numbers are places from 1, None where it is not."""

    before: MeetingDraft | None = None
    after: MeetingDraft | None = None
    number_before: int | None = None
    number_after: int | None = None
    fields: tuple[FieldChange, ...] = ()

    @property
    def kind(self) -> str:
        """ADDED, REMOVED, CHANGED or SAME; the order of meetings says nothing."""
        if self.before is None:
            return ADDED
        if self.after is None:
            return REMOVED
        return CHANGED if self.fields else SAME


def meeting_changes(
    before: Sequence[MeetingDraft], after: Sequence[MeetingDraft]
) -> tuple[MeetingChange, ...]:
    """Compare the meetings of two submissions by their keys: in the order of the new list, then the removed."""
    old = {one.key: (number, one) for number, one in enumerate(before, start=1)}
    found = []
    for number, one in enumerate(after, start=1):
        number_before, was = old.pop(one.key, (None, None))
        fields = field_changes(was, one, MEETING_FIELDS) if was else ()
        found.append(MeetingChange(was, one, number_before, number, fields))
    gone = [MeetingChange(before=one, number_before=number) for number, one in old.values()]
    return (*found, *gone)
