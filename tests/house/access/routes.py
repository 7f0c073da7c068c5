"""Every address the portal answers, found by walking the URL resolver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver

from tests.house.access.rows import Row

# Django's admin leaves two patterns without a name: the redirect of an old address, and its own 404.
NAMELESS_IN_ADMIN = {"<path:object_id>/", "(?P<url>.*)$"}


@dataclass(frozen=True)
class Route:
    """A named pattern with the view behind it."""

    name: str
    pattern: str
    view: Callable[..., Any]
    params: tuple[str, ...]

    @property
    def is_admin(self) -> bool:
        return self.name.startswith("admin:")

    @property
    def declares_access(self) -> bool:
        """Whether the view says who may see it; pages of the admin do so by belonging to it."""
        is_open = not getattr(self.view, "login_required", True)
        by_admin = hasattr(self.view, "admin_site") or hasattr(self.view, "model_admin")
        return is_open or by_admin or hasattr(self.view, "access")


def walk(
    patterns: Iterable[URLPattern | URLResolver], namespaces: tuple[str, ...] = (), prefix: str = ""
) -> Iterator[Route]:
    """All routes below the patterns; one without a name is called "?" and its pattern."""
    for entry in patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from walk(entry.url_patterns, inner, here)
        elif not (namespaces == ("admin",) and str(entry.pattern) in NAMELESS_IN_ADMIN):
            name = ":".join((*namespaces, entry.name or f"?{here}"))
            yield Route(name, here, entry.callback, tuple(entry.pattern.regex.groupindex))


def problems(routes: Iterable[Route], rows: Iterable[Row]) -> list[str]:
    """Where routes and rows do not fit: each one a sentence."""
    routes, rows = list(routes), list(rows)
    names, listed = {route.name for route in routes}, {row.route for row in rows}
    found = [f"{route.pattern} has no name" for route in routes if "?" in route.name]
    found += [
        f"{name} is the name of two patterns" for name, n in Counter(r.name for r in routes).items() if n > 1
    ]
    found += [f"{name} has no row" for name in sorted(names - listed) if "?" not in name]
    found += [f"{name} has a row, but there is no such route" for name in sorted(listed - names)]
    found += [
        f"{route.name} does not declare who may see it" for route in routes if not route.declares_access
    ]
    twice = Counter((row.route, row.method) for row in rows)
    found += [f"{route} {method} has two rows" for (route, method), n in twice.items() if n > 1]
    return found + [problem for row in rows for problem in row.problems()]
