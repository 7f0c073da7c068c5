"""A paper of blocks as DOCX: the same blocks that Typst draws, with styles, sections and real header rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from calendar_app.documents import docx_parts as parts
from calendar_app.documents.blocks import (
    Block,
    Counters,
    Heading,
    Paper,
    Section,
    Signatures,
    Stamp,
    Table,
    Text,
    Title,
)
from calendar_app.documents.docx import signature

if TYPE_CHECKING:
    from docx.document import Document

STYLES = {
    "body": "Body Text",
    "plain": "List Item",
    "note": "Table Text",
    "right": "Annex Mark",
    "items": "List Item",
}
SIDES = (20, 15)


def as_docx(paper: Paper) -> bytes:
    """The paper as DOCX; the same paper gives the same bytes."""
    document = parts.new_document(paper.frame)
    for number, section in enumerate(paper.sections):
        if number:
            parts.next_section(document, on_its_side=section.on_its_side)
        else:
            parts.lay_out(document, paper.frame, sides=SIDES, size=12, on_its_side=section.on_its_side)
        for block in section.blocks:
            _draw(document, block, section)
    return parts.packed(document, paper.frame.at)


def _draw(document: Document, block: Block, section: Section) -> None:
    width = (297 if section.on_its_side else 210) - sum(SIDES)
    DRAWERS[type(block)](document, block, width)


def _title(document: Document, block: Title, width: int) -> None:
    document.add_paragraph(block.text, style="Title")
    for line in block.below:
        document.add_paragraph(line, style="Subtitle")
    document.add_paragraph(style="Small")


def _heading(document: Document, block: Heading, width: int) -> None:
    document.add_paragraph(block.text, style="Heading 1")


def _text(document: Document, block: Text, width: int) -> None:
    for line in block.lines:
        document.add_paragraph(f"– {line}" if block.style == "items" else line, style=STYLES[block.style])


def _signatures(document: Document, block: Signatures, width: int) -> None:
    for one in block.signed:
        signature(document, one, (width - 120, 3, 42, 3, 72))


def _stamp(document: Document, block: Stamp, width: int) -> None:
    cells = parts.plain_table(document, (width - 82, 82), "stamp").rows[0].cells
    parts.write(cells[1], block.lines[:1], "Signatory")
    parts.write(cells[1], block.lines[1:], "Stamp Text", more=True)
    document.add_paragraph(style="Small")


def _counters(document: Document, block: Counters, width: int) -> None:
    table = parts.grid(document, [width // len(block.pairs)] * len(block.pairs), "counters")
    for cell, (name, number) in zip(table.rows[0].cells, block.pairs, strict=True):
        parts.write(cell, [number], "Subtitle")
        parts.write(cell, [name], "Signature Note", more=True)
    document.add_paragraph(style="Small")


def _table(document: Document, block: Table, width: int) -> None:
    table = parts.grid(document, block.widths, block.name)
    for cell, heading in zip(table.rows[0].cells, block.columns, strict=True):
        parts.write(cell, [heading], "Table Heading")
    parts.repeat_on_every_page(table.rows[0])
    for row in block.rows:
        added = table.add_row()
        for cell, lines in zip(added.cells, row, strict=True):
            parts.write(cell, lines, "Table Text")
        parts.keep_on_one_page(added)
    document.add_paragraph(style="Small")


DRAWERS: dict[type, Callable[..., None]] = {
    Title: _title,
    Heading: _heading,
    Text: _text,
    Stamp: _stamp,
    Counters: _counters,
    Table: _table,
    Signatures: _signatures,
}
