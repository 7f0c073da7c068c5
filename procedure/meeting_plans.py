"""What a planned meeting contains, before it is compared with others (procedure, section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from procedure.meeting_times import problems_of_times
from procedure.problems import Problem


@dataclass(frozen=True)
class MeetingDraft:
    """One meeting as planners write it.

    place     КАТО code; hall: its key, None for a place outside the list or an online meeting
    bodies    codes of the ministries that come, the leading one first
    topics    keys of the topics of accepted lists that it answers
    proposal  key of the akimat's proposed meeting that it takes up
    """

    place: str
    starts: datetime
    ends: datetime
    bodies: tuple[str, ...] = ()
    kind: str = "head"
    hall: int | None = None
    mode: str = "in_person"
    languages: str = "kk_ru"
    online_url: str = ""
    subject_kk: str = ""
    subject_ru: str = ""
    venue_kk: str = ""
    venue_ru: str = ""
    note_kk: str = ""
    note_ru: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    trip: str = ""
    topics: tuple[int, ...] = ()
    proposal: int | None = None


def problems_of_draft(draft: MeetingDraft) -> list[Problem]:
    """What keeps the draft from being planned at all; fields are named as in the form."""
    problems = problems_of_times(draft.starts, draft.ends)
    if not draft.bodies:
        problems.append(Problem("ministry_required", field="bodies"))
    if not (draft.subject_kk.strip() or draft.subject_ru.strip()):
        problems.append(Problem("subject_required", field="subject_kk"))
    if draft.mode == "online" and draft.hall is not None:
        problems.append(Problem("online_has_no_hall", field="hall"))
    return problems
