"""The rows of the board as words: the template only sets them side by side.

A template that is included for every cell, and a translation for every label of it, took half of the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from base import dates
from base.days_left import days_left
from base.names import in_language
from calendar_app.labels.topic_lists import BOARD_STATES
from calendar_app.queries.topic_lists import Standing


class BoardRow(NamedTuple):
    """What the board says about one akimat; `url` is empty while it has no list."""

    name: str
    url: str
    has_officer: bool
    state: str
    state_label: str
    is_overdue: bool
    is_late: bool
    round: int
    by_when: str
    days_left: str
    submitted: str
    review: str


def board_rows(standings: Iterable[Standing], today: date) -> list[BoardRow]:
    """The rows in the page's language; dates and labels that repeat from row to row are put in words once."""
    labels = {state: str(label) for state, label in BOARD_STATES}
    by_when, left, review = cache(_by_when), cache(_days_left), cache(_review)
    return [
        BoardRow(
            name=in_language(one.akimat),
            url=one.topic_list.get_absolute_url() if one.topic_list else "",
            has_officer=one.has_officer,
            state=one.state,
            state_label=labels[one.state],
            is_overdue=one.is_overdue,
            is_late=one.is_late,
            round=one.round,
            by_when=by_when(one.aim_day, one.term.last_day),
            days_left=left(one.term.last_day, today) if one.is_owed else "",
            submitted=dates.at_almaty(one.submitted_at, "short") if one.submitted_at else "—",
            review=review(one.review.last_day, today) if one.review else "",
        )
        for one in standings
    ]


def _by_when(aim_day: date | None, last_day: date) -> str:
    """The last day, and above it the day to aim at where that is another one."""
    last = dates.short_date(last_day)
    if aim_day is None:
        return last
    aim = gettext("Day to aim at: <strong>%(aim)s</strong>.") % {"aim": dates.short_date(aim_day)}
    last = gettext("Last day: <strong>%(last)s</strong>.") % {"last": last}
    return mark_safe(f"{aim}<br>\n{last}")  # noqa: S308 - our own sentences around digits and dots


def _review(last_day: date, today: date) -> SafeString:
    """By when the authorised body owes its decision, and how much time is left."""
    sentence = gettext("Review by: <strong>%(day)s</strong>.") % {"day": dates.short_date(last_day)}
    return mark_safe(f"{sentence}<br>\n<small>{_days_left(last_day, today)}</small>")  # noqa: S308 - as above


def _days_left(last_day: date, today: date) -> SafeString:
    """How much time is left, as in ui/days_left.html."""
    look = " is-over" if last_day < today else " is-last" if last_day == today else ""
    return format_html('<span class="days-left{}">{}</span>', look, days_left(last_day, today))
