"""How many days are left, in words that agree with the number."""

from __future__ import annotations

from datetime import date

from base.dates import current_language

# kk and en know one and other, ru one, few and many (of whole numbers, as CLDR has them).
_PHRASES = {
    "kk": {
        "last": "Бүгін – соңғы күн",
        "days": ("{n} күн қалды", "{n} күн қалды", "{n} күн қалды"),
        "working": ("{n} жұмыс күні қалды", "{n} жұмыс күні қалды", "{n} жұмыс күні қалды"),
        "ago": ("Мерзімі {n} күн бұрын өтті", "Мерзімі {n} күн бұрын өтті", "Мерзімі {n} күн бұрын өтті"),
    },
    "ru": {
        "last": "Сегодня последний день",
        "days": ("Остался {n} день", "Осталось {n} дня", "Осталось {n} дней"),
        "working": ("Остался {n} рабочий день", "Осталось {n} рабочих дня", "Осталось {n} рабочих дней"),
        "ago": ("Срок истёк {n} день назад", "Срок истёк {n} дня назад", "Срок истёк {n} дней назад"),
    },
    "en": {
        "last": "Today is the last day",
        "days": ("{n} day left", "{n} days left", "{n} days left"),
        "working": ("{n} working day left", "{n} working days left", "{n} working days left"),
        "ago": (
            "The last day was {n} day ago",
            "The last day was {n} days ago",
            "The last day was {n} days ago",
        ),
    },
}


def plural(number: int, language: str | None = None) -> int:
    """Index of the form that agrees with the number: 0 one, 1 few, 2 many (kk and en: 0 or 2)."""
    number, language = abs(number), language or current_language()
    if language != "ru":
        return 0 if number == 1 else 2
    if number % 10 == 1 and number % 100 != 11:
        return 0
    return 1 if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else 2


def days_left(last_day: date, today: date, language: str | None = None) -> str:
    """“5 days left”, “Today is the last day”, “The last day was 2 days ago”: calendar days in Almaty."""
    left = (last_day - today).days
    if left == 0:
        return str(_PHRASES[language or current_language()]["last"])
    return _phrase("days" if left > 0 else "ago", abs(left), language)


def working_days_left(number: int, language: str | None = None) -> str:
    """«5 жұмыс күні қалды», «Осталось 5 рабочих дней», “5 working days left”; 0 is the last day itself."""
    if number == 0:
        return str(_PHRASES[language or current_language()]["last"])
    return _phrase("working", number, language)


def _phrase(kind: str, number: int, language: str | None) -> str:
    forms = _PHRASES[language or current_language()][kind]
    return forms[plural(number, language)].format(n=number)
