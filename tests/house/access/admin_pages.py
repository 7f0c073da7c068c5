"""Pages of Django's admin: one rule for all of them, asked of each."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.urls import NoReverseMatch, reverse

from accounts.permissions import Role
from tests.house.access import digest
from tests.house.access.cells import Report
from tests.house.access.people import People, State, conditions
from tests.house.access.rows import Row


def ask(row: Row, people: People) -> Report:
    """Everybody but an administrator is refused and changes nothing; an administrator gets a page."""
    report = Report()
    url = address(row.route)
    start = digest.writes()
    for role in sorted(row.deny):
        _expect(report, row, role, _send(people, row.method, url, role), 403)
    for state in State:
        with conditions(state):
            answer = _send(people, row.method, url, Role.ADMIN, state)
        _expect(report, row, state, answer, 403 if state is State.ENDED else 302)
    if row.method == "POST":
        for method in ("PUT", "PATCH", "DELETE"):
            answer = _send(people, method, url, Role.MINISTRY_OFFICER)
            _expect(report, row, f"ministry_officer by {method}", answer, 403)
    report.note(digest.writes() == start, f"{row}: refused requests wrote rows")
    with transaction.atomic():
        status = _send(people, row.method, url, Role.ADMIN).status_code
        transaction.set_rollback(True)
    report.note(status in _answers(row), f"{row} as admin: {status}")
    return report


def address(name: str) -> str:
    """The address of an admin page, of an object that exists if it needs one."""
    model = _model(name)
    key = getattr(model._default_manager.first(), "pk", "nothing") if model else "nothing"
    for kwargs in ({}, {"object_id": key}, {"pk": key}, {"app_label": "accounts"}, _LINK):
        try:
            return reverse(name, kwargs=kwargs)
        except NoReverseMatch:
            continue
    raise AssertionError(f"{name}: which parameters does it take?")


_LINK: dict[str, Any] = {"content_type_id": 1, "object_id": 1}


def _model(name: str) -> type[Model] | None:
    known = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    plain = name.removeprefix("admin:")
    return next((model for key, model in known.items() if plain.startswith(f"{key}_")), None)


def _answers(row: Row) -> set[int]:
    """What an administrator may get: lists and existing objects open; the rest must only not break."""
    opens = row.method == "GET" and row.route.endswith(("_changelist", ":index"))
    return {200} if opens else {200, 302, 400, 403, 404, 405, 422}


def _send(people: People, method: str, url: str, role: Role, state: State | None = None) -> HttpResponse:
    return getattr(people.browser(role, state), method.lower())(url)


def _expect(report: Report, row: Row, who: str, answer: HttpResponse, status: int) -> None:
    report.note(answer.status_code == status, f"{row} as {who}: {answer.status_code}, not {status}")
