"""Days of a grid as HTML, drawn in Python: a month of a full plan has as many links as a long list has rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from base import dates
from calendar_app.models import CalendarVersion
from procedure.moments import ALMATY

_DAY = '<td class="day{}"><p class="day-name"><span class="day-weekday">{}, </span>{}{}</p>{}{}</td>'
_OFF = '<span class="visually-hidden">, {}</span>'
_ENTRY = '<li class="entry{}"><a href="{}">{}–{} {}</a> <span>{}</span>{}</li>'
_BUSY = '<p class="busy"><span class="visually-hidden">{}: </span>{}</p>'
_KEY = "0"  # stands for the key of a meeting in the one address that is computed


class Entry(NamedTuple):
    """A meeting in a grid; place and `who` (its ministries) in the page's language."""

    pk: int
    starts: datetime
    ends: datetime
    cancelled: bool
    place: str
    who: str


@dataclass
class Cell:
    """A day of a grid. is_outside: it belongs to another month or half-year; busy: names of ministries."""

    day: date
    is_off: bool
    is_outside: bool
    rows: list[Entry] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)


class Drawing:
    """Draws cells of one version; meetings lead to their page where they may be changed, else to the table."""

    def __init__(self, version: CalendarVersion, today: date, *, may_change: bool) -> None:
        self.today, self.may_change = today, may_change
        edit = reverse("staff:planned_meeting_edit", args=[version.half_year, version.number, _KEY])
        self.edit = edit.rpartition(f"{_KEY}/")[0]
        self.table = version.get_absolute_url()
        self.words: Mapping[str, str] = {
            "off": gettext("day off"),
            "busy": pgettext("ministry", "Busy"),
            "cancelled": pgettext("meeting", "Cancelled"),
        }

    def row(self, cells: Iterable[Cell]) -> SafeString:
        """The cells of one week."""
        return format_html_join("", "{}", ((self._cell(cell),) for cell in cells))

    def _cell(self, cell: Cell) -> SafeString:
        marks = {
            " is-off": cell.is_off,
            " is-outside": cell.is_outside,
            " is-today": cell.day == self.today,
            " is-empty": not cell.rows and not cell.busy,
        }
        entries = format_html_join("", _ENTRY, (self._entry(cell.day, one) for one in cell.rows))
        return format_html(
            _DAY,
            "".join(name for name, holds in marks.items() if holds),
            dates.weekday(cell.day),
            dates.day_month(cell.day),
            format_html(_OFF, self.words["off"]) if cell.is_off else "",
            format_html("<ul>{}</ul>", entries) if cell.rows else "",
            format_html_join("", _BUSY, ((self.words["busy"], name) for name in cell.busy)),
        )

    def _entry(self, day: date, one: Entry) -> tuple[object, ...]:
        to = f"{self.table}?first={day}&last={day}"
        if self.may_change and not one.cancelled:
            to = f"{self.edit}{one.pk}/"
        return (
            " is-cancelled" if one.cancelled else "",
            to,
            f"{one.starts.astimezone(ALMATY):%H:%M}",
            f"{one.ends.astimezone(ALMATY):%H:%M}",
            one.place,
            one.who,
            format_html(" <span>({})</span>", self.words["cancelled"]) if one.cancelled else "",
        )
