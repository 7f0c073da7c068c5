"""Pieces of a DOCX that python-docx leaves to its users: styles, pages, fields, tables, fixed bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from calendar_app.documents.paper_shapes import Frame

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
# The oldest instant that a ZIP entry can bear: the same for every file, so that bytes stay the same.
ENTRY_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Look:
    """Size in points (None: that of the text), space before and after in points.

    indent: of the first line, in millimetres; narrow: how far the lines end before the margin.
    """

    size: float | None = None
    bold: bool = False
    italic: bool = False
    align: str = "LEFT"
    before: float = 0
    after: float = 0
    indent: float = 0
    narrow: float = 0
    line: float = 1.0
    keep: bool = False


LOOKS = {
    "Letterhead": Look(bold=True, align="CENTER", after=4),
    "Requisite": Look(11, after=6),
    "Addressee": Look(bold=True, after=3),
    "Subject": Look(italic=True, after=14, before=10, narrow=75),
    "Body Text": Look(align="JUSTIFY", indent=12.5, after=4, line=1.15),
    "Executor": Look(10, before=20),
    "Small": Look(8),
    "Annex Mark": Look(10, align="RIGHT", after=10),
    "Title": Look(15, bold=True, align="CENTER", after=2),
    "Subtitle": Look(12, bold=True, align="CENTER", after=2),
    "Heading 1": Look(12, bold=True, before=10, after=4, keep=True),
    "Remark": Look(11, italic=True, after=4),
    "Table Heading": Look(9.5, bold=True, align="CENTER"),
    "Table Number": Look(9.5, align="CENTER"),
    "Table Title": Look(9.5, bold=True, after=2),
    "Table Text": Look(9.5, after=2),
    "Signatory": Look(bold=True),
    "Signature": Look(bold=True, align="CENTER"),
    "Signature Note": Look(8, align="CENTER"),
    "Stamp Text": Look(after=2),
    "List Item": Look(after=2),
    "Mark": Look(10, bold=True, align="RIGHT"),
    "Foot": Look(7.5),
}


def new_document(frame: Frame) -> Document:
    """An empty document that says whose it is, what it is called, in which language, as of when."""
    import docx

    document = docx.Document()
    known = document.core_properties
    known.title, known.author, known.last_modified_by = (
        frame.title[:255],
        frame.author[:255],
        frame.author[:255],
    )
    known.language, known.comments, known.revision = frame.locale, "", 1
    known.created = known.modified = frame.at.replace(microsecond=0, tzinfo=None)
    return document


def lay_out(
    document: Document, frame: Frame, *, sides: tuple[int, int], size: float, on_its_side: bool = False
) -> None:
    """An A4 page with margins left and right in millimetres, styles, marks above and the line below."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    section = document.sections[0]
    width, height = (297, 210) if on_its_side else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(sides[0]), Mm(sides[1])
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    section.header_distance = section.footer_distance = Mm(9)
    _set_styles(document, frame.locale, size)
    head = section.header.paragraphs[0]
    head.style = document.styles["Mark"]
    head.add_run(" · ".join(frame.marks))
    _set_foot(section.footer.paragraphs[0], document, frame, width - sum(sides))


def next_section(document: Document, *, on_its_side: bool) -> None:
    """Go on on a new page of that orientation; margins, marks and the line below stay."""
    from docx.enum.section import WD_ORIENT, WD_SECTION
    from docx.shared import Mm

    section = document.add_section(WD_SECTION.NEW_PAGE)
    width, height = (297, 210) if on_its_side else (210, 297)
    section.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)


def _set_styles(document: Document, locale: str, size: float) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    normal = document.styles["Normal"]
    _set_font(normal, size, bold=False, italic=False)
    normal.paragraph_format.space_after = Pt(0)
    tag = document.styles.element.find(".//" + _name("w:lang"))
    assert tag is not None
    for attribute in ("w:val", "w:eastAsia"):
        tag.set(_name(attribute), locale)
    known = {style.name for style in document.styles}
    for name, look in LOOKS.items():
        style = (
            document.styles[name]
            if name in known
            else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        )
        _dress(style, look, size)


def _dress(style: ParagraphStyle, look: Look, size: float) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    _set_font(style, look.size or size, bold=look.bold, italic=look.italic)
    form = style.paragraph_format
    form.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align)
    form.space_before, form.space_after = Pt(look.before), Pt(look.after)
    form.first_line_indent, form.right_indent, form.line_spacing = Mm(look.indent), Mm(look.narrow), look.line
    form.keep_with_next, form.widow_control = look.keep, True
    for border in style.element.findall(".//" + _name("w:pBdr")):
        border.getparent().remove(border)


