"""Reads whose SQL is written once: they give what the queryset gives, anew every time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F, QuerySet
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, User
from accounts.permissions import Role
from base import written_once
from regions.models import Body

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
    Body.objects.filter(pk="akimat.19").update(name_ru="Demo akimat")
    with django_assert_num_queries(1):
        assert "Demo akimat" in {one.name_ru for one in read("akimat")}
    assert not built


def test_keys_and_instants_go_into_a_text_written_for_any(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = User.objects.create_user("reader", full_name="Test reader")
    first = Membership.objects.create(
        user=user, body_id="akimat.19", role=Role.ASSISTANT, valid_from=date(2026, 1, 1)
    )
    built: list[int] = []

    def of(key: int, since: datetime) -> QuerySet[Membership]:
        built.append(key)
        return Membership.objects.filter(pk=key, user__last_login__gt=since).select_related("body", "user")

    read = written_once.rows(of)
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    User.objects.update(last_login=moment)
    for key, since, found in (
        (first.pk, moment - timedelta(seconds=1), [first]),
        (first.pk, moment, []),
        (first.pk + 1, moment - timedelta(days=1), []),
        (10**30, moment - timedelta(days=1), []),
    ):
        assert read(key, since) == found
    assert len(built) == 2, "once for any key, and once for one that no column can hold"
    with django_assert_num_queries(1):
        (one,) = read(first.pk, moment - timedelta(days=1))
        assert (one.body.pk, one.user) == ("akimat.19", user)


def test_attached_rows_are_given_without_a_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    user = User.objects.create_user("reader", full_name="Test reader")
    made = Membership(user=user, body_id="akimat.19", role=Role.ASSISTANT, valid_from=date(2026, 1, 1))
    written_once.attach(user, "memberships", [made])
    with django_assert_num_queries(0):
        assert list(user.memberships.all()) == [made]


def test_tuples_are_those_of_the_queryset() -> None:
    def named(codes: Iterable[str]) -> QuerySet[Body, tuple[str, str]]:
        return Body.objects.filter(pk__in=codes).order_by("pk").values_list("pk", "name_kk")

    read = written_once.tuples(named)
    for codes in (("akimat.19", "authority"), ("akimat.33",)):
        assert read(codes) == list(named(codes))
    assert read(()) == []
