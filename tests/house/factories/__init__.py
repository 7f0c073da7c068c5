"""Makers of objects for the access matrix: `Row.objects` names one of them."""

from __future__ import annotations

from collections.abc import Callable

from tests.house.access.cells import Objects
from tests.house.access.people import People
from tests.house.factories import (
    accounts,
    busy_periods,
    calendars,
    compliance,
    entries,
    extensions,
    halls,
    imports,
    letters,
    plan_edits,
    proposed_meetings,
    topic_lists,
)

MAKERS: dict[str, Callable[[People], Objects]] = {
    "nothing": lambda people: Objects(),
    **accounts.MAKERS,
    **busy_periods.MAKERS,
    **entries.MAKERS,
    **halls.MAKERS,
    **extensions.MAKERS,
    **imports.MAKERS,
    **letters.MAKERS,
    **plan_edits.MAKERS,
    **proposed_meetings.MAKERS,
    **topic_lists.MAKERS,
    **calendars.MAKERS,
    **compliance.MAKERS,
}
