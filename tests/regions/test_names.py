"""Names in Kazakh order, and found however they are spelled."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.utils import translation

from regions.models import Body, FormerName, Territory

pytestmark = pytest.mark.django_db


def test_regions_in_kazakh_order() -> None:
    names = Territory.objects.regions().in_alphabetical_order("kk").values_list("short_kk", flat=True)
    assert list(names) == [
        "Абай", "Ақмола", "Ақтөбе", "Алматы", "Алматы", "Астана", "Атырау", "Батыс Қазақстан", "Жамбыл",
        "Жетісу", "Қарағанды", "Қостанай", "Қызылорда", "Маңғыстау", "Павлодар", "Солтүстік Қазақстан",
        "Түркістан", "Ұлытау", "Шығыс Қазақстан", "Шымкент",
    ]  # fmt: skip


def test_regions_in_russian_stand_by_their_own_name() -> None:
    names = list(Territory.objects.regions().in_alphabetical_order("ru").values_list("name_ru", flat=True))
    assert names[:5] == [
        "область Абай", "Акмолинская область", "Актюбинская область", "Алматинская область", "город Алматы",
    ]  # fmt: skip
    assert names[-2:] == ["область Ұлытау", "город Шымкент"]


def test_akimats_stand_by_their_region_and_ministries_by_their_name() -> None:
    kk = Body.objects.akimats().in_alphabetical_order("kk").values_list("pk", flat=True)
    assert list(kk)[:3] == ["akimat.10", "akimat.11", "akimat.15"]
    ministries = Body.objects.ministries().in_alphabetical_order("kk").values_list("name_kk", flat=True)
    assert list(ministries)[:2] == ["Ауыл шаруашылығы министрлігі", "Әділет министрлігі"]
    english = Body.objects.akimats().in_alphabetical_order("en").values_list("name_en", flat=True)
    assert list(english)[:3] == [
        "Akimat of Abai Region",
        "Akimat of Akmola Region",
        "Akimat of Aktobe Region",
    ]


def test_regions_in_english_stand_by_their_english_name() -> None:
    names = Territory.objects.regions().in_alphabetical_order("en").values_list("name_en", flat=True)
    assert list(names) == sorted(names, key=str.lower)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Орал", "271010000"),
        ("уральск", "271010000"),
        ("Жетысу", "330000000"),
        ("Жетісу", "330000000"),
        ("ЖЕТIСУ", "330000000"),
        ("Улытау", "620000000"),
        ("Өскемен", "631010000"),
        ("Оскемен", "631010000"),
        ("усть каменогорск", "631010000"),
        ("Усть-Каменогорск", "631010000"),
        ("Нур-Султан", "710000000"),
        ("Нұр-Сұлтан", "710000000"),
        ("Целиноград", "710000000"),
        ("Алма-Ата", "750000000"),
        ("Семипалатинск", "101010000"),
        ("Almaty Region", "190000000"),
        ("271010000", "271010000"),
        ("қала орал", "271010000"),
        ("Байконыр", "431910000"),
    ],
)
def test_a_place_is_found_by_any_of_its_names(typed: str, code: str) -> None:
    assert code in Territory.objects.matching(typed).values_list("pk", flat=True)


def test_what_fits_no_name_finds_nothing() -> None:
    assert not Territory.objects.matching("Атлантида").exists()
    assert not Territory.objects.matching("100%").exists()
    assert Territory.objects.matching("   ").count() == Territory.objects.count()


def test_bodies_are_found_by_abbreviation_and_in_every_language() -> None:
    for typed in ("МВК", "ВАК", "межведомственная", "Ведомствоаралық", "interdepartmental"):
        assert Body.objects.matching(typed).get().pk == "commission"


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (Territory.objects.filter(search__contains="уральск"), "territory_search"),
        (Territory.objects.in_alphabetical_order("kk")[:50], "territory_in_kk_order"),
        (Territory.objects.in_alphabetical_order("ru")[:50], "territory_in_ru_order"),
    ],
)
def test_search_and_order_use_their_indexes(query: object, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert index in query.explain()  # type: ignore[attr-defined]


def test_the_name_of_a_day() -> None:
    astana = Territory.objects.get(pk="710000000")
    assert astana.name_on(date(2019, 3, 22)) == "Астана қаласы"
    assert astana.name_on(date(2019, 3, 23)) == "Нұр-Сұлтан қаласы"
    assert astana.name_on(date(2022, 9, 16), "ru") == "город Нур-Султан"
    assert astana.name_on(date(2022, 9, 17), "en") == "Astana"
    body = Body.objects.get(pk="authority")
    FormerName.objects.create(body=body, name_kk="Ескі", name_ru="Старый", valid_to=date(2025, 5, 1))
    assert body.name_on(date(2020, 1, 1), "en") == "Ескі"
    assert body.name_on(date(2025, 5, 2), "ru") == body.name_ru


def test_a_row_shows_its_name_in_the_language_of_the_page() -> None:
    row = Territory.objects.get(pk="271010000")
    village = Territory.objects.get(pk="103230100")
    for language, name in (("kk", "Орал қаласы"), ("ru", "город Уральск"), ("en", "Oral")):
        with translation.override(language):
            assert str(row) == name
    with translation.override("en"):
        assert str(village) == "Қараауыл ауылы"
    assert Body.objects.get(pk="commission").name


def test_rows_of_a_day() -> None:
    Body.objects.filter(pk="ministry.trade").update(valid_from=date(2024, 1, 1), valid_to=date(2026, 6, 30))
    for day, found in ((date(2023, 12, 31), 20), (date(2024, 1, 1), 21), (date(2026, 6, 30), 21)):
        assert Body.objects.ministries().on(day).count() == found
    closed = Body.objects.get(pk="ministry.trade")
    assert closed.exists_on(date(2026, 6, 30))
    assert not closed.exists_on(date(2026, 7, 1))
