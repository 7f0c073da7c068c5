"""Asks every cell of the access matrix, and shows by controls that it can fail."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path, reverse
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from accounts.permissions import Permission, Role
from calendar_app.models import TopicList
from tests.house import access_matrix
from tests.house.access import digest
from tests.house.access.cells import send
from tests.house.access.house import House, open_house
from tests.house.access.people import State
from tests.house.access.routes import Route, problems, walk
from tests.house.access.rows import Row, unlisted
from tests.house.factories import MAKERS

ROUTES = list(walk(get_resolver().url_patterns))
ROWS = access_matrix.rows(ROUTES)
PORTAL_ROWS = [row for row in ROWS if row in access_matrix.FIXED]
ADMIN_ROWS = [row for row in ROWS if row not in access_matrix.FIXED]


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    with django_db_blocker.unblock(), open_house() as opened:
        yield opened


def test_every_address_has_its_rows() -> None:
    assert problems(ROUTES, ROWS) == []


def test_all_of_the_portal_was_walked() -> None:
    names = {route.name for route in ROUTES}
    assert {"healthz", "public:home", "accounts:login", "staff:topic_list_submit"} <= names
    assert {"admin:index", "admin:accounts_user_change", "admin:regions_body_changelist"} <= names


@pytest.mark.parametrize("row", PORTAL_ROWS, ids=str)
def test_everybody_gets_what_the_row_says(house: House, row: Row) -> None:
    assert house.ask(row).wrong == []


@pytest.mark.parametrize("row", ADMIN_ROWS, ids=str)
def test_only_administrators_enter_the_admin(house: House, row: Row) -> None:
    assert house.ask(row).wrong == []


@pytest.mark.parametrize("route", [one for one in ROUTES if not one.is_admin], ids=lambda route: route.name)
def test_other_methods_are_refused(house: House, route: Route) -> None:
    row = next(row for row in ROWS if row.route == route.name)
    with transaction.atomic():
        target = MAKERS[row.objects](house.people).own
        browser = house.people.browser(min(row.allow or row.deny))
        found = {m: send(browser, row, target, method=m).status_code for m in unlisted(ROWS, route.name)}
        transaction.set_rollback(True)
    assert set(found.values()) <= {405}, found
    house.cells += len(found)


# --- Controls: what the matrix must notice ------------------------------------------------------------


def test_control_a_new_address_is_noticed() -> None:
    @login_not_required
    def dummy(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    def undeclared(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    more = [*get_resolver().url_patterns, path("dummy/", dummy, name="dummy"), path("nameless/", undeclared)]
    routes = list(walk(more))
    assert problems(routes, access_matrix.rows(routes)) == [
        "nameless/ has no name",
        "dummy has no row",
        "?nameless/ does not declare who may see it",
    ]


def test_control_a_row_too_many_and_a_forgotten_role_are_noticed() -> None:
    gone = Row("staff:gone", "GET", access_matrix.EVERYBODY - access_matrix.ADMIN)
    assert problems(ROUTES, [*ROWS, gone, ROWS[0]]) == [
        "staff:gone has a row, but there is no such route",
        f"{ROWS[0].route} {ROWS[0].method} has two rows",
        "staff:gone GET: admin is missing",
    ]


def declared() -> list[Permission]:
    """Permissions that pages declare."""
    found = {getattr(route.view, "access", None) for route in ROUTES}
    return sorted(one for one in found if isinstance(one, Permission))


@pytest.mark.parametrize("permission", declared())
def test_control_a_page_that_stops_asking_is_noticed(
    house: House, permission: Permission, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one permission given to everybody, as if pages and acts did not ask for it, cells fail."""
    if permission == Permission.STAFF_HOME:
        # Everybody has it: what fails is the opposite, that somebody is refused.
        answer: Callable[[bool], bool] = lambda usual: False  # noqa: E731
    else:
        answer = lambda usual: True  # noqa: E731
    usual = User.may

    def may(self: User, asked: Permission, body: Any = None, *, on: Any) -> bool:
        allowed = usual(self, asked, body, on=on)
        return answer(allowed) if asked == permission else allowed

    monkeypatch.setattr(User, "may", may)
    names = {route.name for route in ROUTES if getattr(route.view, "access", None) == permission}
    assert any(house.ask(row).wrong for row in ROWS if row.route in names)


def test_control_a_page_that_shows_foreign_lists_is_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the page asked whether somebody reads lists at all, and not whose."""
    usual = User.may_at

    def may_at(self: User, asked: Permission, body_id: str | None, *, on: Any) -> bool:
        return usual(self, asked, None if asked == Permission.TOPIC_LIST_READ else body_id, on=on)

    monkeypatch.setattr(User, "may_at", may_at)
    wrong = [
        sentence
        for row in PORTAL_ROWS
        if row.route == "staff:topic_list"
        for sentence in house.ask(row).wrong
    ]
    assert any("foreign words shown" in sentence for sentence in wrong)


def test_control_a_refused_request_that_writes_is_noticed(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = User.may

    def may(self: User, asked: Permission, body: Any = None, *, on: Any) -> bool:
        TopicList.objects.update(changed_at=F("changed_at") + timedelta(seconds=1))
        return usual(self, asked, body, on=on)

    monkeypatch.setattr(User, "may", may)
    row = next(row for row in PORTAL_ROWS if str(row) == "staff:topic_list_submit POST")
    wrong = house.ask(row).wrong
    assert any("wrote" in sentence for sentence in wrong)
    assert any("refused requests changed ['calendar_app_topiclist']" in sentence for sentence in wrong)


def test_control_the_digest_sees_one_letter(house: House) -> None:
    with transaction.atomic():
        before = digest.contents()
        User.objects.filter(username="observer").update(full_name="Demo observeR")
        assert digest.changed(before, digest.contents()) == ["accounts_user"]
        transaction.set_rollback(True)


def test_an_expired_session_is_really_expired(house: House) -> None:
    assert house.people.browser(Role.OBSERVER).get(reverse("staff:home")).status_code == 200
    with transaction.atomic():
        answer = house.people.browser(Role.OBSERVER, State.EXPIRED).get(reverse("staff:home"))
        transaction.set_rollback(True)
    assert answer.status_code == 302


def test_the_size_of_the_matrix(house: House, record_property: Callable[[str, object], None]) -> None:
    figures = {"routes": len(ROUTES), "rows": len(ROWS), "roles": len(Role), "cells": house.cells}
    record_property("access_matrix", json.dumps(figures))
    print(f"access matrix: {figures}")
    assert len(ROWS) >= len(ROUTES)
