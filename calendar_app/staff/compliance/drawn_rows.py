"""Duties as rows of a table in HTML, drawn in Python: in a template they took a third of the page."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from calendar_app.staff.compliance.board_rows import BoardRow

LONG_OVERDUE = 2


class _Words:
    """The words of a page that repeat from row to row, as HTML."""

    def __init__(self) -> None:
        self.body, self.duty = escape(gettext("Body")), escape(gettext("Duty"))
        self.state, self.done = escape(gettext("State")), escape(gettext("Done"))
        self.when, self.aim = escape(gettext("By when")), escape(gettext("Day to aim at"))
        nobody = escape(gettext("Nobody to remind"))
        self.nobody = f'\n<br><span class="state state-overdue">{nobody}</span>'
        self.long_overdue = escape(gettext("Long overdue"))
        self.no_term = escape(gettext("Without a term"))


def drawn(rows: Iterable[BoardRow], *, with_body: bool) -> SafeString:
    """The rows; with_body: whether they are of many bodies, which then lead each row."""
    words = _Words()
    return mark_safe("\n".join(_row(one, words, with_body) for one in rows))  # noqa: S308 - every cell is escaped


def _row(row: BoardRow, words: _Words, with_body: bool) -> str:
    return (
        f"<tr>\n{_head(row, words) if with_body else _duty_head(row, words)}\n"
        f'<td data-label="{words.state}">{_state(row, words)}</td>\n'
        f'<td data-label="{words.when}">{_when(row, words)}</td>\n'
        f'<td data-label="{words.done}" class="text-nowrap">{_done(row)}</td>\n</tr>'
    )


def _head(row: BoardRow, words: _Words) -> str:
    """The body, and in a cell of its own the duty."""
    nobody = "" if row.has_officer else words.nobody
    about = f"<br><small>{escape(row.about)}</small>" if row.about else ""
    body = f'<a href="{escape(row.body_url)}">{escape(row.body)}</a>'
    return (
        f'<th scope="row" data-label="{words.body}">{body}{nobody}</th>\n'
        f'<td data-label="{words.duty}">{escape(row.duty)}{about}</td>'
    )


def _duty_head(row: BoardRow, words: _Words) -> str:
    about = f'<br><small class="fw-normal">{escape(row.about)}</small>' if row.about else ""
    return f'<th scope="row" data-label="{words.duty}">{escape(row.duty)}{about}</th>'


def _state(row: BoardRow, words: _Words) -> str:
    label = words.long_overdue if row.level == LONG_OVERDUE else escape(row.status)
    late = f"\n<br><small>{escape(row.late)}</small>" if row.late else ""
    return f'<span class="state state-{escape(row.badge)}">{label}</span>{late}'


def _when(row: BoardRow, words: _Words) -> str:
    if not row.last_day:
        return f'<a href="{escape(row.url)}">{words.no_term}</a>'
    aim = f"<br><small>{words.aim}: {escape(row.aim_day)}</small>" if row.aim_day else ""
    left = f"<br><small>{escape(row.left)}</small>" if row.left else ""
    return f'<a href="{escape(row.url)}">{escape(row.last_day)}</a>{aim}{left}'


def _done(row: BoardRow) -> str:
    shown = escape(row.done) or "—"
    if not row.proof:
        return shown
    proof = escape(row.proof)
    return (
        f'{shown}<br><a href="{escape(row.proof_url)}">{proof}</a>'
        if row.proof_url
        else f"{shown}<br>{proof}"
    )