def _set_font(style: ParagraphStyle, size: float, *, bold: bool, italic: bool) -> None:
    """Black Times in every script; fonts and colours of the theme would win over it, so they go."""
    from docx.shared import Pt, RGBColor

    style.font.name, style.font.size = FONT, Pt(size)
    style.font.bold, style.font.italic, style.font.color.rgb = bold, italic, RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for attribute in [key for key in fonts.attrib if "Theme" in key]:
        del fonts.attrib[attribute]
    for attribute in ("w:cs", "w:eastAsia"):
        fonts.set(_name(attribute), FONT)
    for spacing in style.element.rPr.findall(_name("w:spacing")) + style.element.rPr.findall(_name("w:kern")):
        style.element.rPr.remove(spacing)


def _set_foot(paragraph: Paragraph, document: Document, frame: Frame, width: int) -> None:
    """What the page is of, and its number of how many, counted by the word processor."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    paragraph.style = document.styles["Foot"]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width), WD_TAB_ALIGNMENT.RIGHT)
    first, *others = frame.foot
    paragraph.add_run(f"{first}\t")
    _field(paragraph, "PAGE")
    paragraph.add_run(" / ")
    _field(paragraph, "NUMPAGES")
    for line in others:
        paragraph.add_run(f"\n{line}")


def _field(paragraph: Paragraph, code: str) -> None:
    field = _element("w:fldSimple", instr=code)
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)


def write(cell: _Cell, lines: Iterable[str], style: str, *, more: bool = False) -> list[Paragraph]:
    """A paragraph per line into a cell that is empty, or below what stands there."""
    written = []
    for number, line in enumerate(lines):
        paragraph = cell.add_paragraph() if number or more else cell.paragraphs[0]
        # By its id: python-docx reads all styles each time it looks one up by name.
        paragraph._p.style = style.replace(" ", "")
        paragraph.add_run(line)
        written.append(paragraph)
    return written


def speak(paragraphs: Iterable[Paragraph], locale: str) -> None:
    """Tag paragraphs with a language that is not the document's."""
    for paragraph in paragraphs:
        for run in paragraph.runs:
            run._r.get_or_add_rPr().append(_element("w:lang", val=locale))


def plain_table(document: Document, widths: Sequence[int], title: str) -> Table:
    """One row without lines, for things that stand side by side; widths in millimetres."""
    return _table(document, widths, "Normal Table", title)


def grid(document: Document, widths: Sequence[int], title: str) -> Table:
    """A table with lines; widths in millimetres."""
    table = _table(document, widths, "Table Grid", title)
    keep_inside(table)
    return table


def keep_inside(table: Table) -> None:
    """Lines of a table hang out of the margin by the space inside a cell: move it in by that."""
    from docx.shared import Mm

    layout = table._tbl.tblPr.find(_name("w:tblLayout"))
    layout.addprevious(_element("w:tblInd", w=str(int(Mm(1.9).twips)), type="dxa"))


def _table(document: Document, widths: Sequence[int], style: str, title: str) -> Table:
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=len(widths), style=style)
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        column.cells[0].width = Mm(width)
    table._tbl.tblPr.append(_element("w:tblCaption", val=title))
    return table


def repeat_on_every_page(row: _Row) -> None:
    """Mark a row as a heading: it comes again above the rows of every page."""
    keep_on_one_page(row)
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def keep_on_one_page(row: _Row) -> None:
    """Never split the row between two pages."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def rule_below(cells: Iterable[_Cell], *, points: float) -> None:
    """A line of that strength below the cells."""
    for cell in cells:
        borders = _element("w:tcBorders")
        borders.append(_element("w:bottom", val="single", sz=str(int(points * 8)), space="0", color="000000"))
        cell._tc.get_or_add_tcPr().append(borders)


def keep_together(table: Table) -> None:
    """Keep all rows on one page."""
    for row in table.rows[:-1]:
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True


def packed(document: Document, at: datetime) -> bytes:
    """The file. ZIP entries bear no time of writing, so the same document is the same bytes."""
    raw, out = BytesIO(), BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ENTRY_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    """`_element("w:lang", val="kk-KZ")`."""
    from docx.oxml import OxmlElement

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(_name(f"w:{name}"), value)
    return element


def _name(tag: str) -> str:
    from docx.oxml.ns import qn

    return qn(tag)
