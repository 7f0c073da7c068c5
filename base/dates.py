"""Dates, times and periods in the words of the page's language.

Kazakh inflects the month, so every function that may stand in a sentence takes a case; in Russian and
English the form does not change. Instants are shown in Almaty time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.translation import get_language

from base.kazakh import inflected
from procedure.half_years import HalfYear, Quarter
from procedure.moments import ALMATY, day_of, in_utc

LANGUAGES = ("kk", "ru", "en")

MONTHS = {
    "kk": [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "en": (
        [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ]
    ),
}
WEEKDAYS = {
    "kk": ["дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"],
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
# The month by itself, in the nominative.
_MONTHS_RU = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
)  # fmt: skip
_ON_WEEKDAY_RU = (
    "в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье",
)  # fmt: skip
_ORDINALS = {
    "kk": ("бірінші", "екінші", "үшінші", "төртінші"),
    "ru": ("первое", "второе"),
    "en": ("first", "second", "third", "fourth"),
}
_HALVES_RU = {
    "": ("первое полугодие", "второе полугодие"),
    "dative": ("первому полугодию", "второму полугодию"),
    "genitive": ("первого полугодия", "второго полугодия"),
    "locative": ("первом полугодии", "втором полугодии"),
}
_QUARTERS_RU = {
    "": ("первый квартал", "второй квартал", "третий квартал", "четвёртый квартал"),
    "dative": ("первому кварталу", "второму кварталу", "третьему кварталу", "четвёртому кварталу"),
    "genitive": ("первого квартала", "второго квартала", "третьего квартала", "четвёртого квартала"),
    "locative": ("первом квартале", "втором квартале", "третьем квартале", "четвёртом квартале"),
}


def current_language() -> str:
    """The language of the page, one of kk, ru, en; Kazakh when no other is active."""
    language = (get_language() or "")[:2]
    return language if language in LANGUAGES else "kk"


def long_date(day: date, case: str = "", language: str | None = None) -> str:
    """«2026 жылғы 1 желтоқсан», «1 декабря 2026 года», “1 December 2026”.

    day: a date, or an aware instant, whose day in Almaty counts. case: a name of `base.kazakh.CASES`
    for the Kazakh month («желтоқсаннан»), empty for the plain form.
    """
    day, language = _day(day), language or current_language()
    if language == "kk":
        return f"{day.year} жылғы {day_month(day, case, language)}"
    return f"{day_month(day, case, language)} {day.year}{' года' if language == 'ru' else ''}"


def day_month(day: date, case: str = "", language: str | None = None) -> str:
    """«1 желтоқсан», «1 декабря», “1 December”: a day of a year that is plain from what stands around it."""
    day, language = _day(day), language or current_language()
    month = MONTHS[language][day.month - 1]
    return f"{day.day} {inflected(month, case) if language == 'kk' else month}"


def month_name(day: date, language: str | None = None) -> str:
    """«қараша», «ноября», “November”: as it stands behind the number of the day."""
    return MONTHS[language or current_language()][_day(day).month - 1]


def month_and_year(day: date, language: str | None = None) -> str:
    """«2026 жылғы қараша», «ноябрь 2026 года», “November 2026”."""
    day, language = _day(day), language or current_language()
    if language == "kk":
        return f"{day.year} жылғы {MONTHS['kk'][day.month - 1]}"
    if language == "ru":
        return f"{_MONTHS_RU[day.month - 1]} {day.year} года"
    return f"{MONTHS['en'][day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """«01.12.2026» in every language, for tables."""
    return _day(day).strftime("%d.%m.%Y")


def weekday(day: date, language: str | None = None) -> str:
    """«сенбі», «суббота», “Saturday”."""
    return WEEKDAYS[language or current_language()][_day(day).weekday()]


def weekdays(language: str | None = None) -> list[str]:
    """The names of the week from Monday on."""
    return WEEKDAYS[language or current_language()]


def on_weekday(day: date, language: str | None = None) -> str:
    """«сенбі күні», «в субботу», “on Saturday”."""
    language = language or current_language()
    if language == "ru":
        return _ON_WEEKDAY_RU[_day(day).weekday()]
    name = weekday(day, language)
    return f"{name} күні" if language == "kk" else f"on {name}"


def at_almaty(moment: datetime, style: str = "", language: str | None = None) -> str:
    """An aware instant on the clock of Almaty; ValueError for one without a time zone.

    style: "" long date and time to the minute · "seconds" with seconds and the offset from UTC, for
    receipts · "short" «23.11.2026 14:05», for tables · "time" only «14:05» · "day" only the number of the day.
    """
    local = in_utc(moment).astimezone(ALMATY)
    if style == "time":
        return f"{local:%H:%M}"
    if style == "day":
        return str(local.day)
    if style == "short":
        return f"{local:%d.%m.%Y %H:%M}"
    clock = f"{local:%H:%M}"
    if style == "seconds":
        hours = (local.utcoffset() or timedelta()) // timedelta(hours=1)
        clock = f"{local:%H:%M:%S} (UTC{hours:+d})"
    return f"{long_date(local.date(), language=language)}, {clock}"


def half_year_name(half_year: HalfYear | str, case: str = "", language: str | None = None) -> str:
    """«2027 жылғы бірінші жартыжылдық», «первое полугодие 2027 года», “first half of 2027”.

    half_year: a HalfYear, or its code such as "2027-H1" (ValueError for anything else). case: dative,
    genitive, locative, or the other Kazakh ones; empty for the plain form.
    """
    period = half_year if isinstance(half_year, HalfYear) else HalfYear.parse(half_year)
    language = language or current_language()
    if language == "kk":
        return f"{period.year} жылғы {_ORDINALS['kk'][period.half - 1]} {inflected('жартыжылдық', case)}"
    if language == "ru":
        return f"{_HALVES_RU.get(case, _HALVES_RU[''])[period.half - 1]} {period.year} года"
    return f"{_ORDINALS['en'][period.half - 1]} half of {period.year}"


def quarter_name(quarter: Quarter | str, case: str = "", language: str | None = None) -> str:
    """«2027 жылғы бірінші тоқсан», «первый квартал 2027 года», “first quarter of 2027”."""
    period = quarter if isinstance(quarter, Quarter) else Quarter.parse(quarter)
    language = language or current_language()
    if language == "kk":
        return f"{period.year} жылғы {_ORDINALS['kk'][period.number - 1]} {inflected('тоқсан', case)}"
    if language == "ru":
        return f"{_QUARTERS_RU.get(case, _QUARTERS_RU[''])[period.number - 1]} {period.year} года"
    return f"{_ORDINALS['en'][period.number - 1]} quarter of {period.year}"


def listed(days: Iterable[date], language: str | None = None) -> str:
    """Days one after the other, runs joined: «5–6 желтоқсан, 16 желтоқсан»; empty for no day."""
    runs: list[list[date]] = []
    for day in sorted(days):
        joins = runs and (day - runs[-1][-1]).days == 1 and day.month == runs[-1][-1].month
        runs[-1].append(day) if joins else runs.append([day])
    names = []
    for run in runs:
        last = day_month(run[-1], language=language)
        names.append(f"{run[0].day}–{last}" if len(run) > 1 else last)
    return ", ".join(names)


def _day(day: date) -> date:
    return day_of(day) if isinstance(day, datetime) else day
