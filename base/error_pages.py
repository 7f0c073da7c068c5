"""Pages for what went wrong. Each says what happened and what to do next, and shows nothing of the inside."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)

# Needs no template, no translation and no database: for the day when nothing else works.
LAST_RESORT = """<!doctype html>
<html lang="kk"><head><meta charset="utf-8"><title>500</title></head><body>
<p lang="kk">Порталда қате болды. Бірнеше минуттан кейін бетті қайта ашып көріңіз.</p>
<p lang="ru">На портале произошла ошибка. Пожалуйста, откройте страницу ещё раз через несколько минут.</p>
<p lang="en">Something went wrong on the portal. Please open the page again in a few minutes.</p>
</body></html>
"""


def page(request: HttpRequest, status: int, context: Mapping[str, object] | None = None) -> HttpResponse:
    """The page of an HTTP status (400, 403, 404, 409, 422, 429) in the language of the request."""
    body = render_to_string(f"base/errors/{status}.html", {**(context or {}), "status": status}, request)
    response = HttpResponse(body, status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read; a form that is too large is named as such."""
    return page(request, 400, {"too_large": isinstance(exception, TOO_LARGE)})


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the person may not see or do this."""
    return page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not sent from a page of the portal, or cookies are off."""
    return page(request, 403, {"csrf": True})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it belongs to somebody else."""
    return page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without a request context, hence without session, user and database."""
    try:
        body: str = render_to_string("base/errors/500.html")
    except Exception:
        body = LAST_RESORT
    response = HttpResponse(body, status=500)
    response["Cache-Control"] = "no-store"
    return response
