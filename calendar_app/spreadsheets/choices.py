"""What people chose in a cell, as codes: sectors, urgencies, districts, ministries by any of their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import translation

from base.search import fold, sort_key
from calendar_app.labels.topic_lists import Sector, Urgency
from calendar_app.spreadsheets.sheets import Found
from procedure.problems import Problem
from procedure.topic_lists import TEXT_LIMIT, TITLE_LIMIT
from regions.models import Body, Territory

LIMITS = {"title_kk": TITLE_LIMIT, "title_ru": TITLE_LIMIT} | dict.fromkeys(
    ("text_kk", "text_ru", "evidence"), TEXT_LIMIT
)


class Choices:
    """What the columns with lists offer an akimat on a day: two queries."""

    def __init__(self, akimat: Body, on: date) -> None:
        districts = Territory.objects.within(akimat.region_id or "").districts().on(on)
        self.districts = list(districts.in_alphabetical_order("kk"))
        self.ministries = list(Body.objects.ministries().on(on).in_alphabetical_order("kk"))
        self.offered: dict[str, dict[str, tuple[str, str]]] = {
            "sector": dict(sorted(labels(Sector).items(), key=lambda one: sort_key(one[1][0]))),
            "urgency": labels(Urgency),
            "district": {one.pk: (one.name_kk, one.name_ru) for one in self.districts},
            "ministry": {one.pk: (one.name_kk, one.name_ru) for one in self.ministries},
        }
        self.known = {name: spellings(offered) for name, offered in self.offered.items()}

    def listed(self, name: str) -> list[str]:
        """The values of a drop-down list, Kazakh and Russian at once."""
        return [both(*names) for names in self.offered[name].values()]

    def district_named_in(self, text: str) -> str:
        """The one district whose name stands in the text, such as the name of a file; else ""."""
        words = f" {fold(text)} "
        found = {
            one.pk
            for one in self.districts
            for name in (one.short_kk, one.short_ru)
            if name and f" {fold(name)} " in words
        }
        return found.pop() if len(found) == 1 else ""


def both(kk: str, ru: str) -> str:
    """“kk / ru”, once where they are the same."""
    return kk if kk == ru else f"{kk} / {ru}"


def labels(choices: Any) -> dict[str, tuple[str, str]]:
    said = []
    for language in ("kk", "ru"):
        with translation.override(language):
            said.append({code: str(label) for code, label in choices.choices})
    return {code: (said[0][code], said[1][code]) for code in choices.values}


def spellings(offered: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Folded name → code; a name that two share is not known."""
    found: dict[str, str] = {}
    shared = set()
    for code, names in offered.items():
        for spelling in {fold(code), *map(fold, names), fold(both(*names))}:
            if found.setdefault(spelling, code) != code:
                shared.add(spelling)
    return {spelling: code for spelling, code in found.items() if spelling not in shared}


def topics_of(found: Found, choices: Choices) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The rows as topics with codes, each with its sheet and row, and everything that is wrong with them."""
    topics, problems = [], list(found.problems)
    for row in found.rows:
        cells = row["cells"]
        topic = {"sheet": row["sheet"], "row": row["row"], **cells}
        letters = found.columns[row["sheet"]]
        problems += _problems_of_words(row, letters)
        for name, known in choices.known.items():
            text = cells.get(name, "")
            topic[name] = code = known.get(fold(text), "") if text else ""
            if text and text != "?" and not code:
                problems.append(_at(row, f"unknown_{name}", letters[name], value=text[:80]))
        topics.append(topic)
    return topics, problems


def _problems_of_words(row: Mapping[str, Any], letters: Mapping[str, str]) -> Iterable[Problem]:
    cells = row["cells"]
    if not (cells.get("title_kk") or cells.get("title_ru")):
        yield _at(row, "row_without_title")
    for name, limit in LIMITS.items():
        if len(cells.get(name, "")) > limit:
            yield _at(row, "cell_too_long", letters[name], length=len(cells[name]), limit=limit)


def _at(row: Mapping[str, Any], code: str, column: str = "", **params: object) -> Problem:
    return Problem(code, {**params, "sheet": row["sheet"], "row": row["row"], "column": column})
