"""Dates in words, against a table written by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from base import dates
from base.days_left import days_left, plural, working_days_left
from base.kazakh import inflected
from procedure.half_years import HalfYear, Quarter

# nominative, ablative (-дан), dative (-ға), locative (-да), accusative (-ды), genitive (-дың), adjective (-дағы)
KAZAKH = [
    "қаңтар қаңтардан қаңтарға қаңтарда қаңтарды қаңтардың қаңтардағы",
    "ақпан ақпаннан ақпанға ақпанда ақпанды ақпанның ақпандағы",
    "наурыз наурыздан наурызға наурызда наурызды наурыздың наурыздағы",
    "сәуір сәуірден сәуірге сәуірде сәуірді сәуірдің сәуірдегі",
    "мамыр мамырдан мамырға мамырда мамырды мамырдың мамырдағы",
    "маусым маусымнан маусымға маусымда маусымды маусымның маусымдағы",
    "шілде шілдеден шілдеге шілдеде шілдені шілденің шілдедегі",
    "тамыз тамыздан тамызға тамызда тамызды тамыздың тамыздағы",
    "қыркүйек қыркүйектен қыркүйекке қыркүйекте қыркүйекті қыркүйектің қыркүйектегі",
    "қазан қазаннан қазанға қазанда қазанды қазанның қазандағы",
    "қараша қарашадан қарашаға қарашада қарашаны қарашаның қарашадағы",
    "желтоқсан желтоқсаннан желтоқсанға желтоқсанда желтоқсанды желтоқсанның желтоқсандағы",
]
CASES = ("", "ablative", "dative", "locative", "accusative", "genitive", "adjective")
TABLE = [
    (month, case, word)
    for month, words in enumerate(KAZAKH, start=1)
    for case, word in zip(CASES, words.split(), strict=True)
]
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"  # genitive, as in dates
ENGLISH = "January February March April May June July August September October November December"


@pytest.mark.parametrize(("month", "case", "word"), TABLE)
def test_each_month_in_each_kazakh_case(month: int, case: str, word: str) -> None:
    assert dates.long_date(date(2027, month, 1), case, "kk") == f"2027 жылғы 1 {word}"


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("month", range(1, 13))
def test_russian_and_english_months_do_not_change_with_the_case(month: int, case: str) -> None:
    day = date(2026, month, 21)
    assert dates.long_date(day, case, "ru") == f"21 {RUSSIAN.split()[month - 1]} 2026 года"
    assert dates.long_date(day, case, "en") == f"21 {ENGLISH.split()[month - 1]} 2026"


def test_the_language_of_the_page_is_used_and_kazakh_without_one() -> None:
    day = date(2026, 12, 1)
    with translation.override("ru"):
        assert dates.long_date(day) == "1 декабря 2026 года"
    with translation.override("en"):
        assert dates.day_month(day) == "1 December"
    with translation.override(None):
        assert dates.day_month(day, "ablative") == "1 желтоқсаннан"


def test_an_unknown_case_is_a_mistake_of_the_programmer() -> None:
    with pytest.raises(KeyError):
        inflected("желтоқсан", "vocative")


def test_periods_are_inflected_like_months() -> None:
    first = HalfYear(2027, 1)
    assert dates.half_year_name(first, language="kk") == "2027 жылғы бірінші жартыжылдық"
    assert dates.half_year_name(first, "dative", "kk") == "2027 жылғы бірінші жартыжылдыққа"
    assert dates.half_year_name("2027-H2", language="ru") == "второе полугодие 2027 года"
    assert dates.half_year_name(first, "locative", "ru") == "первом полугодии 2027 года"
    assert dates.half_year_name(first, "ablative", "ru") == "первое полугодие 2027 года"
    assert dates.half_year_name(first, language="en") == "first half of 2027"
    assert dates.quarter_name(Quarter(2027, 3), language="kk") == "2027 жылғы үшінші тоқсан"
    assert dates.quarter_name(Quarter(2027, 3), "locative", "kk") == "2027 жылғы үшінші тоқсанда"
    assert dates.quarter_name("2027-Q3", "genitive", "ru") == "третьего квартала 2027 года"
    assert dates.quarter_name("2027-Q4", language="en") == "fourth quarter of 2027"
    with pytest.raises(ValueError, match="half-year"):
        dates.half_year_name("2027-H3")


def test_instants_are_shown_on_the_clock_of_almaty() -> None:
    moment = datetime(2026, 12, 1, 18, 59, 58, tzinfo=UTC)
    assert dates.at_almaty(moment, language="kk") == "2026 жылғы 1 желтоқсан, 23:59"
    assert dates.at_almaty(moment, "seconds", "ru") == "1 декабря 2026 года, 23:59:58 (UTC+5)"
    assert dates.at_almaty(moment, "short") == "01.12.2026 23:59"
    assert dates.at_almaty(moment, "time") == "23:59"
    assert dates.long_date(datetime(2026, 12, 1, 19, 0, tzinfo=UTC), language="en") == "2 December 2026"
    before_the_change = datetime(2024, 2, 29, 17, 0, tzinfo=UTC)
    assert dates.at_almaty(before_the_change, "seconds", "en").endswith("23:00:00 (UTC+6)")
    with pytest.raises(ValueError, match="time zone"):
        dates.at_almaty(datetime(2026, 12, 1, 12, 0))  # noqa: DTZ001 - that is the point


def test_weekdays() -> None:
    saturday = date(2027, 2, 27)
    assert [dates.weekday(saturday, language) for language in dates.LANGUAGES] == [
        "сенбі",
        "суббота",
        "Saturday",
    ]
    assert dates.on_weekday(saturday, "kk") == "сенбі күні"
    assert dates.on_weekday(saturday, "ru") == "в субботу"
    assert dates.on_weekday(date(2027, 2, 23), "ru") == "во вторник"
    assert dates.on_weekday(saturday, "en") == "on Saturday"


def test_days_one_after_the_other_are_joined_within_a_month() -> None:
    days = [date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 16)]
    assert dates.listed(days, "ru") == "30 ноября, 1 декабря, 5–6 декабря, 16 декабря"
    assert dates.listed([], "kk") == ""


@pytest.mark.parametrize(
    ("number", "phrase"),
    [
        (1, "Остался 1 день"),
        (2, "Осталось 2 дня"),
        (4, "Осталось 4 дня"),
        (5, "Осталось 5 дней"),
        (11, "Осталось 11 дней"),
        (12, "Осталось 12 дней"),
        (14, "Осталось 14 дней"),
        (21, "Остался 21 день"),
        (22, "Осталось 22 дня"),
        (25, "Осталось 25 дней"),
        (111, "Осталось 111 дней"),
        (101, "Остался 101 день"),
    ],
)
def test_russian_numbers_take_three_forms(number: int, phrase: str) -> None:
    today = date(2026, 1, 1)
    assert days_left(date.fromordinal(today.toordinal() + number), today, "ru") == phrase


def test_days_left_before_on_and_after_the_last_day() -> None:
    last = date(2026, 12, 1)
    assert days_left(last, date(2026, 11, 24), "kk") == "7 күн қалды"
    assert days_left(last, date(2026, 11, 30), "en") == "1 day left"
    assert days_left(last, last, "kk") == "Бүгін – соңғы күн"
    assert days_left(last, last, "ru") == "Сегодня последний день"
    assert days_left(last, date(2026, 12, 3), "en") == "The last day was 2 days ago"
    assert days_left(last, date(2026, 12, 2), "ru") == "Срок истёк 1 день назад"


def test_working_days_left() -> None:
    assert working_days_left(5, "kk") == "5 жұмыс күні қалды"
    assert working_days_left(5, "ru") == "Осталось 5 рабочих дней"
    assert working_days_left(1, "en") == "1 working day left"
    assert working_days_left(0, "en") == "Today is the last day"
    assert plural(-21, "ru") == 0
