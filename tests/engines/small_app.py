"""The smallest application for a web server under test."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answers everything with one word."""
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]
