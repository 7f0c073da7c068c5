"""Reads whose SQL the ORM writes once, not anew for every page.

Writing the SQL of a query with conditions, joins and an order of its own takes the ORM longer than the database
takes to answer it. A query that depends on few values (a day, a language, some codes) is written once for them
and sent as it stands from then on. What is read is read anew every time: only the text is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
P = ParamSpec("P")

MOST = 128  # texts kept for one read: days pass, and the oldest go


def rows(build: Callable[P, QuerySet[Row]]) -> Callable[P, list[Row]]:
    """Decorate a function that builds a queryset from hashable values, given by place: it gives the list of its rows.

    Deferred fields and annotations are as in the queryset; select_related and prefetch_related are not read.
    """

    @lru_cache(MOST)
    def written(*values: Any) -> tuple[type[Row], str, Sequence[Any]]:
        queryset = build(*values)  # type: ignore[call-arg]
        return queryset.model, *queryset.query.sql_with_params()

    @wraps(build)
    def read(*values: Any) -> list[Row]:
        try:
            model, sql, parameters = written(*values)
        except EmptyResultSet:  # "in" nothing
            return []
        return list(model._base_manager.raw(sql, parameters))

    return cast("Callable[P, list[Row]]", read)


def tuples(build: Callable[P, QuerySet[Any, Any]]) -> Callable[P, list[tuple[Any, ...]]]:
    """The same for a function that builds a `values_list()` of plain columns: it gives the list of tuples."""

    @lru_cache(MOST)
    def written(*values: Any) -> tuple[str, Sequence[Any]]:
        found: tuple[str, Sequence[Any]] = build(*values).query.sql_with_params()  # type: ignore[call-arg]
        return found

    @wraps(build)
    def read(*values: Any) -> list[tuple[Any, ...]]:
        try:
            sql, parameters = written(*values)
        except EmptyResultSet:
            return []
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    return cast("Callable[P, list[tuple[Any, ...]]]", read)
