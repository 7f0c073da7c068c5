"""What acts refuse becomes a page that says what to do next."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from base import error_pages
from base.errors import NotPermitted, Refused, Stale


class ProcedureErrors:
    """Answers for acts whose screen did not: NotPermitted 403, Stale 409, Refused 422.

    Screens with a form catch Stale and Refused themselves and keep what was typed; this is for the rest.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for an exception of an act; None leaves any other exception alone."""
        if isinstance(exception, NotPermitted):
            return error_pages.page(request, 403)
        if isinstance(exception, Stale):
            return error_pages.page(request, 409)
        if isinstance(exception, Refused):
            return error_pages.page(request, 422, {"problems": exception.problems})
        return None
