"""The rows of a table of proposed meetings, put together without the template engine.

Twenty rows of a template took an eighth of the time of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True)
class ShownTime:
    """A time in words; `fit` what it means for people who work, `suits` whether more of them can come."""

    words: str
    fit: str
    suits: bool


@dataclass(frozen=True)
class ShownMeeting:
    """A row of the table: all words are ready, only set side by side."""

    key: str
    number: str
    ministries: str
    topics: str
    place: str
    within: str
    venue: str
    mode: str
    times: list[ShownTime]


class _Words:
    """The words of a page that repeat from row to row, as HTML; `editor` is the address of the overview."""

    def __init__(self, editor: str) -> None:
        self.editor = escape(editor)
        self.ministries, self.topics = escape(_("Ministries")), escape(_("Topics"))
        self.place, self.times = escape(pgettext("meeting", "Place")), escape(_("Proposed times"))
        self.change, self.meeting = escape(_("Change")), escape(_("proposed meeting"))
        self.up, self.down = escape(_("Move up")), escape(_("Move down"))


def drawn(rows: Sequence[ShownMeeting], editor: str = "") -> SafeString:
    """All rows as HTML; with the address of the overview each leads to its page and can be moved."""
    words, last = _Words(editor), len(rows) - 1
    found = []
    for place, row in enumerate(rows):
        ways = _ways(row, words, is_first=not place, is_last=place == last) if editor else ""
        found.append(_row(row, words, ways))
    return mark_safe("".join(found))  # noqa: S308 - every cell is escaped


def _row(row: ShownMeeting, words: _Words, ways: str) -> str:
    return (
        f'<tr>\n<th scope="row">{row.number}{ways}</th>\n'
        f'<td data-label="{words.ministries}">{escape(row.ministries) or "—"}</td>\n'
        f'<td data-label="{words.topics}">{escape(row.topics) or "—"}</td>\n'
        f'<td data-label="{words.place}">{_where(row)}{escape(row.mode)}</td>\n'
        f'<td data-label="{words.times}">{_times(row)}</td>\n</tr>\n'
    )


def _where(row: ShownMeeting) -> str:
    within = f", {escape(row.within)}" if row.within else ""
    place = f"<strong>{escape(row.place)}</strong>{within}<br>" if row.place else ""
    return f"{place}{escape(row.venue)}<br>" if row.venue else place


def _times(row: ShownMeeting) -> str:
    return (
        "".join(
            f'<div class="mb-1">{escape(time.words)} '
            f'<span class="state{" state-accepted" if time.suits else ""}">{escape(time.fit)}</span></div>'
            for time in row.times
        )
        or "—"
    )


def _ways(row: ShownMeeting, words: _Words, *, is_first: bool, is_last: bool) -> str:
    """To the page of the meeting, and the buttons that move it."""
    address = f"{words.editor}meetings/{row.key}/"
    return (
        f' <a class="d-inline-block py-1" href="{address}">{words.change}'
        f'<span class="visually-hidden">: {words.meeting} {row.number}</span></a>'
        f"{'' if is_first else _move(address, row.number, 'up', words.up, '↑')}"
        f"{'' if is_last else _move(address, row.number, 'down', words.down, '↓')}"
    )


def _move(address: str, number: str, to: str, word: str, arrow: str) -> str:
    return (
        f' <button type="submit" class="btn btn-sm btn-outline-secondary" formaction="{address}move/" name="to" '
        f'value="{to}" aria-label="{word}: {number}">{arrow}</button>'
    )
