"""Proposed meetings in the snapshot of a submission: codes and keys, and the hall by its name of that day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from calendar_app.models import ProposedMeeting
from procedure.proposed_meetings import ExactWindow, LooseWindow, MeetingDraft, Window
from regions.models import Hall


def contents(meetings: Iterable[ProposedMeeting]) -> list[dict[str, Any]]:
    """The meetings of a list (`TopicList.proposed`) in their order, as JSON keeps them."""
    return [_content(position, one) for position, one in enumerate(meetings, start=1)]


def drafts(contents: Iterable[Mapping[str, Any]]) -> list[MeetingDraft]:
    """The meetings of a snapshot as the rules see them."""
    return [_draft(one) for one in contents]


def window_of(content: Mapping[str, Any]) -> Window:
    """A time of a snapshot as the rules see it."""
    if content["kind"] == "exact":
        starts, ends = time.fromisoformat(content["starts"]), time.fromisoformat(content["ends"])
        return ExactWindow(date.fromisoformat(content["day"]), starts, ends)
    return LooseWindow(
        date.fromisoformat(content["first_day"]),
        date.fromisoformat(content["last_day"]),
        tuple(content["weekdays"]),
        tuple(date.fromisoformat(day) for day in content["excluded"]),
        content["part"],
        content["minutes"],
    )


def _content(position: int, meeting: ProposedMeeting) -> dict[str, Any]:
    draft = meeting.as_draft()
    return {
        "position": position,
        "key": meeting.pk,
        "ministries": list(draft.ministries),
        "topics": list(draft.topics),
        "mode": draft.mode,
        "place": draft.place,
        "hall": _hall(meeting.hall),
        "venue": {"kk": draft.venue_kk, "ru": draft.venue_ru},
        "attendance": draft.attendance,
        "windows": [_window(window) for window in draft.windows],
    }


def _hall(hall: Hall | None) -> dict[str, Any] | None:
    if hall is None:
        return None
    return {
        "key": hall.pk,
        "name": {"kk": hall.name_kk, "ru": hall.name_ru},
        "address": {"kk": hall.address_kk, "ru": hall.address_ru},
    }


def _window(window: Window) -> dict[str, Any]:
    if isinstance(window, ExactWindow):
        return {
            "kind": "exact",
            "day": window.day.isoformat(),
            "starts": f"{window.starts:%H:%M}",
            "ends": f"{window.ends:%H:%M}",
        }
    return {
        "kind": "loose",
        "first_day": window.first_day.isoformat(),
        "last_day": window.last_day.isoformat(),
        "weekdays": list(window.weekdays),
        "excluded": [day.isoformat() for day in window.excluded],
        "part": window.part,
        "minutes": window.minutes,
    }


def _draft(content: Mapping[str, Any]) -> MeetingDraft:
    return MeetingDraft(
        ministries=tuple(content["ministries"]),
        topics=tuple(content["topics"]),
        mode=content["mode"],
        place=content["place"],
        hall=content["hall"] and content["hall"]["key"],
        venue_kk=content["venue"]["kk"],
        venue_ru=content["venue"]["ru"],
        windows=tuple(window_of(one) for one in content["windows"]),
        attendance=content["attendance"],
        key=content["key"],
    )
