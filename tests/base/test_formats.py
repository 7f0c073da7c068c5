"""Django's own dates and numbers: it ships no Kazakh formats, and would show American ones."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import formats, translation

LANGUAGES = ("kk", "ru", "en")
DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("kk", "01.12.2026", "01.12.2026"),
        ("ru", "1 декабря 2026 г.", "01.12.2026"),
        ("en", "1 December 2026", "01.12.2026"),
    ],
)
def test_dates(language: str, long: str, short: str) -> None:
    with translation.override(language):
        assert formats.date_format(DAY) == long
        assert formats.date_format(DAY, "SHORT_DATE_FORMAT") == short
        assert formats.time_format(time(18, 5)) == "18:05"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_week_begins_on_monday(language: str) -> None:
    with translation.override(language):
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize(
    ("language", "number"),
    [("kk", "1\xa0234\xa0567,89"), ("ru", "1\xa0234\xa0567,89"), ("en", "1\xa0234\xa0567.89")],
)
def test_numbers_have_a_no_break_space_and_a_comma(language: str, number: str) -> None:
    with translation.override(language):
        shown = Template('{{ number|floatformat:"2g" }}').render(Context({"number": Decimal("1234567.891")}))
    assert shown == number


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["01.12.2026", "2026-12-01"])
def test_both_ways_of_typing_a_date_are_read(language: str, typed: str) -> None:
    from django.forms import DateField

    with translation.override(language):
        assert DateField().clean(typed) == DAY
