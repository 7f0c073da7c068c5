"""What every page knows. Nothing here asks the database or opens the session: public pages stay cacheable."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

from base.dates import LANGUAGES, current_language

# Each language is called by its own name, whatever the language of the page.
OWN_NAMES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}


class LanguageLink(NamedTuple):
    """The same page in another language; `url` is a path with its query, `absolute` the public address."""

    code: str
    name: str
    url: str
    absolute: str
    current: bool


def portal(request: HttpRequest) -> dict[str, object]:
    """demo: whether people and events are invented; languages: links to this page in each language."""
    return {
        "demo": settings.DEMO,
        "language": current_language(),
        "languages": language_links(request),
        "public_url": settings.PUBLIC_URL,
    }


def language_links(request: HttpRequest) -> list[LanguageLink]:
    """This page in kk, ru and en with its query kept; empty for an address without a language."""
    path = request.get_full_path()
    first, slash, rest = path.removeprefix("/").partition("/")
    if first not in LANGUAGES or not slash:
        return []
    return [
        LanguageLink(
            code, OWN_NAMES[code], f"/{code}/{rest}", f"{settings.PUBLIC_URL}/{code}/{rest}", code == first
        )
        for code in LANGUAGES
    ]
