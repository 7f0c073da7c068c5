"""Whole addresses of public pages, for files that are read elsewhere."""

from __future__ import annotations

from django.conf import settings


def address(number: str, language: str) -> str:
    """The page of a meeting. Written out: thousands of them stand in one file."""
    return f"{site()}/{language}/meetings/{number}/"


def calendar_address(language: str, query: str = "") -> str:
    """The calendar, with a query if there is one."""
    return f"{site()}/{language}/calendar/" + (f"?{query}" if query else "")


def site() -> str:
    return str(settings.PUBLIC_URL).rstrip("/")
