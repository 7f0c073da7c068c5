"""Folding and order are the same in Python and in SQL, and right for Kazakh."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.db.models import Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.search import KAZAKH_ALPHABET, Fold, SortKey, fold, sort_key, words
from regions.models import Day

ODD = "abcxyzhiHIəƏABCXYZ0123456789 -–.,«»\"'’№\u00a0\u0301ўќ%_\\"
LETTERS = KAZAKH_ALPHABET + KAZAKH_ALPHABET.upper() + ODD
TEXTS = st.text(alphabet=LETTERS, max_size=40)


def in_sql(expression: type, text: str) -> str:
    """One value computed by PostgreSQL."""
    return Day.objects.annotate(found=expression(Value(text))).values_list("found", flat=True)[0]


def all_in_sql(expression: type, texts: list[str]) -> list[str]:
    """The expression of each text, in one query."""
    return column("SELECT @ FROM unnest(%s::text[]) WITH ORDINALITY a(t, n) ORDER BY n", expression, texts)


def column(query: str, expression: type, texts: list[str]) -> list[str]:
    """The first column of a query over texts `t`, with the expression of `t` in the place of @."""
    with connection.cursor() as cursor:
        cursor.execute(query.replace("@", expression.template % {"expressions": "t"}), [texts])
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Усть-Каменогорск", "усть каменогорск"),
        ("ҚЫЗЫЛОРДА", "кизилорда"),
        ("Жетісу", "жетису"),
        ("Жетысу", "жетису"),
        ("Әуезов", "ауезов"),
        ("əуезов", "ауезов"),
        ("Жiгер", "жигер"),
        ("  Ақ   төбе ", "ак тобе"),
        ("Берёзовка", "березовка"),
        ("Байқоңыр", "баиконир"),
        ("Баи\u0306конур", "баиконур"),
        ("«Нұрлы» а.", "нурли а"),
        ("", ""),
    ],
)
def test_a_text_is_folded(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_the_alphabet_has_its_42_letters_in_order() -> None:
    assert len(KAZAKH_ALPHABET) == 42
    shuffled = list(KAZAKH_ALPHABET)
    random.Random(7).shuffle(shuffled)
    assert "".join(sorted(shuffled, key=sort_key)) == KAZAKH_ALPHABET


def test_capitals_do_not_change_the_order() -> None:
    names = [
        "Яблоня",
        "Іле",
        "Ыза",
        "Һ",
        "Ұлытау",
        "Үлкен",
        "Уил",
        "Ёлка",
        "Ежевика",
        "Жем",
        "ақ",
        "Ақ",
        "Әбай",
    ]
    ordered = sorted(names, key=lambda name: (sort_key(name), name))
    assert ordered == [
        "Ақ",
        "ақ",
        "Әбай",
        "Ежевика",
        "Ёлка",
        "Жем",
        "Уил",
        "Ұлытау",
        "Үлкен",
        "Һ",
        "Ыза",
        "Іле",
        "Яблоня",
    ]


def test_digits_come_first_then_latin_then_kazakh() -> None:
    ordered = ["2-бөлімше", "abay", "Абай", "«Арай»"]
    assert sorted(ordered, key=sort_key) == ordered


def test_a_search_takes_no_endless_text() -> None:
    assert words("  ") == []
    assert words("Орал қаласы") == ["орал", "каласи"]
    assert len(words("а " * 5_000)) == 8


@pytest.mark.django_db
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=30))
def test_python_and_sql_agree(texts: list[str]) -> None:
    assert all_in_sql(Fold, texts) == [fold(text) for text in texts]
    assert all_in_sql(SortKey, texts) == [sort_key(text) for text in texts]


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=2, max_size=30))
def test_python_and_sql_order_alike(texts: list[str]) -> None:
    found = column('SELECT t FROM unnest(%s::text[]) t ORDER BY @, t COLLATE "C"', SortKey, texts)
    assert found == sorted(texts, key=lambda text: (sort_key(text), text))


@pytest.mark.django_db
def test_the_expressions_work_in_a_query() -> None:
    assert in_sql(Fold, "Усть-Каменогорск'") == "усть каменогорск"
    assert in_sql(SortKey, "Әбай") == sort_key("Әбай")


@pytest.mark.django_db
def test_the_whole_alphabet_folds_alike() -> None:
    text = LETTERS + "\u00ad\u200b\u0306\u0308\u2010’“”"
    assert all_in_sql(Fold, [text]) == [fold(text)]
    assert all_in_sql(SortKey, [text]) == [sort_key(text)]
