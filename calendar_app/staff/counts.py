"""The counts above a board: how many rows are of each kind, each of them a link to the board of just those."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe


class Count(NamedTuple):
    """How many rows are of a kind, and the address of the board that shows just them."""

    kind: str
    label: str | Promise
    number: int
    url: str
    is_chosen: bool


_CURRENT = ' aria-current="true"'


def drawn(counts: Iterable[Count]) -> SafeString:
    """The entries of the list of counts as HTML."""
    return mark_safe("\n".join(map(_drawn, counts)))  # noqa: S308 - every entry is escaped


def _drawn(count: Count) -> str:
    return (
        f'<div class="position-relative"><dt><a class="stretched-link" href="{escape(count.url)}"'
        f"{_CURRENT if count.is_chosen else ''}>{escape(str(count.label))}</a></dt>"
        f'<dd data-count="{escape(count.kind)}">{count.number}</dd></div>'
    )
