"""One table as XLSX or CSV. No text in it can act as a formula, whoever wrote it.

openpyxl takes a quarter of a second to import, so it is imported where it is used.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, TypeAlias

from base.clock import ALMATY

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value: TypeAlias = "str | int | date | datetime | None"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
# What makes a program take a text for a formula, written by fullwidth signs too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Characters that no XML may hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_FORMATS: dict[type, str] = {date: "DD.MM.YYYY", datetime: "DD.MM.YYYY HH:MM"}
_WIDEST = 60


@dataclass(frozen=True)
class Table:
    """What a file shows: headings in the first row, rows of as many values as headings.

    title   name of the sheet, at most 31 characters are kept
    notes   sentences such as the instant the table was made: a second sheet of a workbook
    about   name of that sheet
    Instants are aware; they are written on the clock of Almaty, without their zone.
    """

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = field(default_factory=tuple)
    about: str = "…"


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet could read the text as a formula."""
    return text.startswith(FORMULA)


def as_csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark and semicolons, as Excel in Kazakh and Russian opens it; days as ISO 8601.

    A text that could be read as a formula gets an apostrophe in front, by which programs know a text. Notes
    are left out: programs expect the headings in the first line.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_plain(heading) for heading in table.headings])
    writer.writerows([_plain(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(table: Table) -> bytes:
    """A workbook: headings that stay in sight and filter, rows; a second sheet of notes. No text is a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(_sheet_title(table.title))
    _lay_out(sheet, table)
    sheet.append([cell(sheet, heading, strong=True) for heading in table.headings])
    for row in table.rows:
        sheet.append([cell(sheet, value) for value in row])
    if table.notes:
        about: WriteOnlyWorksheet = book.create_sheet(_sheet_title(table.about))
        about.column_dimensions["A"].width = _WIDEST
        for note in table.notes:
            about.append([cell(about, note)])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _lay_out(sheet: WriteOnlyWorksheet, table: Table) -> None:
    """Widths, frozen headings and a filter: in this mode they are written before the first row."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.headings))}{1 + len(table.rows)}"
    for number, column in enumerate(zip(table.headings, *table.rows, strict=True), start=1):
        width = max(len(str(_plain(value))) for value in column)
        sheet.column_dimensions[get_column_letter(number)].width = min(width + 4, _WIDEST)


def cell(sheet: WriteOnlyWorksheet, value: Value, *, strong: bool = False) -> WriteOnlyCell:
    """A cell with the value; a text in it stays a text."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if not isinstance(value, str):
        made = WriteOnlyCell(sheet, _local(value))
        made.number_format = _FORMATS.get(type(value), "General")
        return made
    text = _UNWRITABLE.sub("", value)
    made = WriteOnlyCell(sheet, text)
    # openpyxl guesses: “=…” a formula, “#N/A” an error. Here a text is a text.
    made.data_type = "s"
    made.quotePrefix = is_formula_like(text)
    if strong:
        made.font = Font(bold=True)
    return made


def _plain(value: Value) -> str | int:
    """A value as CSV has it: numbers stay numbers, a minus in front of them is no formula."""
    value = _local(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        text = _UNWRITABLE.sub("", value)
        return f"'{text}" if is_formula_like(text) else text
    return "" if value is None else value


def _local(value: Value) -> Value:
    """Spreadsheets know no time zones: an instant becomes the time on the clock of Almaty."""
    return value.astimezone(ALMATY).replace(tzinfo=None) if isinstance(value, datetime) else value


def _sheet_title(title: str) -> str:
    """A name that a sheet may bear."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
