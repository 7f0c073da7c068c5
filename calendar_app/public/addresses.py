"""Addresses of public pages, for lists of many and for files that are read elsewhere."""

from __future__ import annotations

from django.conf import settings


def path(number: str, language: str) -> str:
    """The page of a meeting. Written out, not looked up: thousands of them stand in one file."""
    return f"/{language}/meetings/{number}/"


def address(number: str, language: str) -> str:
    """The same, whole."""
    return site() + path(number, language)


def calendar_address(language: str, query: str = "") -> str:
    """The calendar, with a query if there is one."""
    return f"{site()}/{language}/calendar/" + (f"?{query}" if query else "")


def site() -> str:
    return str(settings.PUBLIC_URL).rstrip("/")
