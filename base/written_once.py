"""Reads whose SQL the ORM writes once, not anew for every page.

Writing the SQL of a query with conditions, joins and an order of its own takes the ORM longer than the database
takes to answer it. A query that depends on few values (a day, a language, some codes) is written once for them
and sent as it stands from then on; numbers and instants, such as keys and now, go into a text written for any.
What is read is read anew every time: only the text is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from datetime import UTC, datetime, timedelta
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

Row = TypeVar("Row", bound=Model)
P = ParamSpec("P")

MOST = 128  # texts kept for one read: days pass, and the oldest go
# What stands for the number or the instant at a place while the SQL is written: no key, and no time of ours.
FIRST_NUMBER, FIRST_INSTANT = -(2**31), datetime(1, 1, 2, tzinfo=UTC)


def rows(build: Callable[P, QuerySet[Row]]) -> Callable[P, list[Row]]:
    """Decorate a function that builds a queryset from hashable values, given by place: it gives the list of its rows.

    Everything is as in the queryset: deferred fields, annotations, related rows.
    """

    @lru_cache(MOST)
    def written(*values: Any) -> tuple[QuerySet[Row], SQLCompiler, str, Sequence[Any]]:
        queryset = build(*values)  # type: ignore[call-arg]
        compiler = queryset.query.get_compiler(queryset.db)
        return queryset, compiler, *compiler.as_sql()

    @wraps(build)
    def read(*values: Any) -> list[Row]:
        if _is_beyond(values):
            return list(build(*values))  # type: ignore[call-arg]
        try:
            queryset, compiler, sql, parameters = written(*_with_slots(values))
        except EmptyResultSet:  # "in" nothing
            return []
        return _read_again(queryset, compiler, sql, _filled(parameters, values))

    return cast("Callable[P, list[Row]]", read)


def tuples(build: Callable[P, QuerySet[Any, Any]]) -> Callable[P, list[tuple[Any, ...]]]:
    """The same for a function that builds a `values_list()` of plain columns: it gives the list of tuples."""

    @lru_cache(MOST)
    def written(*values: Any) -> tuple[str, Sequence[Any]]:
        found: tuple[str, Sequence[Any]] = build(*values).query.sql_with_params()  # type: ignore[call-arg]
        return found

    @wraps(build)
    def read(*values: Any) -> list[tuple[Any, ...]]:
        if _is_beyond(values):
            return list(build(*values))  # type: ignore[call-arg]
        try:
            sql, parameters = written(*_with_slots(values))
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, _filled(parameters, values))
            return cursor.fetchall()

    return cast("Callable[P, list[tuple[Any, ...]]]", read)


def attach(row: Model, name: str, related: Sequence[Model]) -> None:
    """Let `row.name.all()` give these related rows, as prefetch_related does."""
    found = getattr(row, name).all()
    found._result_cache, found._prefetch_done = list(related), True
    cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
    cache[name] = found


def _is_beyond(values: Sequence[Any]) -> bool:
    """Whether a number is none that a column can hold: the ORM knows that nothing equals it, PostgreSQL refuses it."""
    return any(type(one) is int and not 0 <= one < 2**31 for one in values)


def _with_slots(values: Sequence[Any]) -> list[Any]:
    """The values, numbers and instants by what stands for them: the text is the same for all of them."""
    return [_slot(one, place) for place, one in enumerate(values)]


def _slot(value: Any, place: int) -> Any:
    if type(value) is int:
        return FIRST_NUMBER + place
    return FIRST_INSTANT + timedelta(seconds=place) if isinstance(value, datetime) else value


def _filled(parameters: Sequence[Any], values: Sequence[Any]) -> list[Any]:
    """The parameters of the text with the numbers and instants of now in their places."""
    now = {_slot(one, place): one for place, one in enumerate(values) if _slot(one, place) is not one}
    return [now.get(one, one) if isinstance(one, int | datetime) else one for one in parameters]


def _read_again(
    queryset: QuerySet[Row], compiler: SQLCompiler, sql: str, parameters: Sequence[Any]
) -> list[Row]:
    """Let the queryset read by SQL that its compiler wrote before, over the connection of this thread."""
    ready = copy(compiler)
    ready.connection = connections[queryset.db]
    ready.as_sql = lambda *_, **__: (sql, tuple(parameters))  # type: ignore[method-assign]
    found = queryset.all()
    found.query.get_compiler = lambda *_, **__: ready  # type: ignore[method-assign]
    return list(found)
