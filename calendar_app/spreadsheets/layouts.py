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
    """One column: the name of its field, its headings, its width in characters.

    holds   "day", "clock" or "moment": a date or a time that Excel made is taken for what it is
    """

    field: str
    kk: str
    ru: str
    width: int
    holds: str = ""

    @property
    def heading(self) -> str:
        return f"{self.kk}\n{self.ru}"


@dataclass(frozen=True)
class Layout:
    """A table: its columns, and those of which a sheet must have one to be taken for such a table.

    whole   all of these must be there
    """

    name: str
    sheet: str
    columns: tuple[Column, ...]
    needed: tuple[str, ...]
    whole: bool = False

    @property
    def holding(self) -> dict[str, str]:
        """What the columns hold that hold no plain text, by field."""
        return {column.field: column.holds for column in self.columns if column.holds}

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
    whole=True,
)
PLAN = Layout(
    "plan",
    "Кездесулер · Встречи",
    (
        Column("key", "Код (өзгертпеңіз)", "Код (не менять)", 12),
        Column("number", "Нөмірі", "Номер", 14),
        Column("bodies", "Министрліктер", "Министерства", 44),
        Column("kind", "Кімнің кездесуі", "Чья встреча", 24),
        Column("day", "Күні", "Дата", 13, "day"),
        Column("starts", "Басталуы", "Начало", 11, "clock"),
        Column("ends", "Аяқталуы", "Окончание", 12, "clock"),
        Column("place", "Елді мекен", "Населённый пункт", 38),
        Column("hall", "Зал", "Зал", 38),
        Column("venue_kk", "Залдан тыс орын (қазақша)", "Место вне зала (на казахском)", 28),
        Column("venue_ru", "Залдан тыс орын (орысша)", "Место вне зала (на русском)", 28),
        Column("mode", "Өткізу түрі", "Формат", 20),
        Column("languages", "Тілдері", "Языки", 22),
        Column("subject_kk", "Не талқыланады (қазақша)", "Что обсуждается (на казахском)", 44),
        Column("subject_ru", "Не талқыланады (орысша)", "Что обсуждается (на русском)", 44),
        Column("contact_person", "Байланыс жасайтын адам", "Контактное лицо", 26),
        Column("contact_phone", "Анықтама телефоны", "Телефон для справок", 22),
        Column("trip", "Сапар", "Поездка", 24),
        Column("online_url", "Трансляция мекенжайы", "Адрес трансляции", 28),
        Column("note_kk", "Келушілерге ескертпе (қазақша)", "Примечание для посетителей (на казахском)", 34),
        Column("note_ru", "Келушілерге ескертпе (орысша)", "Примечание для посетителей (на русском)", 34),
        Column("removal", "Алып тастау себебі", "Причина исключения", 30),
    ),
    ("key",),
    whole=True,
)
BUSY = Layout(
    "busy_table",
    "Бос емес уақыт · Занятость",
    (
        Column("starts", "Басталуы", "Начало", 22, "moment"),
        Column("ends", "Аяқталуы", "Окончание", 22, "moment"),
        Column("reason", "Себебі (тек министрлік көреді)", "Причина (видит только министерство)", 50),
    ),
    ("starts", "ends"),
    whole=True,
)
LAYOUTS = {layout.name: layout for layout in (TOPICS, TRANSLATION, PLAN, BUSY)}
