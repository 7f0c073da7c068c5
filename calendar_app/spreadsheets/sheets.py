"""Tables out of an XLSX file that was found fit to be opened: texts with their places, and what is wrong.

Without Django. openpyxl is imported where it is used: in the child process.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

from base.texts import tidied
from calendar_app.spreadsheets.layouts import LISTS_SHEET, Layout
from procedure.imports import ROWS_LIMIT
from procedure.problems import Problem

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

HEADINGS_WITHIN = 20  # rows above the table that may hold a title or notes
PROBLEMS_LIMIT = 50
COLUMNS_LIMIT = 60
_MIDNIGHT = datetime(1900, 1, 1)  # noqa: DTZ001 - cells know no zones
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass
class Found:
    """What was read of one file; `columns` has the letter of each field, by sheet."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)

    def note(self, code: str, sheet: str, row: int = 0, column: str = "", **params: object) -> None:
        if len(self.problems) < PROBLEMS_LIMIT:
            place = {"sheet": sheet, "row": row, "column": column}
            self.problems.append(Problem(code, {**params, **place}))


def read(content: bytes, layout: Layout) -> Found:
    """Every visible sheet with the headings of the layout. Raises whatever openpyxl raises for a broken file.

    A row is {"sheet", "row", "cells": {field: text}}; problems name sheet, row and column as Excel does.
    """
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(content), keep_links=False)
    found, tables = Found(), 0
    for sheet in book.worksheets:
        place = _headings(sheet, layout)
        if place is None:
            continue
        if sheet.sheet_state != "visible":
            if sheet.title != LISTS_SHEET:
                found.note("sheet_hidden", sheet.title)
            continue
        tables += 1
        _read_table(sheet, *place, layout, found)
    if not tables and not found.problems:
        found.problems.append(Problem("no_table"))
    elif not found.rows and not found.problems:
        found.problems.append(Problem("table_empty"))
    return found


def _headings(sheet: Worksheet, layout: Layout) -> tuple[int, dict[int, str]] | None:
    """The row of the headings, and the field of each of their columns."""
    for number in range(1, min(sheet.max_row, HEADINGS_WITHIN) + 1):
        texts = {
            column: str(sheet._cells[number, column].value)
            for column in range(1, min(sheet.max_column, COLUMNS_LIMIT) + 1)
            if (number, column) in sheet._cells and sheet._cells[number, column].value is not None
        }
        fields = layout.fields_of(texts)
        if len(fields) > 1 and set(layout.needed) & set(fields.values()):
            return number, fields
    return None


def _read_table(sheet: Worksheet, top: int, fields: dict[int, str], layout: Layout, found: Found) -> None:
    from openpyxl.utils import get_column_letter

    names = list(fields.values())
    if len(set(names)) < len(names):
        found.note("heading_twice", sheet.title, top)
        return
    if layout.whole and set(layout.needed) - set(names):
        found.note("heading_missing", sheet.title, top)
        return
    found.columns[sheet.title] = {name: get_column_letter(number) for number, name in fields.items()}
    _note_merged(sheet, top, fields, found)
    filled = sorted({row for row, column in sheet._cells if row > top and column in fields})
    for number in filled:
        cells = dict(_texts(sheet, number, fields, layout.holding, found))
        if not any(cells.values()):
            continue
        if len(found.rows) >= ROWS_LIMIT:
            found.note("too_many_rows", sheet.title, number, limit=ROWS_LIMIT)
            return
        found.rows.append({"sheet": sheet.title, "row": number, "cells": cells})


def _note_merged(sheet: Worksheet, top: int, fields: dict[int, str], found: Found) -> None:
    for cells in sheet.merged_cells.ranges:
        if cells.max_row > top and any(cells.min_col <= column <= cells.max_col for column in fields):
            place = cells.coord.partition(":")[0].rstrip("0123456789")
            found.note("cells_merged", sheet.title, cells.min_row, place, cells=cells.coord)


def _texts(
    sheet: Worksheet, number: int, fields: dict[int, str], holding: dict[str, str], found: Found
) -> Iterator[tuple[str, str]]:
    for column, name in fields.items():
        cell = sheet._cells.get((number, column))
        if cell is None or cell.value is None:
            continue
        text, code = _text(cell, lines=not name.startswith("title"), holds=holding.get(name, ""))
        if code:
            found.note(code, sheet.title, number, cell.column_letter)
        yield name, text or ("?" if code else "")


def _text(cell: Cell, *, lines: bool, holds: str = "") -> tuple[str, str]:
    """The text of a cell, or the code of what is wrong with it. Numbers become texts, nothing is computed."""
    value = cell.value
    if cell.data_type == "f" or not isinstance(value, str | int | float | date | time | timedelta):
        return "", "cell_formula"
    if cell.data_type == "e":
        return "", "cell_error"
    if isinstance(value, date | time | timedelta):
        said = _time_said(value, holds)
        return said, "" if said else "cell_date"
    if isinstance(value, bool):
        return "", "cell_truth"
    if isinstance(value, int | float):
        return (str(int(value)) if value == int(value) else str(value).replace(".", ",")), ""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if "\x00" in text:
        return "", "cell_nul"
    return tidied(text, lines=lines), ""


def _time_said(value: date | time | timedelta, holds: str) -> str:
    """A date or time that Excel made, as ISO 8601, where the column holds such a one; "" where it does not.

    Excel keeps a time of day as a fraction, which may come back a second off; a day alone is midnight to it.
    """
    if isinstance(value, timedelta):
        if not timedelta() <= value < timedelta(days=1):
            return ""
        value = (_MIDNIGHT + value).time()
    if isinstance(value, datetime):
        value += timedelta(seconds=30)
        day, clock = f"{value:%Y-%m-%d}", f"{value:%H:%M}"
        by_kind = {"day": day, "clock": clock, "moment": day if clock == "00:00" else f"{day} {clock}"}
        if holds == "clock" and value.year > 1900:
            return ""
        return by_kind.get(holds, "")
    if isinstance(value, time):
        return (
            f"{datetime.combine(date.min, value) + timedelta(seconds=30):%H:%M}" if holds == "clock" else ""
        )
    return value.isoformat() if holds in ("day", "moment") else ""
