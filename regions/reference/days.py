"""The day table, seeded from the package `holidays` in Kazakh and English, with Russian names of our own.

A row that a person entered or changed is left alone. Days that the package no longer names are removed from
`at` on; days before it stay, because deadlines were explained by them.
"""

from __future__ import annotations

import importlib.metadata
import re
from datetime import date
from pathlib import Path

from regions.models import Day
from regions.reference import files
from regions.reference.report import Report

FIRST_YEAR, LAST_YEAR = 2023, 2028
COLUMNS = ("kind", "name_kk", "name_ru", "name_en", "source", "estimated", "manual")
MOVED = {
    "name_kk": "Ауыстырылған жұмыс күні",
    "name_ru": "Перенесённый рабочий день",
    "name_en": "Moved working day",
}
OBSERVED, ESTIMATED = " (observed)", " (estimated)"
SUBSTITUTED = re.compile(r"^Day off \(substituted from (\d\d)/(\d\d)/(\d{4})\)$")


def load(report: Report, today: date, *, folder: Path) -> None:
    """Add, change and remove seeded days so that they agree with the package."""
    wanted = {day.day: day for day in _wanted(folder)}
    current = {day.day: day for day in Day.objects.all()}
    new = [day for key, day in wanted.items() if key not in current]
    changed = [
        day for key, day in wanted.items()
        if key in current and not current[key].manual and _values(day) != _values(current[key])
    ]  # fmt: skip
    gone = [key for key, day in current.items() if not day.manual and key not in wanted and key >= today]
    Day.objects.bulk_create(new)
    Day.objects.bulk_update(changed, COLUMNS)
    Day.objects.filter(pk__in=gone).delete()
    kept = len(wanted) - len(new) - len(changed)
    report.count("days", added=len(new), changed=len(changed), removed=len(gone), kept=kept)


def _values(day: Day) -> tuple[object, ...]:
    return tuple(getattr(day, column) for column in COLUMNS)


def _wanted(folder: Path) -> list[Day]:
    import holidays  # heavy: only where it is needed

    years = range(FIRST_YEAR, LAST_YEAR + 1)
    kazakh = holidays.country_holidays("KZ", years=years, language="kk")
    english = holidays.country_holidays("KZ", years=years, language="en_US")
    russian = {row["name_en"]: row["name_ru"] for row in files.rows("holidays_ru.csv", folder)}
    source = f"holidays {importlib.metadata.version('holidays')}"
    rows = [_day_off(day, kazakh[day], english[day], russian, source) for day in sorted(kazakh)]
    taken = set(kazakh)
    moved = sorted(day for day in kazakh.weekend_workdays if day not in taken and day.year in years)
    return rows + [_day(day, Day.Kind.WORKING, source, MOVED) for day in moved]


def _day_off(day: date, name_kk: str, name_en: str, russian: dict[str, str], source: str) -> Day:
    estimated = name_en.endswith(ESTIMATED)
    names = {
        "name_kk": name_kk.removesuffix(" (бағаланған)") if estimated else name_kk,
        "name_ru": _in_russian(name_en, russian),
        "name_en": name_en.removesuffix(ESTIMATED),
    }
    return _day(day, Day.Kind.DAY_OFF, source, names, estimated=estimated)


def _day(day: date, kind: Day.Kind, source: str, names: dict[str, str], *, estimated: bool = False) -> Day:
    if estimated:
        source += ", estimated"
    return Day(day=day, kind=kind, source=source, estimated=estimated, manual=False, **names)


def _in_russian(name_en: str, russian: dict[str, str]) -> str:
    """The Russian name of a holiday of the package; its English one when the own table lacks it."""
    if moved := SUBSTITUTED.match(name_en):
        month, day, year = moved.groups()
        return f"Выходной день (перенесён с {day}.{month}.{year})"
    plain = name_en.removesuffix(OBSERVED).removesuffix(ESTIMATED)
    name = russian.get(plain, plain)
    return f"{name} (перенос)" if name_en.endswith(OBSERVED) else name
