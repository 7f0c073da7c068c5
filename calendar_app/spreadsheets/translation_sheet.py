"""The two-column sheet for a translator: Kazakh beside Russian, and a hidden column that knows each text.

The hidden column names the text and holds marks of both languages as they left, so that the way back finds
what was changed here, what was changed in the portal meanwhile, and rows that were sorted.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from calendar_app.spreadsheets.layouts import TRANSLATION
from calendar_app.spreadsheets.topic_template import blank, heading, page_setup
from procedure.imports import row_key

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet


def translation_sheet(texts: Mapping[str, tuple[str, str]], *, everything: bool) -> bytes:
    """The workbook with the texts that lack a language, or with everything; texts of no language stay away."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(TRANSLATION.sheet)
    sheet.freeze_panes = "B2"
    page_setup(sheet)
    sheet.print_title_rows = "1:1"
    for letter, column in zip("ABC", TRANSLATION.columns, strict=True):
        sheet.column_dimensions[letter].width = column.width
    sheet.column_dimensions["A"].hidden = True
    # Sorting and widths stay free; the key alone is kept from being typed over.
    sheet.protection.sheet = True
    for free in ("sort", "autoFilter", "formatColumns", "formatRows", "formatCells"):
        setattr(sheet.protection, free, False)
    sheet.append([heading(sheet, column.heading) for column in TRANSLATION.columns])
    for name, (kk, ru) in texts.items():
        if (kk or ru) and (everything or not (kk and ru)):
            key = blank(sheet, row_key(name, kk, ru))
            sheet.append([key, blank(sheet, kk, locked=False), blank(sheet, ru, locked=False)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()
