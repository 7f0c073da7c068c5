"""The tables that the portal hands out and reads back: headings in Kazakh and Russian at once.

Without Django: the process that opens uploaded files knows neither settings nor a database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# The sheet that the drop-down lists of the template take their values from; it is not read.
LISTS_SHEET = "Lists"


@dataclass(frozen=True)
class Column:
    """One column: the name of its field, its headings, its width in characters."""

    field: str
    kk: str
    ru: str
    width: int

    @property
    def heading(self) -> str:
        return f"{self.kk}\n{self.ru}"


@dataclass(frozen=True)
class Layout:
    """A table: its columns, and those without which a sheet is not taken for such a table."""

    name: str
    sheet: str
    columns: tuple[Column, ...]
    needed: tuple[str, ...]

    def fields_of(self, headings: dict[int, str]) -> dict[int, str]:
        """Column number → field, for headings in either language, in any order."""
        known = {}
        for column in self.columns:
            for spelling in (column.kk, column.ru, column.heading):
                known[plain(spelling)] = column.field
        return {number: known[plain(text)] for number, text in headings.items() if plain(text) in known}


def plain(text: str) -> str:
    """A heading as it is compared: capitals, signs and line ends do not matter."""
    return " ".join(re.findall(r"\w+", text.casefold()))


TOPICS = Layout(
    "topics",
    "Мәселелер · Вопросы",
    (
        Column("title_kk", "Мәселе (қазақша)", "Вопрос (на казахском)", 38),
        Column("title_ru", "Мәселе (орысша)", "Вопрос (на русском)", 38),
        Column("text_kk", "Ахуал (қазақша)", "Ситуация (на казахском)", 48),
        Column("text_ru", "Ахуал (орысша)", "Ситуация (на русском)", 48),
        Column("sector", "Сала", "Сфера", 26),
        Column("district", "Аудан немесе қала", "Район или город", 26),
        Column("ministry", "Жауапты министрлік", "Ответственное министерство", 34),
        Column("urgency", "Шұғылдығы", "Срочность", 18),
        Column("evidence", "Негіздеме", "Обоснование", 34),
    ),
    ("title_kk", "title_ru"),
)
TRANSLATION = Layout(
    "translation",
    "Аударма · Перевод",
    (
        Column("key", "Кілт", "Ключ", 10),
        Column("kk", "Қазақша", "На казахском", 70),
        Column("ru", "Орысша", "На русском", 70),
    ),
    ("key", "kk", "ru"),
)
LAYOUTS = {layout.name: layout for layout in (TOPICS, TRANSLATION)}
