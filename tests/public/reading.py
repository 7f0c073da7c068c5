"""What an anonymous reader gets from every public address, in every language and format."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

LANGUAGES = ("kk", "ru", "en")
FEEDS = ("calendar.ics", "calendar.json", "calendar.csv", "calendar.atom")
PAGES = ("", "calendar/", "calendar/?view=month", "calendar/fields/", "results/", "certificates/")
# Every name below "public:" is read by one of the addresses; a new one fails here until it is.
READ = {
    "home", "calendar", "calendar_fields", "calendar_ics", "calendar_json", "calendar_csv", "calendar_atom",
    "meeting", "meeting_ics", "results", "certificates",
}  # fmt: skip


def names() -> set[str]:
    """The names of all public addresses."""
    _prefix, resolver = get_resolver("meetings_portal.urls").namespace_dict["public"]
    return {name for name in resolver.reverse_dict if isinstance(name, str)}


def addresses(number: str, *queries: str, languages: Sequence[str] = LANGUAGES) -> Iterator[str]:
    """Every public address in each language, those of the meeting included; `queries` go to calendar and feeds."""
    for language in languages:
        for path in (*PAGES, *FEEDS, f"meetings/{number}/", f"meetings/{number}.ics"):
            yield f"/{language}/{path}"
        for query in queries:
            for path in ("calendar/", *FEEDS):
                yield f"/{language}/{path}?{query}"


def read(path: str, **headers: str) -> HttpResponse:
    """The answer to somebody nobody knows."""
    return Client(headers=headers).get(path)


def words(answer: HttpResponse) -> str:
    """The text of an answer as people and programs come to see it: unfolded, unescaped."""
    text = answer.content.decode().replace("\r\n ", "")
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    return html.unescape(text)
