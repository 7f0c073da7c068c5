"""Papers as DOCX that an officer edits in a word processor: styles, real header rows, language tags."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from calendar_app.documents import docx_parts as parts
from calendar_app.documents.paper_shapes import Annex, Letter, Row, Signature

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

# Widths of the columns in millimetres: they fill an A4 page that lies on its side, inside its margins.
COLUMNS = (9, 88, 33, 31, 38, 25, 36)
MEETING_COLUMNS = (9, 88, 65, 28, 70)


def as_docx(paper: Letter | Annex) -> bytes:
    """The paper as DOCX; the same paper gives the same bytes."""
    document = parts.new_document(paper.frame)
    if isinstance(paper, Letter):
        _letter(document, paper)
    else:
        _annex(document, paper)
    return parts.packed(document, paper.frame.at)


def _letter(document: Document, paper: Letter) -> None:
    parts.lay_out(document, paper.frame, sides=(30, 15), size=14)
    head = parts.plain_table(document, (82, 81), "head")
    for cell, name, locale in zip(head.rows[0].cells, paper.letterhead, ("kk-KZ", "ru-RU"), strict=True):
        parts.speak(parts.write(cell, [name], "Letterhead"), locale)
    parts.keep_inside(head)
    parts.rule_below(head.rows[0].cells, points=1.5)
    document.add_paragraph(style="Small")
    requisites = parts.plain_table(document, (88, 75), "requisites").rows[0].cells
    parts.write(requisites[0], [paper.number, paper.date], "Requisite")
    parts.write(requisites[0], [paper.number_note], "Small", more=True)
    parts.write(requisites[1], paper.addressee, "Addressee")
    document.add_paragraph(style="Small")
    document.add_paragraph(paper.subject, style="Subject")
    for text in paper.paragraphs:
        document.add_paragraph(text, style="Body Text")
    document.add_paragraph(paper.annex, style="Body Text")
    signature(document, paper.signature, (68, 3, 36, 3, 54))
    document.add_paragraph(style="Small")
    document.add_paragraph(paper.executor, style="Executor")


def _annex(document: Document, paper: Annex) -> None:
    parts.lay_out(document, paper.frame, sides=(20, 15), size=12, on_its_side=True)
    document.add_paragraph(paper.annex, style="Annex Mark")
    document.add_paragraph(paper.title, style="Title")
    for line in (paper.period, paper.akimat):
        document.add_paragraph(line, style="Subtitle")
    document.add_paragraph(paper.analysis_heading, style="Heading 1")
    _paragraphs(document, paper.analysis)
    document.add_paragraph(paper.topics_heading, style="Heading 1")
    if paper.untranslated:
        document.add_paragraph(paper.untranslated, style="Remark")
    if paper.rows:
        _table(document, COLUMNS, paper.columns, paper.rows)
    _paragraphs(document, paper.reason)
    if paper.meetings:
        document.add_paragraph(paper.meetings.heading, style="Heading 1")
        if paper.meetings.rows:
            _table(document, MEETING_COLUMNS, paper.meetings.columns, paper.meetings.rows, "meetings")
        _paragraphs(document, paper.meetings.reason)
    signature(document, paper.signature, (142, 3, 42, 3, 72))


def _paragraphs(document: Document, lines: Iterable[str]) -> None:
    for line in lines:
        document.add_paragraph(line, style="Body Text")


def _table(
    document: Document,
    widths: Sequence[int],
    headings: Iterable[str],
    rows: Iterable[Row],
    name: str = "topics",
) -> None:
    """Topics or meetings. The heading row is marked as one, so that it comes again on every page."""
    table = parts.grid(document, widths, name)
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        parts.write(cell, [heading], "Table Heading")
    parts.repeat_on_every_page(table.rows[0])
    for row in rows:
        added = table.add_row()
        _fill(added.cells, row)
        if row.is_short:
            parts.keep_on_one_page(added)


def _fill(cells: tuple[_Cell, ...], row: Row) -> None:
    parts.write(cells[0], [row.number], "Table Number")
    parts.write(cells[1], row.title, "Table Title")
    parts.write(cells[1], row.text, "Table Text", more=True)
    for cell, lines in zip(cells[2:], row.facts, strict=True):
        parts.write(cell, lines, "Table Text")


def signature(document: Document, signed: Signature, widths: tuple[int, ...]) -> None:
    """Post, a line to sign on, the name or a line for it; widths in millimetres."""
    document.add_paragraph(style="Small")
    table = parts.plain_table(document, widths, "signature")
    post, _gap, line, _gap, name = table.rows[0].cells
    parts.write(post, [signed.post], "Signatory")
    parts.write(name, [signed.name], "Signature")
    parts.rule_below((line,) if signed.name else (line, name), points=0.5)
    for cell, note in zip(table.add_row().cells[2::2], (signed.sign_note, signed.name_note), strict=True):
        parts.write(cell, [note], "Signature Note")
    parts.keep_together(table)
