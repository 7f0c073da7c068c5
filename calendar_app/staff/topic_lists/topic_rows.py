"""The rows of the overview's table of topics, put together without the template engine.

Sixty rows of a template took half of the time of the page; format_html escapes the same values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


class Row(NamedTuple):
    """One topic as the table shows it: all words are ready."""

    key: str
    number: str
    above: str
    below: str
    title: str
    sector: str
    district: str
    ministry: str
    missing: str
    remark: str | Promise
    changed: str
    changed_by: str


ROW = """<tr id="topic-{key}">
<td data-label="№">{number}</td>
<th scope="row"><a href="{editor}topics/{key}/">{title}</a>{remark}</th>
<td data-label="{t_ministry}">{ministry}</td>
<td data-label="{t_sector}">{sector}</td>
<td data-label="{t_district}">{district}</td>
<td data-label="{t_missing}">{missing}</td>
<td data-label="{t_changed}">{changed}</td>
<td data-label="{t_order}">{up}{down}<a class="btn btn-sm btn-link" href="{editor}topics/{key}/remove/">\
{t_remove}<span class="visually-hidden"> {number}</span></a></td>
</tr>
"""
MOVE = """<button type="submit" class="btn btn-sm btn-outline-secondary" \
formaction="{editor}topics/{key}/move/" name="to" value="{to}" aria-label="{word}: {number}">{arrow}</button> """


def drawn(rows: Sequence[Row], editor: str) -> SafeString:
    """All rows as HTML; `editor` is the address of the overview."""
    return format_html_join("", ROW, _values(rows, editor))


def _values(rows: Sequence[Row], editor: str) -> Iterator[dict[str, object]]:
    words: dict[str, object] = {
        "t_ministry": _("Ministry"),
        "t_sector": _("Sector"),
        "t_district": _("District"),
        "t_missing": pgettext("languages", "Missing"),
        "t_changed": _("Last change"),
        "t_order": pgettext("places", "Order"),
        "t_remove": _("Remove"),
        "editor": editor,
    }
    no_title, region, comment = pgettext("topic", "No title"), _("The whole region"), _("Comment")
    up, down = _("Move up"), _("Move down")
    for place, row in enumerate(rows):
        yield words | {
            "key": row.key,
            "number": row.number,
            "title": row.title or no_title,
            "remark": format_html("<br><small>{}: {}</small>", comment, row.remark) if row.remark else "",
            "ministry": row.ministry or "—",
            "sector": row.sector or "—",
            "district": row.district or region,
            "missing": row.missing or "—",
            "changed": format_html("{}<br><small>{}</small>", row.changed, row.changed_by)
            if row.changed
            else "—",
            "up": _move(row, editor, row.above, up, "↑") if place else "",
            "down": _move(row, editor, row.below, down, "↓") if place + 1 < len(rows) else "",
        }


def _move(row: Row, editor: str, to: str, word: str, arrow: str) -> SafeString:
    return format_html(MOVE, editor=editor, key=row.key, to=to, word=word, number=row.number, arrow=arrow)
