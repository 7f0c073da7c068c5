"""Declarations of views that are open to everybody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
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
        return _unless_known(request, response)

    guarded = login_not_required(require_safe(open_to_all))
    guarded.access = PUBLIC  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def _unless_known(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer with a strong ETag over its bytes, or 304 to whoever has them already.

    If-Modified-Since alone gets the whole answer: a new head changes a page between two publications.
    """
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    known = get_conditional_response(request, etag=etag, response=response)
    return response if known is None else known


def _forget_cookies(request: HttpRequest) -> None:
    """Django answers a malformed session or token cookie by a new one, which a shared cache would hand on."""
    request.COOKIES = {}
    request.META.pop("CSRF_COOKIE_NEEDS_UPDATE", None)
