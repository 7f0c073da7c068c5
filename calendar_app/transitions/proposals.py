"""A proposed meeting of an akimat becomes a planned one by one act (procedure, sections 2 and 5)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from base.errors import Refused
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.queries import brought
from calendar_app.transitions import meetings
from procedure.problems import Problem
from procedure.proposals import Span, first_exact, plan_of, span_of
from procedure.proposed_meetings import LooseWindow, Window
from regions.models import Territory


@transaction.atomic
def plan(
    *, version: CalendarVersion, proposal: int, by: User, now: datetime, revision: int, when: str = ""
) -> PlannedMeeting:
    """Plan the proposed meeting: ministries, topics, place and hall as its akimat gave them.

    when: the place of an exact time among those it offers ("0"), a day that a choice of days offers
    ("2027-03-06"), or nothing for its first exact time. Raises NotPermitted, Stale, and Refused for a time that
    is not offered and for what stands in the way of any planned meeting.
    """
    found = brought.of_half_year(version.half_year).meetings_by_key.get(proposal)
    if found is None:
        raise Refused([Problem("proposal_not_in_list")])
    span = _span(found.draft.windows, when)
    titles = [{"kk": one.title_kk, "ru": one.title_ru} for one in found.topics]
    place = "" if found.draft.place else _seat(found.akimat.region_id or "")
    draft = plan_of(found.draft, span, titles, place)
    [made] = meetings.plan(version=version, drafts=[draft], by=by, now=now, revision=revision)
    return made


def _span(windows: tuple[Window, ...], when: str) -> Span:
    if not when:
        exact = first_exact(windows)
        if exact is None:
            raise Refused([Problem("proposal_without_time", field="when")])
        span = span_of(exact)
    elif when.isdigit():
        chosen = windows[int(when)] if len(when) < 4 and int(when) < len(windows) else None
        span = span_of(chosen) if chosen else None
    else:
        day = date.fromisoformat(when)
        spans = (span_of(one, day) for one in windows if isinstance(one, LooseWindow))
        span = next((one for one in spans if one), None)
    if span is None:
        raise Refused([Problem("day_not_offered", field="when")])
    return span


def _seat(region: str) -> str:
    """Where an online meeting of a whole region is entered: its first place by level and code."""
    places = Territory.objects.filter(region=region, selectable=True).order_by("level", "code")
    return places.values_list("pk", flat=True).first() or ""
