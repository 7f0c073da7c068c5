"""The workbook in which a ministry writes when its head is busy: a table, and instructions beside it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from calendar_app.spreadsheets.layouts import BUSY
from calendar_app.spreadsheets.tables import cell
from calendar_app.spreadsheets.topic_template import blank, heading, lines, page_setup

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

ROWS = 100
INSTRUCTIONS = (
    ("Министрлік басшысының бос емес уақыты", "Периоды занятости руководителя министерства"),
    (
        "«{sheet}» парағын толтырыңыз: әр жолға бір уақыт аралығы.",
        "Заполните лист «{sheet}»: один период в строке.",
    ),
    (
        "Күні мен уақытын КК.АА.ЖЖЖЖ СС:ММ түрінде жазыңыз. Уақыты жазылмаса, күн толық саналады.",
        "Пишите дату и время в виде ДД.ММ.ГГГГ ЧЧ:ММ. Без времени считается весь день.",
    ),
    (
        "Аяқталуы бос болса, бір күн саналады. Аяқталу күні де бос емес уақытқа кіреді.",
        "Если окончание не указано, период длится один день. День окончания тоже входит в период.",
    ),
    (
        "Уақыт түн ортасында аяқталса, 23:59 деп жазыңыз: 00:00 – күннің толық екенін білдіреді.",
        "Если период заканчивается в полночь, пишите 23:59: время 00:00 означает весь день.",
    ),
    ("Себебін тек министрлік көреді.", "Причину видит только министерство."),
    (
        "Ұяшықтарды біріктірмеңіз, формулалар қолданбаңыз. Файлды XLSX пішімінде сақтаңыз.",
        "Не объединяйте ячейки, не используйте формулы. Сохраните файл в формате XLSX.",
    ),
)


def busy_template(today: date) -> bytes:
    """The empty workbook; its examples lie in the weeks after today."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet: WriteOnlyWorksheet = book.create_sheet(BUSY.sheet)
    sheet.freeze_panes = "A2"
    page_setup(sheet, landscape=False)
    for letter, column in zip("ABC", BUSY.columns, strict=True):
        sheet.column_dimensions[letter].width = column.width
    sheet.append([heading(sheet, column.heading) for column in BUSY.columns])
    prepared = [_moment(sheet), _moment(sheet), blank(sheet)]
    for _ in range(ROWS):
        sheet.append(prepared)
    _write_instructions(book.create_sheet("Нұсқаулық · Инструкция"), today)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _moment(sheet: WriteOnlyWorksheet) -> object:
    """An empty cell that shows a typed day and time as such."""
    from openpyxl.cell import WriteOnlyCell

    made = WriteOnlyCell(sheet)
    made.number_format = "DD.MM.YYYY HH:MM"
    made.border = lines()
    return made


def _write_instructions(sheet: WriteOnlyWorksheet, today: date) -> None:
    from openpyxl.styles import Alignment

    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 62
    page_setup(sheet, landscape=False)
    for number, texts in enumerate(INSTRUCTIONS):
        row = [cell(sheet, text.format(sheet=BUSY.sheet), strong=not number) for text in texts]
        for one in row:
            one.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(row)
    first = datetime.combine(today + timedelta(days=14), time(9))
    sheet.append([])
    sheet.append([cell(sheet, "Мысал", strong=True), cell(sheet, "Пример", strong=True)])
    for texts in ((f"{first:%d.%m.%Y %H:%M}", f"{first + timedelta(hours=8):%d.%m.%Y %H:%M}"),
                  (f"{first + timedelta(days=7):%d.%m.%Y}", f"{first + timedelta(days=9):%d.%m.%Y}")):  # fmt: skip
        sheet.append([cell(sheet, text) for text in texts])
