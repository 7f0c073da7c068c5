"""Duties as words: templates only set them side by side."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from base import dates
from base.days_left import days_left
from base.names import in_language
from calendar_app.labels.obligations import STATUS_BADGES, DutyStatus, ObligationKind
from calendar_app.queries.compliance import DutyRow


class BoardRow(NamedTuple):
    """What a page says about one duty. about: the receipt or version concerned, "" for the half-year itself.

    level: 2 for long overdue; late: how many days, in words.
    """

    url: str
    body: str
    body_url: str
    has_officer: bool
    duty: str
    about: str
    status: str
    badge: str
    level: int
    last_day: str
    aim_day: str
    left: str
    late: str
    done: str
    proof: str
    proof_url: str


def board_rows(rows: Iterable[DutyRow], today: date) -> list[BoardRow]:
    """The rows in the page's language; words that repeat from row to row are made once."""
    kinds = {kind: str(label) for kind, label in ObligationKind.choices}
    statuses = {status: str(label) for status, label in DutyStatus.choices}
    waits = gettext("No term runs yet")
    name, short, left = cache(_named), cache(dates.short_date), cache(days_left)
    duty_url = reverse("staff:duty", args=[0])
    body_url = reverse("staff:half_year", args=["2000-H1", "akimat.00"])
    return [
        BoardRow(
            url=duty_url.replace("/0/", f"/{one.duty.pk}/"),
            body=in_language(one.body),
            body_url=body_url.replace("2000-H1", one.duty.half_year).replace("akimat.00", one.body.pk),
            has_officer=one.has_officer,
            duty=name(kinds[one.duty.kind], one.duty.round),
            about=one.duty.subject if one.duty.subject != one.duty.half_year else "",
            status=statuses[one.status] if one.duty.due or one.proof else waits,
            badge=STATUS_BADGES[DutyStatus(one.status)],
            level=one.level,
            last_day=short(one.duty.last_day) if one.duty.last_day else "",
            aim_day=short(one.duty.aim_day)
            if one.is_owed and one.duty.aim_day and one.duty.aim_day != one.duty.last_day
            else "",
            left=left(one.duty.last_day, today) if one.is_owed and one.duty.last_day else "",
            late=days_late(one.days_late) if one.proof and one.days_late else "",
            done=dates.at_almaty(one.proof.done_at, "short") if one.proof else "",
            proof=one.proof.reference if one.proof else "",
            proof_url=one.proof_url,
        )
        for one in rows
    ]


def days_late(number: int) -> str:
    """“3 days late”."""
    return ngettext("%(number)s day late", "%(number)s days late", number) % {"number": number}


def duty_name(row: DutyRow) -> str:
    """The duty in words, with its round if it was returned."""
    return _named(str(ObligationKind(row.duty.kind).label), row.duty.round)


def _named(kind: str, number: int) -> str:
    if number == 1:
        return kind
    return gettext("%(duty)s, round %(number)s") % {"duty": kind, "number": number}
