"""How many SQL statements a request took, told in a header to the client that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponseBase

ASK, TELL = "X-Count-Statements", "X-Statements"


class StatementCounter:
    """Counts only when asked, so that the measured requests do not carry the counter."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if ASK not in request.headers:
            return self.get_response(request)
        count = 0

        def tally(execute: Callable[..., Any], *arguments: Any) -> Any:
            nonlocal count
            count += 1
            return execute(*arguments)

        connection.ensure_connection()  # a new connection's own settings are not the page's statements
        with connection.execute_wrapper(tally):
            response = self.get_response(request)
        response.headers[TELL] = str(count)
        return response
