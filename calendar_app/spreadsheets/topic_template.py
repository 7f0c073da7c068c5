"""The workbook that districts fill in: instructions in Kazakh and Russian, and a table with drop-down lists."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from base.names import in_language
from calendar_app.spreadsheets.choices import Choices, both
from calendar_app.spreadsheets.layouts import LISTS_SHEET, TOPICS
from calendar_app.spreadsheets.tables import cell
from procedure.half_years import HalfYear
from procedure.topic_lists import TEXT_LIMIT, TITLE_LIMIT
from regions.models import Body

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Prepared rows; a district writes a dozen.
ROWS = 200
WITH_LISTS = ("sector", "district", "ministry", "urgency")
HEAD_COLOUR, LINE_COLOUR = "E3EFF3", "D4DEE2"

# Both languages side by side: the one who fills the file in reads one of them.
INSTRUCTIONS = (
    ("Өзекті мәселелер тізбесіне арналған үлгі", "Шаблон для перечня актуальных вопросов"),
    (
        "«{sheet}» парағын толтырыңыз: әр жолға бір мәселе.",
        "Заполните лист «{sheet}»: один вопрос в одной строке.",
    ),
    (
        "Мәселе атауы кемінде бір тілде жазылады. Тізбе қабылдануы үшін екінші тіл де қажет болады.",
        "Название вопроса пишется хотя бы на одном языке. Чтобы перечень приняли, понадобится и второй.",
    ),
    (
        f"Атауы — {TITLE_LIMIT} таңбадан, ахуал мен негіздеме — {TEXT_LIMIT} таңбадан аспайды.",
        f"Название — не более {TITLE_LIMIT} знаков, ситуация и обоснование — не более {TEXT_LIMIT}.",
    ),
    (
        "Саланы, ауданды, министрлікті және шұғылдығын ұяшықтағы тізімнен таңдаңыз.",
        "Сферу, район, министерство и срочность выбирайте из списка в ячейке.",
    ),
    (
        "Аудан көрсетілмесе, ол портал бетінде бүкіл файл үшін таңдалады.",
        "Если район не указан, его выбирают на странице портала для всего файла.",
    ),
    (
        "Ұяшықтарды біріктірмеңіз, формулалар мен макростар қолданбаңыз, баған атауларын өзгертпеңіз.",
        "Не объединяйте ячейки, не используйте формулы и макросы, не меняйте названия столбцов.",
    ),
    (
        "Азаматтардың жеке деректерін (аты-жөні, ЖСН, телефоны, мекенжайы) жазбаңыз.",
        "Не указывайте личные данные граждан: имена, ИИН, телефоны, адреса.",
    ),
    ("Файлды XLSX пішімінде сақтаңыз.", "Сохраните файл в формате XLSX."),
)
EXAMPLE = {
    "title_kk": "Үш ауылда ауыз су сапасының төмендігі",
    "title_ru": "Низкое качество питьевой воды в трёх сёлах",
    "text_kk": "Сүзгілер 2019 жылдан бері ауыстырылмаған.",
    "text_ru": "Фильтры не менялись с 2019 года.",
    "evidence": "2026 жылғы зертхана хаттамалары / протоколы лаборатории за 2026 год",
}


def topic_template(akimat: Body, half_year: HalfYear, choices: Choices) -> bytes:
    """The workbook for districts of this akimat, with its districts and today's ministries in the lists."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    _write_instructions(book, akimat, half_year)
    _write_table(book, {name: len(choices.listed(name)) for name in WITH_LISTS})
    _write_lists(book, {name: choices.listed(name) for name in WITH_LISTS})
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_instructions(book: Workbook, akimat: Body, half_year: HalfYear) -> None:
    from openpyxl.styles import Alignment

    sheet: WriteOnlyWorksheet = book.create_sheet("Нұсқаулық · Инструкция")
    sheet.column_dimensions["A"].width = sheet.column_dimensions["B"].width = 62
    page_setup(sheet, landscape=False)
    names = (in_language(akimat, "full_name", "kk"), in_language(akimat, "full_name", "ru"))
    for number, texts in enumerate((INSTRUCTIONS[0], names, (half_year.code,) * 2, *INSTRUCTIONS[1:])):
        row = [cell(sheet, text.format(sheet=TOPICS.sheet), strong=number < 2) for text in texts]
        for one in row:
            one.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.append(row)
    sheet.append([])
    sheet.append([cell(sheet, "Мысал", strong=True), cell(sheet, "Пример", strong=True)])
    for column in TOPICS.columns:
        if column.field in EXAMPLE:
            row = [cell(sheet, both(column.kk, column.ru)), cell(sheet, EXAMPLE[column.field])]
            for one in row:
                one.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.append(row)


def _write_table(book: Workbook, lengths: dict[str, int]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet: WriteOnlyWorksheet = book.create_sheet(TOPICS.sheet)
    sheet.freeze_panes = "A2"
    page_setup(sheet)
    sheet.print_title_rows = "1:1"
    for number, column in enumerate(TOPICS.columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = column.width
        if column.field in WITH_LISTS:
            place = get_column_letter(WITH_LISTS.index(column.field) + 1)
            source = f"={LISTS_SHEET}!${place}$1:${place}${max(1, lengths[column.field])}"
            rule = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True)
            rule.errorTitle = "Тізім / Список"
            rule.error = "Тізімнен таңдаңыз. Выберите из списка."
            rule.add(f"{letter}2:{letter}{ROWS + 1}")
            sheet.data_validations.append(rule)
    sheet.row_dimensions[1].height = 34
    sheet.append([heading(sheet, column.heading) for column in TOPICS.columns])
    # One row written so many times: styling each cell by itself took half a second.
    prepared = [blank(sheet) for _ in TOPICS.columns]
    for _ in range(ROWS):
        sheet.append(prepared)


def _write_lists(book: Workbook, lists: dict[str, list[str]]) -> None:
    sheet: WriteOnlyWorksheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    for number in range(max(map(len, lists.values()))):
        values = [lists[name][number] if number < len(lists[name]) else None for name in WITH_LISTS]
        sheet.append([cell(sheet, value) if value else None for value in values])


def page_setup(sheet: WriteOnlyWorksheet, *, landscape: bool = True) -> None:
    """A4, as wide as the page."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4 if hasattr(sheet, "PAPERSIZE_A4") else 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def heading(sheet: WriteOnlyWorksheet, text: str) -> object:
    """The cell of a heading: strong, tinted, on as many lines as it needs."""
    from openpyxl.styles import Alignment, PatternFill

    made = cell(sheet, text, strong=True)
    made.fill = PatternFill("solid", start_color=HEAD_COLOUR)
    made.alignment = Alignment(wrap_text=True, vertical="center")
    made.border = lines()
    return made


def blank(sheet: WriteOnlyWorksheet, text: str = "", *, locked: bool = True) -> object:
    """A cell for words: shown as text whatever is typed, wrapped."""
    from openpyxl.styles import Alignment, Protection

    made = cell(sheet, text)
    if not text:
        made.value = None
    made.number_format = "@"
    made.alignment = Alignment(wrap_text=True, vertical="top")
    made.border = lines()
    made.protection = Protection(locked=locked)
    return made


def lines() -> object:
    """Thin lines around a cell."""
    from openpyxl.styles import Border, Side

    side = Side(style="thin", color=LINE_COLOUR)
    return Border(left=side, right=side, top=side, bottom=side)
