"""The plan as a workbook that comes back: a row per meeting, instructions, and lists of allowed values."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.queries.plan_edits import values_of
from calendar_app.spreadsheets.layouts import LISTS_SHEET, PLAN
from calendar_app.spreadsheets.plan_choices import WITH_LISTS, PlanChoices
from calendar_app.spreadsheets.tables import cell
from calendar_app.spreadsheets.topic_template import heading, lines, page_setup
from procedure.plan_edits import plan_key

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Rows below the table in which the lists are offered too.
MORE_ROWS = 100
FORMATS = {"day": "DD.MM.YYYY", "starts": "HH:MM", "ends": "HH:MM"}
# What may be typed beside the list: several ministries.
FREE = ("bodies",)
INSTRUCTIONS = (
    ("Күнтізбе жоспарының кестесі", "Таблица плана календаря"),
    (
        "«{sheet}» парағын өзгертіп, файлды порталға қайта жүктеңіз. Өзгерістер енгізілмес бұрын көрсетіледі.",
        "Измените лист «{sheet}» и загрузите файл обратно на портал. Изменения будут показаны до внесения.",
    ),
    (
        "Әр жолда бір кездесу. «Код» бағаны кездесуді таниды: оны өзгертпеңіз және көшірмеңіз.",
        "В каждой строке одна встреча. По столбцу «Код» она опознаётся: не меняйте и не копируйте его.",
    ),
    (
        "Жаңа кездесу үшін соңғы жолдан кейін коды жоқ жол қосыңыз.",
        "Чтобы добавить встречу, впишите после последней строки новую строку без кода.",
    ),
    (
        "Кездесуді алып тастау үшін «Алып тастау себебі» бағанын толтырыңыз. Жолды өшіру ештеңені өзгертпейді.",
        "Чтобы исключить встречу, заполните столбец «Причина исключения». Удаление строки ничего не меняет.",
    ),
    (
        "Бірнеше министрлік нүктелі үтірмен бөлінеді.",
        "Несколько министерств разделяются точкой с запятой.",
    ),
    (
        "Зал таңдалса, елді мекен соған қарай белгіленеді. Залсыз кездесуге елді мекеннің кодын жазыңыз.",
        "По залу определяется и населённый пункт. Для встречи без зала укажите код населённого пункта.",
    ),
    (
        "Күні КК.АА.ЖЖЖЖ, уақыты СС:ММ түрінде жазылады.",
        "Дата пишется в виде ДД.ММ.ГГГГ, время в виде ЧЧ:ММ.",
    ),
    (
        "«Нөмірі» бағаны тек оқуға арналған. Бағандарды жылжытуға және өшіруге болады, «Код» қалуы керек.",
        "Столбец «Номер» только для чтения. Столбцы можно переставлять и удалять, «Код» должен остаться.",
    ),
    (
        "Ұяшықтарды біріктірмеңіз, формулалар мен макростар қолданбаңыз. Файлды XLSX пішімінде сақтаңыз.",
        "Не объединяйте ячейки, не используйте формулы и макросы. Сохраните файл в формате XLSX.",
    ),
)


def plan_workbook(version: CalendarVersion, rows: Iterable[PlannedMeeting]) -> bytes:
    """The workbook of the meetings, which were read with places and attendance and are not cancelled."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    choices = PlanChoices(version)
    _write_table(book, version, list(rows), choices)
    _write_instructions(book, version, choices)
    _write_lists(book, choices)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_table(
    book: Workbook, version: CalendarVersion, rows: list[PlannedMeeting], choices: PlanChoices
) -> None:
    from openpyxl.utils import get_column_letter

    sheet: WriteOnlyWorksheet = book.create_sheet(PLAN.sheet)
    sheet.freeze_panes = "C2"
    page_setup(sheet)
    sheet.print_title_rows = "1:1"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(PLAN.columns))}{len(rows) + 1}"
    for number, column in enumerate(PLAN.columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        if column.field in WITH_LISTS:
            _offer(sheet, letter, column.field, len(rows), choices)
    sheet.row_dimensions[1].height = 34
    sheet.append([heading(sheet, column.heading) for column in PLAN.columns])
    for one in rows:
        said = choices.said(one)
        said |= {
            "key": plan_key(version.pk, one.meeting_id, values_of(one)),
            "number": one.number,
            "removal": "",
        }
        sheet.append([_cell(sheet, column.field, said[column.field]) for column in PLAN.columns])


def _offer(sheet: WriteOnlyWorksheet, letter: str, name: str, rows: int, choices: PlanChoices) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    place = get_column_letter(WITH_LISTS.index(name) + 1)
    source = f"={LISTS_SHEET}!${place}$1:${place}${max(1, len(choices.listed(name)))}"
    rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=name not in FREE)
    rule.errorTitle = "Тізім / Список"
    rule.error = "Тізімнен таңдаңыз. Выберите из списка."
    rule.add(f"{letter}2:{letter}{rows + MORE_ROWS + 1}")
    sheet.data_validations.append(rule)


def _cell(sheet: WriteOnlyWorksheet, name: str, value: Any) -> object:
    """Days and clock times as Excel knows them, so that the table can be sorted; texts stay texts."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    if isinstance(value, str):
        made = cell(sheet, value)
        if not value:
            made.value = None
        made.number_format = "@"
    else:
        made = WriteOnlyCell(sheet, value)
        made.number_format = FORMATS[name]
    made.alignment = Alignment(wrap_text=name != "key", vertical="top")
    made.border = lines()
    if name in ("key", "number"):
        made.font = Font(color="808080")
    return made


def _write_instructions(book: Workbook, version: CalendarVersion, choices: PlanChoices) -> None:
    from openpyxl.styles import Alignment

    sheet: WriteOnlyWorksheet = book.create_sheet("Нұсқаулық · Инструкция")
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 62
    page_setup(sheet, landscape=False)
    said = [INSTRUCTIONS[0], (f"{version.half_year}, {version.number}-нұсқа",
                              f"{version.half_year}, версия {version.number}"), *INSTRUCTIONS[1:]]  # fmt: skip
    for number, texts in enumerate(said):
        row = [cell(sheet, text.format(sheet=PLAN.sheet), strong=number < 2) for text in texts]
        for one in row:
            one.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(row)
    for column in PLAN.columns:
        if column.field in WITH_LISTS:
            sheet.append([])
            sheet.append([cell(sheet, text, strong=True) for text in (column.kk, column.ru)])
            for value in choices.listed(column.field):
                sheet.append([cell(sheet, value)])


def _write_lists(book: Workbook, choices: PlanChoices) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    listed = [choices.listed(name) for name in WITH_LISTS]
    for number in range(max(map(len, listed))):
        values = [one[number] if number < len(one) else None for one in listed]
        sheet.append([cell(sheet, value) if value else None for value in values])
