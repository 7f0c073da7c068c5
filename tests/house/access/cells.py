"""Asks one route by one method as everybody, and says what was not as the row has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.permissions import Role
from tests.house.access import digest
from tests.house.access.people import People, State, conditions
from tests.house.access.rows import Row


@dataclass(frozen=True)
class Target:
    """An object as it is asked for: parts of the path, and a form that would change it.

    `others` are ids of it under the names that forms and addresses use, to be smuggled into the query and
    the body of a request for another object; `canary` is a word that only its readers may see; `kept()` is
    what must stay the same while others are changed.
    """

    path: dict[str, Any] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    others: dict[str, Any] = field(default_factory=dict)
    canary: str = ""
    kept: Callable[[], object] = lambda: None


@dataclass(frozen=True)
class Objects:
    """An object of the body of the people who ask, and one of another body."""

    own: Target = Target()
    foreign: Target | None = None


@dataclass
class Report:
    """Cells asked, and sentences about those that were wrong."""

    cells: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, is_right: bool, sentence: str) -> None:
        self.cells += 1
        if not is_right:
            self.wrong.append(sentence)


def ask(row: Row, people: People, objects: Objects) -> Report:
    """All cells of the row. Everything happens in the caller's transaction."""
    report = Report()
    before = digest.contents() if row.is_unsafe else {}
    for who, answer, expected, writes in _refused(row, people, objects):
        _judge(report, row, who, answer, expected, objects)
        report.note(not writes, f"{row} as {who} wrote {writes} rows")
    if row.is_unsafe:
        tables = digest.changed(before, digest.contents())
        report.note(not tables, f"{row}: refused requests changed {tables}")
    for who, answer, expected, is_kept in _allowed(row, people, objects):
        _judge(report, row, who, answer, expected, objects)
        report.note(is_kept, f"{row} as {who} changed the foreign object")
    return report


def send(
    browser: Client, row: Row, target: Target, more: dict[str, Any] | None = None, method: str = ""
) -> HttpResponse:
    """The request of the row for the object, with further ids in query and body."""
    more = more or {}
    url = reverse(row.route, kwargs=target.path)
    if more:
        url += "?" + "&".join(f"{name}={value}" for name, value in more.items())
    data = {**target.form, **{name: value for name, value in more.items() if name not in target.form}}
    sender = getattr(browser, (method or row.method).lower())
    return sender(url, data) if row.method == "POST" and not method else sender(url)


def _refused(row: Row, people: People, objects: Objects) -> Iterator[tuple[str, HttpResponse, int, int]]:
    """(who, answer, expected status, rows written) of every request that must change nothing."""
    targets = [("own", objects.own)] + ([("foreign", objects.foreign)] if objects.foreign else [])
    for kind, target in targets:
        for role in sorted(row.allow | row.deny):
            expected = row.expected(role, foreign=kind == "foreign")
            if role in row.deny or (expected == 404 and not row.public):
                before = digest.writes()
                answer = send(people.browser(role), row, target)
                yield f"{role} at {kind}", answer, expected, digest.writes() - before
    for state in State:
        if row.passes(state) is None:
            before = digest.writes()
            with conditions(state):
                answer = send(people.browser(_strongest(row), state), row, objects.own)
            yield state, answer, 403 if state is State.ENDED else 302, digest.writes() - before


def _allowed(row: Row, people: People, objects: Objects) -> Iterator[tuple[str, HttpResponse, int, bool]]:
    """(who, answer, expected status, foreign object kept) of every request that goes through."""
    for role in sorted(row.allow):
        yield f"{role} at own", _undone(people.browser(role), row, objects.own), row.code, True
        if objects.foreign is None:
            continue
        if role in row.everywhere:
            yield f"{role} at foreign", _undone(people.browser(role), row, objects.foreign), row.code, True
        answer, is_kept = _smuggled(people.browser(role), row, objects.own, objects.foreign)
        yield f"{role} at own with foreign ids", answer, row.code, is_kept
    for state in State:
        if (code := row.passes(state)) is not None:
            with conditions(state):
                answer = _undone(people.browser(_strongest(row), state), row, objects.own)
            yield state, answer, code, True
    if row.method == "GET":
        head = send(people.browser(_strongest(row)), row, objects.own, method="HEAD")
        yield "HEAD", head, row.code, True


def _undone(browser: Client, row: Row, target: Target) -> HttpResponse:
    """Send, then roll back."""
    with transaction.atomic():
        answer = send(browser, row, target)
        transaction.set_rollback(True)
    return answer


def _smuggled(browser: Client, row: Row, own: Target, foreign: Target) -> tuple[HttpResponse, bool]:
    """Send with ids of the foreign object in query and body; whether that one stayed as it was."""
    with transaction.atomic():
        before = foreign.kept()
        answer = send(browser, row, own, foreign.others)
        is_kept = before == foreign.kept()
        transaction.set_rollback(True)
    return answer, is_kept


def _judge(report: Report, row: Row, who: str, answer: HttpResponse, expected: int, objects: Objects) -> None:
    """Status, target of a redirect to sign-in, and the words of the objects."""
    report.note(answer.status_code == expected, f"{row} as {who}: {answer.status_code}, not {expected}")
    page = b"" if answer.streaming else answer.content
    own, foreign = objects.own.canary.encode(), (objects.foreign or Target()).canary.encode()
    if (
        who in (State.ANONYMOUS, State.DISABLED, State.EXPIRED)
        and not row.public
        and answer.status_code == 302
    ):
        report.note("/login/" in answer["Location"], f"{row} as {who} leads to {answer['Location']}")
    is_foreign, is_open = who.endswith("at foreign"), expected == 200 and who != "HEAD"
    if own:
        sees = is_open and row.shows and not is_foreign
        report.note((own in page) == sees, f"{row} as {who}: own words {'missing' if sees else 'shown'}")
    if foreign:
        sees = is_open and row.shows and is_foreign
        report.note(
            (foreign in page) == sees, f"{row} as {who}: foreign words {'missing' if sees else 'shown'}"
        )


def _strongest(row: Row) -> Role:
    """Somebody who would be allowed, were it not for their state."""
    return min(row.allow) if row.allow else min(row.deny)
