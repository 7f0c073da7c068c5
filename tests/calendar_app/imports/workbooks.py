"""Workbooks as districts send them, and as nobody should: built here, opened by the portal."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook, load_workbook

from calendar_app.spreadsheets.layouts import TOPICS

FIELDS = [column.field for column in TOPICS.columns]
Row = Mapping[str, Any]

WASTE = {"title_kk": "Тұрмыстық қалдықтарды шығару", "title_ru": "Вывоз бытовых отходов"}
ROADS = {"title_kk": "Аудан орталығына баратын жол", "title_ru": "Дорога до районного центра"}
SCHOOL = {"title_kk": "Мектептегі орын тапшылығы", "title_ru": "Нехватка мест в школе"}


def bytes_of(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def filled(*rows: Row, change: Callable[[Any], None] = lambda sheet: None) -> bytes:
    """A table with the headings of the template; `change` spoils the sheet."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Topics"
    sheet.append([column.heading for column in TOPICS.columns])
    for row in rows:
        sheet.append([row.get(name) for name in FIELDS])
    change(sheet)
    return bytes_of(book)


def in_template(template: bytes, rows: Sequence[Row]) -> bytes:
    """The portal's own template, filled in."""
    book = load_workbook(BytesIO(template))
    sheet = book[TOPICS.sheet]
    for number, row in enumerate(rows, start=2):
        for column, name in enumerate(FIELDS, start=1):
            if name in row:
                sheet.cell(number, column, row[name])
    return bytes_of(book)


def repacked(content: bytes, more: Mapping[str, bytes] = {}, change: Mapping[str, Any] = {}) -> bytes:
    """The archive with further parts, and parts changed by functions of their bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change[name](part) if name in change else part)
        for name, part in more.items():
            new.writestr(name, part)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def bomb() -> bytes:
    """Half a megabyte that would unpack to 500 MB."""
    rows = b"<row><c t='inlineStr'><is><t>a</t></is></c></row>" * (500 * 1024 * 1024 // 49)
    return repacked(filled(WASTE), {"xl/worksheets/sheet2.xml": rows})


def dense() -> bytes:
    """Small enough to be let in, but its million cells ask for more memory than the child has."""
    cells = b"".join(b'<row r="%d">' % row + b"<c><v>1</v></c>" * 60 + b"</row>" for row in range(2, 32000))
    return repacked(
        filled(WASTE), change={SHEET: lambda xml: xml.replace(b"</sheetData>", cells + b"</sheetData>")}
    )


def entities() -> bytes:
    """A part whose entities would grow without end."""
    bad = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return repacked(
        filled(WASTE), change={SHEET: lambda xml: re.sub(b"(<worksheet)", bad + b"\\1", xml, count=1)}
    )


def million_rows() -> bytes:
    swap = lambda xml: re.sub(b'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', xml)  # noqa: E731
    return repacked(filled(WASTE), change={SHEET: swap})


def far_cell() -> bytes:
    """One cell in the last row that Excel has, undeclared."""
    cell = b'<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return repacked(filled(WASTE), change={SHEET: lambda xml: xml.replace(b"</sheetData>", cell)})


def cut() -> bytes:
    """A whole archive whose sheet ends in the middle."""
    return repacked(filled(WASTE), change={SHEET: lambda xml: xml[:200]})


def encrypted() -> bytes:
    """The container that Excel puts a protected workbook into."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le")


def hidden(sheet: Any) -> None:
    other = sheet.parent.create_sheet("Secret")
    other.append([cell.value for cell in sheet[1]])
    other.append(["Құпия"])
    other.sheet_state = "hidden"
