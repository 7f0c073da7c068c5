"""The rows of the page of letters as HTML, drawn in Python: in a template they took a third of the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext


class Row(NamedTuple):
    """A letter of the list in words; `person` is empty where the reader may not know to whom it went."""

    url: str
    written: str
    kind: str
    body: str
    person: str
    badge: str
    state: str
    error: str


def drawn(rows: Iterable[Row]) -> SafeString:
    """The rows in the page's language."""
    words = gettext("Written"), gettext("Letter"), gettext("To"), gettext("State")
    labels = [escape(word) for word in words]
    return mark_safe("\n".join(_row(row, *labels) for row in rows))  # noqa: S308 - every cell is escaped


def _row(row: Row, written: str, letter: str, to: str, state: str) -> str:
    person = f'<br><span class="text-body-secondary">{escape(row.person)}</span>' if row.person else ""
    error = f'\n<br><small class="text-body-secondary">{escape(row.error)}</small>' if row.error else ""
    mark = f'<span class="state state-{escape(row.badge)}">{escape(row.state)}</span>'
    return (
        f'<tr>\n<td data-label="{written}">{escape(row.written)}</td>\n'
        f'<td data-label="{letter}"><a href="{escape(row.url)}">{escape(row.kind)}</a></td>\n'
        f'<td data-label="{to}">{escape(row.body)}{person}</td>\n'
        f'<td data-label="{state}">{mark}{error}</td>\n'
        "</tr>"
    )
