"""Declarations of views that are open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

PUBLIC = "public"
# Long enough to carry a rush of readers, short enough that nobody misses a change.
MAX_AGE = 60


def public_page(view: View) -> View:
    """A page for everybody, read only: the same for all, so it may be cached and sees no cookie.

    Its templates see `request.public_page` and leave out what would open the session.
    """

    @wraps(view)
    def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _forget_cookies(request)
        request.public_page = True  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=MAX_AGE)
        return response

    guarded = login_not_required(require_safe(open_to_all))
    guarded.access = PUBLIC  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def _forget_cookies(request: HttpRequest) -> None:
    """Django answers a malformed session or token cookie by a new one, which a shared cache would hand on."""
    request.COOKIES = {}
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
