"""Meetings of lists and months as HTML, drawn in Python: a template of fifty rows takes eight times as long."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext

from base import dates
from base.dates import current_language
from base.names import in_language
from calendar_app.labels.meetings import Mode
from calendar_app.public.addresses import path
from calendar_app.public.months import Day
from calendar_app.queries.published import PublicMeeting
from procedure.moments import ALMATY

NOTHING = mark_safe("")
_ITEM = (
    '<li class="meeting{}"><p class="meeting-day" aria-hidden="true"><span class="meeting-number">{}</span> {}</p>'
    '<div class="meeting-words"><p class="meeting-when"><time datetime="{}">{}, {}, <span class="clock">{}–{}</span>'
    '</time></p><{} class="meeting-title"><a href="{}">{}</a></{}><p class="meeting-who">{}</p>'
    '<p class="meeting-where">{}</p>{}</div></li>'
)
_STATE = '<p class="meeting-marks"><span class="state state-{}">{}</span></p>'
_IN_MONTH = (
    '<li{}><a href="{}"><span class="month-time">{}</span> {}</a> <span class="month-who">{}</span></li>'
)
_DAY = (
    '<li class="month-day{}"><h2 class="month-date"><span aria-hidden="true">{}</span>'
    '<span class="month-date-words">{}, {}</span></h2><ul>{}</ul></li>'
)
_EMPTY_DAY = '<li class="month-day is-empty{}"><p class="month-date"><span>{}</span></p></li>'


def meetings(rows: Iterable[PublicMeeting], level: str) -> SafeString:
    """A list of meetings; `level` is the heading of each, such as "h3"."""
    language = current_language()
    items = [_item(row, level, language) for row in rows]
    return mark_safe(f'<ol class="meetings">{"".join(items)}</ol>')  # noqa: S308 - every item is safe


def days(shown: Sequence[Day]) -> SafeString:
    """The days of a month with their meetings; on a phone only those that have any."""
    language, cancelled = current_language(), gettext("The meeting will not take place")
    return mark_safe("".join(_day(day, language, cancelled) for day in shown))  # noqa: S308 - every day is safe


def _item(row: PublicMeeting, level: str, language: str) -> SafeString:
    starts, ends = row.starts.astimezone(ALMATY), row.ends.astimezone(ALMATY)
    day = starts.date()
    return format_html(
        _ITEM,
        " is-cancelled" if row.cancelled else "",
        day.day,
        dates.month_name(day, language),
        starts.isoformat(),
        dates.long_date(day, language=language),
        dates.weekday(day, language),
        f"{starts:%H:%M}",
        f"{ends:%H:%M}",
        level,
        path(row.number, language),
        in_language(row, "subject", language),
        level,
        row.who(language),
        ". ".join(filter(None, (row.locality(language), row.venue(language)))),
        _mark(row),
    )


def _mark(row: PublicMeeting) -> SafeString:
    """What stands out: that it will not take place, or that one can take part from afar."""
    if row.cancelled:
        return format_html(_STATE, "overdue", gettext("The meeting will not take place"))
    if row.mode == Mode.ONLINE:
        return format_html(_STATE, "submitted", pgettext("mode", "Online"))
    if row.mode == Mode.HYBRID:
        return format_html(_STATE, "submitted", pgettext("mode", "In person and online"))
    return NOTHING


def _day(day: Day, language: str, cancelled: str) -> SafeString:
    marks = (" is-off" if day.is_off else "") + (" is-today" if day.is_today else "")
    if not day.meetings:
        return format_html(_EMPTY_DAY, marks, day.date.day)
    inside = format_html_join("", _IN_MONTH, (_in_month(row, language, cancelled) for row in day.meetings))
    words = dates.day_month(day.date, language=language), dates.weekday(day.date, language)
    return format_html(_DAY, marks, day.date.day, *words, inside)


def _in_month(row: PublicMeeting, language: str, cancelled: str) -> tuple[object, ...]:
    return (
        mark_safe(' class="is-cancelled"') if row.cancelled else NOTHING,
        path(row.number, language),
        f"{row.starts.astimezone(ALMATY):%H:%M}",
        in_language(row, "place", language),
        cancelled if row.cancelled else in_language(row, "subject", language),
    )
