"""Proposed times in words, for pages and documents: «6 наурыз, сенбі, 11:00–13:00», “Saturdays in March …”."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from base.dates import MONTHS, current_language, day_month, listed, weekday
from calendar_app.labels.proposed_meetings import PartOfDay
from procedure.meeting_times import TimeKind
from procedure.proposed_meetings import ExactWindow, LooseWindow, Window
from procedure.proposed_times import Fit
from regions.models import WorkingHours

STANDING_RU = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь",
    "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
# Up to so many days a choice is spelled out.
SPELLED_OUT = 10


def month_name(month: int) -> str:
    """«Наурыз», «Март», “March”: the name that stands alone."""
    language = current_language()
    return STANDING_RU[month - 1] if language == "ru" else MONTHS[language][month - 1].capitalize()


def window_in_words(window: Window, language: str | None = None) -> str:
    """The time in the page's language, or in another one."""
    with translation.override(language or current_language()):
        return _exact(window) if isinstance(window, ExactWindow) else _loose(window)


def _exact(window: ExactWindow) -> str:
    return f"{day_month(window.day)}, {weekday(window.day)}, {window.starts:%H:%M}–{window.ends:%H:%M}"


def _loose(window: LooseWindow) -> str:
    parts = [_range(window.first_day, window.last_day)]
    if window.weekdays:
        parts.append(", ".join(_weekday(day) for day in window.weekdays))
    if window.excluded:
        parts.append(_("except: %(days)s") % {"days": listed(window.excluded)})
    if window.part != PartOfDay.ANY:
        parts.append(str(PartOfDay(window.part).label).lower())
    if window.minutes:
        text = ngettext("%(number)s minute", "%(number)s minutes", window.minutes)
        parts.append(text % {"number": window.minutes})
    return "; ".join(parts)


def _weekday(day: int) -> str:
    """Inside a line: English writes days of the week with a capital letter, Kazakh and Russian do not."""
    label = str(WorkingHours.Weekday(day).label)
    return label if current_language() == "en" else label.lower()


def _range(first: date, last: date) -> str:
    following = (first.replace(day=1) + timedelta(days=31)).replace(day=1)
    if first.day == 1 and last == following - timedelta(days=1):
        return month_name(first.month)
    return day_month(first) if first == last else f"{day_month(first)} – {day_month(last)}"


KINDS = {
    TimeKind.DAY_OFF: lambda: _("a day off"),
    TimeKind.EVENING: lambda: _("after working hours"),
    TimeKind.EARLY: lambda: _("before working hours"),
    TimeKind.BREAK: lambda: _("in the lunch break"),
    TimeKind.PARTLY_WORKING_HOURS: lambda: _("partly in working hours"),
    TimeKind.WORKING_HOURS: lambda: _("in working hours"),
}


def fit_in_words(fit: Fit) -> str:
    """Whether people who work can come: “a day off”, “days off: 3 of 4”."""
    if fit.kind is not None:
        return capfirst(KINDS[fit.kind]())
    return _("Days off or evenings: %(suiting)s of %(days)s") % {
        "suiting": fit.suiting,
        "days": len(fit.days),
    }


def days_in_words(fit: Fit) -> str:
    """The days that a choice can mean, or how many there are."""
    if len(fit.days) <= SPELLED_OUT:
        return _("Possible days: %(days)s") % {"days": listed(fit.days)}
    return _("Number of possible days: %(days)s") % {"days": len(fit.days)}
