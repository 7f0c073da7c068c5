"""What must be done before anything else after signing in, and the few pages that are open before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpResponseBase

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

SECOND_FACTOR = "second factor"
PASSWORD = "password"  # noqa: S105 - the name of a gate


def open_before(*gates: str) -> Callable[[View], View]:
    """Let the page be seen although the named things are still to be done."""

    def decorate(view: View) -> View:
        view.open_before = frozenset(gates)  # type: ignore[attr-defined]
        return view

    return decorate


def opens_before(view: Callable[..., HttpResponseBase], gate: str) -> bool:
    return gate in getattr(view, "open_before", ())
