"""Addresses that break on purpose, for the tests of error pages: mounted by `urlconf`, never by the portal."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.urls import path

from base.errors import NotPermitted, Refused, Stale
from meetings_portal.urls import handler400, handler403, handler404, handler500
from meetings_portal.urls import urlpatterns as portal
from procedure.problems import Problem

__all__ = ["handler400", "handler403", "handler404", "handler500"]


def raising(error: Exception) -> Any:
    @login_not_required
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


PROBLEMS = [Problem("no_topics"), Problem("missing_title", {"number": "<b>2</b>"})]

urlpatterns = [
    path("broken/400/", raising(BadRequest("inside"))),
    path("broken/fields/", raising(TooManyFieldsSent("inside"))),
    path("broken/403/", raising(NotPermitted("inside"))),
    path("broken/409/", raising(Stale("inside"))),
    path("broken/422/", raising(Refused(PROBLEMS))),
    path("broken/500/", raising(RuntimeError("inside"))),
    *portal,
]
