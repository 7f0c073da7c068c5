"""The halls of akimats, as their pages show them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from calendar_app.labels.calendars import VersionState
from calendar_app.labels.topic_lists import TopicListState
from calendar_app.models import PlannedMeeting, ProposedMeeting
from procedure.halls import HallDraft
from procedure.moments import start_of_day
from regions.models import Body, Hall


def of_akimats(akimats: Iterable[Body], on: date, language: str) -> QuerySet[Hall]:
    """Their halls, those in use first, in the order of names; one query."""
    open_first = Case(
        When(Q(valid_to=None) | Q(valid_to__gte=on), Value(0)), default=Value(1), output_field=IntegerField()
    )
    halls = Hall.objects.filter(owner__in=akimats).select_related("owner", "territory__parent__parent")
    ordered = halls.in_alphabetical_order(language)
    return ordered.order_by("owner", open_first, *ordered.query.order_by)


def as_draft(hall: Hall) -> HallDraft:
    """The registered hall as the rules see it."""
    return HallDraft(
        name_kk=hall.name_kk,
        name_ru=hall.name_ru,
        address_kk=hall.address_kk,
        address_ru=hall.address_ru,
        capacity=hall.capacity,
        place=hall.territory_id,
        step_free=hall.step_free,
        hearing_loop=hall.hearing_loop,
    )


def uses_to_come(hall: Hall, today: date) -> int:
    """How many meetings name the hall in lists that are being written, and in plans from that day on."""
    writing = ProposedMeeting.objects.filter(
        hall=hall, topic_list__state__in=(TopicListState.DRAFT, TopicListState.RETURNED)
    )
    plans = PlannedMeeting.objects.filter(hall=hall, cancelled=False, starts__gte=start_of_day(today))
    gone = (VersionState.SUPERSEDED, VersionState.RETURNED)
    planned = plans.exclude(version__state__in=gone).values("meeting").distinct()
    return writing.count() + planned.count()


def is_announced(hall: Hall, today: date) -> bool:
    """Whether a plan that lies with the commission or beyond names the hall from that day on."""
    named = PlannedMeeting.objects.filter(hall=hall, cancelled=False, starts__gte=start_of_day(today))
    given = (VersionState.SUBMITTED, VersionState.APPROVED, VersionState.IN_FORCE)
    return named.filter(version__state__in=given).exists()


def version_of(hall: Hall) -> int:
    """A number of at most nine digits that another one takes the place of when the hall is changed."""
    return zlib.crc32(repr((as_draft(hall), hall.valid_to)).encode()) % 10**9
