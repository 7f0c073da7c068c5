"""The frame of the staff pages: who is signed in, what the menu may offer, and where in it the page stands.

One tag reads it all, so that the menu is drawn once for everybody with the same rights at the same place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from django import template
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from base import clock

register = template.Library()

HOME = "staff:home"  # this page alone; the other places hold whatever lies below them
PLACES = (
    HOME,
    "staff:board",
    "staff:halls",
    "staff:calendars",
    "staff:coordination",
    "staff:commission",
    "staff:compliance",
    "notices:letters",
    "notices:mine",
)


class Frame(NamedTuple):
    """Memberships that hold today, permissions at whatever body, and the places of the menu where the page stands."""

    memberships: list[Any]
    rights: frozenset[str]
    places: tuple[str, ...]


NOBODY = Frame([], frozenset(), ())


@register.simple_tag(takes_context=True)
def staff_frame(context: dict[str, Any]) -> Frame:
    """{% staff_frame as frame %}, for the signed-in person of the request."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return NOBODY
    today = clock.today()
    return Frame(user.held(today), user.permissions(today), places(request.path))


def places(path: str) -> tuple[str, ...]:
    """The places of the menu to which the page with this path belongs, by the names of their addresses."""
    return tuple(
        name
        for name, address in _addresses(get_language(), settings.ROOT_URLCONF)
        if (path == address if name == HOME else path.startswith(address))
    )


@lru_cache
def _addresses(language: str, urlconf: str) -> list[tuple[str, str]]:
    """Names and addresses of the places that there are."""
    found = []
    for name in PLACES:
        try:
            found.append((name, reverse(name)))
        except NoReverseMatch:
            continue
    return found
