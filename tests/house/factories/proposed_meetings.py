"""Proposed meetings of the asking akimat and of another one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import partial

from base import clock
from calendar_app.models import ProposedMeeting
from calendar_app.transitions import proposed_meetings as acts
from procedure.proposed_meetings import MeetingDraft
from tests.house.access.cells import Objects, Target
from tests.house.access.people import FOREIGN, OWN, People
from tests.house.factories import topic_lists

EMPTY = {f"{kind}-{name}_FORMS": "0" for kind in ("exact", "loose") for name in ("TOTAL", "INITIAL")}
FORM = EMPTY | {"mode": "online", "attendance": "77"}


def new(people: People) -> Objects:
    """Drafts of both, and the filled form of a new meeting."""
    return topic_lists.in_state("draft", people, **FORM)


def saved(people: People) -> Objects:
    """A meeting in the draft of each."""
    return Objects(*(_target(people, code) for code in (OWN, FOREIGN)))


def _target(people: People, code: str) -> Target:
    topic_list = topic_lists.make("draft", people, code)
    draft = MeetingDraft(mode="online")
    meeting = acts.save(topic_list=topic_list, draft=draft, by=people.makers[code], now=clock.now())
    return Target(
        path={"half_year": topic_list.half_year, "akimat": code, "key": meeting.pk},
        form=FORM | {"version": "1", "idempotency_key": str(uuid.uuid4())},
        others={"key": meeting.pk, "id": meeting.pk, "akimat": code},
        kept=partial(_kept, meeting.pk),
    )


def _kept(pk: int) -> object:
    """The meeting as it stands in the database."""
    return list(ProposedMeeting.objects.filter(pk=pk).values())


MAKERS: dict[str, Callable[[People], Objects]] = {"new_meeting": new, "meeting": saved}
