"""The rows of the board as HTML, drawn in Python: in a template they took a quarter of the page.

A template asks, translates and escapes anew for every cell; here a label is put in words once a page.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from base import dates
from base.days_left import days_left
from base.names import in_language
from calendar_app.labels.topic_lists import BOARD_STATES
from calendar_app.queries.topic_lists import Standing


class _Words:
    """The words of a page that repeat from row to row, as HTML."""

    def __init__(self, today: date) -> None:
        self.akimat, self.round = escape(gettext("Akimat")), escape(gettext("Round"))
        self.state, self.submitted = escape(gettext("State")), escape(gettext("Submitted"))
        self.when = escape(gettext("By when"))
        self.states = {state: _mark(state, str(label)) for state, label in BOARD_STATES}
        self.nobody = f"<br>{_mark('overdue', gettext('Nobody to remind'))}"
        self.overdue = f"\n{_mark('overdue', gettext('Overdue'))}"
        self.late = f"\n{_mark('late', gettext('Came late'))}"
        self.by_when = cache(_by_when)
        self.left = cache(lambda day: _days_left(day, today))
        self.review = cache(lambda day: _review(day, self.left(day)))
        self.url = reverse("staff:topic_list", args=["2000-H1", "akimat.00"])

    def address(self, one: Standing) -> str:
        # A list that a predecessor left keeps the address it has.
        code = one.topic_list.akimat_id if one.topic_list else one.akimat.pk
        return self.url.replace("2000-H1", one.half_year.code).replace("akimat.00", escape(code))


def board_rows(standings: Iterable[Standing], today: date) -> SafeString:
    """The rows in the page's language."""
    words = _Words(today)
    return mark_safe("\n".join(_row(one, words) for one in standings))  # noqa: S308 - every cell is escaped


def _row(one: Standing, words: _Words) -> str:
    marks = (words.overdue if one.is_overdue else "") + (words.late if one.is_late else "")
    return (
        f'<tr>\n<th scope="row" data-label="{words.akimat}">{_name(one, words)}</th>\n'
        f'<td data-label="{words.state}">{words.states[one.state]}{marks}</td>\n'
        f'<td data-label="{words.round}">{one.round}</td>\n'
        f'<td data-label="{words.when}">{_when(one, words)}</td>\n'
        f'<td data-label="{words.submitted}">{_submitted(one, words)}</td>\n</tr>'
    )


def _name(one: Standing, words: _Words) -> str:
    name = escape(in_language(one.akimat))
    named = f'<a href="{words.address(one)}">{name}</a>' if one.topic_list else name
    return named if one.has_officer else named + words.nobody


def _when(one: Standing, words: _Words) -> str:
    shown = words.by_when(one.aim_day, one.term.last_day)
    return f"{shown}<br><small>{words.left(one.term.last_day)}</small>" if one.is_owed else shown


def _submitted(one: Standing, words: _Words) -> str:
    shown = dates.at_almaty(one.submitted_at, "short") if one.submitted_at else "—"
    return f"{shown}<br>{words.review(one.review.last_day)}" if one.review else shown


def _mark(look: str, label: str) -> str:
    return f'<span class="state state-{look}">{escape(label)}</span>'


def _by_when(aim_day: date | None, last_day: date) -> str:
    """The last day, and above it the day to aim at where that is another one."""
    last = dates.short_date(last_day)
    if aim_day is None:
        return last
    aim = gettext("Day to aim at: <strong>%(aim)s</strong>.") % {"aim": dates.short_date(aim_day)}
    last = gettext("Last day: <strong>%(last)s</strong>.") % {"last": last}
    return f"{aim}<br>\n{last}"


def _review(last_day: date, left: str) -> str:
    """By when the authorised body owes its decision, and how much time is left."""
    sentence = gettext("Review by: <strong>%(day)s</strong>.") % {"day": dates.short_date(last_day)}
    return f"{sentence}<br>\n<small>{left}</small>"


def _days_left(last_day: date, today: date) -> str:
    """How much time is left, as in ui/days_left.html."""
    look = " is-over" if last_day < today else " is-last" if last_day == today else ""
    return f'<span class="days-left{look}">{escape(days_left(last_day, today))}</span>'
