"""Reads whose SQL is written once: they give what the queryset gives, anew every time."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.db.models import F, QuerySet
from pytest_django import DjangoAssertNumQueries

from base import written_once
from regions.models import Body

NAMES = ("name_kk", "name_ru", "full_name_kk", "full_name_ru")

pytestmark = pytest.mark.django_db


def test_rows_are_those_of_the_queryset_and_read_anew(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    built: list[str] = []

    def of_kind(kind: str) -> QuerySet[Body]:
        built.append(kind)
        found = Body.objects.filter(kind=kind).order_by("-name_kk").annotate(same=F("name_ru"))
        return found.defer("official_email")

    read = written_once.rows(of_kind)
    for kind in ("akimat", "ministry", "akimat"):
        assert read(kind) == list(of_kind(kind))
        assert [one.same for one in read(kind)] == [one.name_ru for one in of_kind(kind)]  # type: ignore[attr-defined]
    assert "official_email" in read("akimat")[0].get_deferred_fields()

    built.clear()
    before = len(read("akimat"))
    Body.objects.create(
        code="akimat.99", kind="akimat", region_id="190000000", **dict.fromkeys(NAMES, "Demo akimat")
    )
    with django_assert_num_queries(1):
        assert len(read("akimat")) == before + 1
    assert not built


def test_tuples_are_those_of_the_queryset() -> None:
    def named(codes: Iterable[str]) -> QuerySet[Body, tuple[str, str]]:
        return Body.objects.filter(pk__in=codes).order_by("pk").values_list("pk", "name_kk")

    read = written_once.tuples(named)
    for codes in (("akimat.19", "authority"), ("akimat.33",)):
        assert read(codes) == list(named(codes))
    assert read(()) == []
