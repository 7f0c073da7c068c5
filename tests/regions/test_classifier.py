"""The whole classifier is in, with its traps."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db.models import Count, F, Q

from regions.models import Territory
from regions.reference import files
from regions.reference.names import Mending, bare, written_out

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("level", "rows"), [(1, 20), (2, 209), (3, 2_379), (4, 12_986)])
def test_every_row_is_there(level: int, rows: int) -> None:
    assert Territory.objects.filter(level=level).count() == rows


def test_kinds_are_those_that_the_model_names() -> None:
    found = set(Territory.objects.values_list("kind", flat=True).distinct())
    assert found == set(Territory.Kind.values)


def test_places_may_hang_directly_on_a_district() -> None:
    assert Territory.objects.filter(level=4, parent__level=2).count() == 78


def test_city_districts_may_hang_directly_on_a_region() -> None:
    rows = Territory.objects.filter(level=3, parent__level=1)
    assert rows.count() == 19
    assert set(rows.values_list("kind", flat=True)) == {"city_district"}


def test_every_row_knows_its_region() -> None:
    assert not Territory.objects.exclude(region__level=1).exists()
    below = Territory.objects.exclude(level=1).exclude(parent__region=F("region"))
    assert not below.exists()
    assert Territory.objects.within("190000000").filter(level=1).count() == 1


def test_where_meetings_can_be_held() -> None:
    kinds = Counter(Territory.objects.selectable().values_list("kind", flat=True))
    assert kinds == {
        "village": 9_549,
        "rail_station": 119,
        "urban_settlement": 88,
        "town": 87,
        "city_district": 23,
        "city_republican": 3,
    }


def test_each_region_has_a_place_to_meet() -> None:
    counted = Territory.objects.regions().annotate(
        places=Count("territories", filter=Q(territories__selectable=True))
    )
    assert counted.count() == 20
    assert not counted.filter(places=0).exists()


def test_karagandas_districts_are_offered_once() -> None:
    rows = Territory.objects.within("350000000").filter(kind="city_district")
    assert rows.count() == 4
    assert sorted(rows.selectable().values_list("name_kk", flat=True)) == [
        "Қазыбек би атындағы аудан",
        "Әлихан Бөкейхан ауданы",
    ]


@pytest.mark.parametrize(
    ("code", "kk", "ru", "en", "short"),
    [
        ("190000000", "Алматы облысы", "Алматинская область", "Almaty Region", "Алматы"),
        ("710000000", "Астана қаласы", "город Астана", "Astana", "Астана"),
        ("101000000", "Семей қаласы", "город Семей", "", "Семей"),
        ("271010000", "Орал қаласы", "город Уральск", "Oral", "Орал"),
        ("103230100", "Қараауыл ауылы", "село Карааул", "", "Қараауыл"),
        ("103233000", "Кеңгірбай би ауылдық округі", "Кенгирбайбийский сельский округ", "", "Кеңгірбай би"),
        ("475220100", "Форт-Шевченко қаласы", "город Форт-Шевченко", "", "Форт-Шевченко"),
    ],
)
def test_names_are_written_out(code: str, kk: str, ru: str, en: str, short: str) -> None:
    row = Territory.objects.get(pk=code)
    assert (row.name_kk, row.name_ru, row.name_en, row.short_kk) == (kk, ru, en, short)


def test_no_defect_of_the_published_names_is_left() -> None:
    for column in ("name_kk", "name_ru", "kato_name_kk", "kato_name_ru", "short_kk", "short_ru"):
        assert not Territory.objects.filter(**{f"{column}__regex": "[ўќЌїј\u00a0]|  |^ | $"}).exists()
        assert not Territory.objects.filter(**{column: ""}).exists()


def test_as_many_names_are_mended_as_were_published_wrong() -> None:
    mending = Mending.from_rows(files.rows("corrections.csv"))
    for row in files.rows("kato.csv"):
        mending.mend(row)
    assert mending.rows == {"wrong_letters": 12, "double_spaces": 92, "no_break_spaces": 127}


def test_a_correction_is_not_applied_to_a_name_that_was_mended_at_its_source() -> None:
    mending = Mending.from_rows(files.rows("corrections.csv"))
    row = {"code": "635843406", "name_kk": "Каркес а.", "name_ru": "с.Каркес"}
    assert mending.mend(row) == ("Каркес а.", "с.Каркес")


@pytest.mark.parametrize(
    ("kind", "published", "written", "ordered"),
    [
        ("village", ("Рахмет Тоғысбаев атын.а.", "с.им.Рахмет Тогысбаева"),
         ("Рахмет Тоғысбаев атындағы ауыл", "село имени Рахмет Тогысбаева"),
         ("Рахмет Тоғысбаев", "Рахмет Тогысбаева")),
        ("village", ("Топжиде 1а.", "с.Топжиде 1"), ("Топжиде 1 ауылы", "село Топжиде 1"),
         ("Топжиде 1", "Топжиде 1")),
        ("village", ("Қоянды а.", 'с."Қоянды"'), ("Қоянды ауылы", "село Қоянды"), ("Қоянды", "Қоянды")),
        ("rural_okrug", ("Бурыл а.о .", "Бурылский с.о."),
         ("Бурыл ауылдық округі", "Бурылский сельский округ"), ("Бурыл", "Бурылский сельский округ")),
        ("rail_station", ("Құдық бекеті", "ст.Кудук"), ("Құдық бекеті", "станция Кудук"),
         ("Құдық", "Кудук")),
        ("other_site", ("Лагер", "Лагерь"), ("Лагер", "Лагерь"), ("Лагер", "Лагерь")),
    ],
)  # fmt: skip
def test_abbreviations_by_kind(
    kind: str, published: tuple[str, str], written: tuple[str, str], ordered: tuple[str, str]
) -> None:
    assert written_out(kind, *published) == written
    assert bare(*written) == ordered
