"""What must not get through: each bad file gives one clear sentence, and harms nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import translation

from base.wording import sentence
from calendar_app.spreadsheets import child
from calendar_app.spreadsheets.child import read_file
from procedure.imports import ROWS_LIMIT
from tests.calendar_app.imports import workbooks
from tests.calendar_app.imports.workbooks import ROADS, WASTE, filled, repacked


def put(place: str, value: Any) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        sheet[place] = value

    return change


def _zip() -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("a.txt", b"x")
    return out.getvalue()


FILES = {
    "empty": (lambda: b"", "a.xlsx", "file_empty"),
    "bomb": (workbooks.bomb, "a.xlsx", "file_too_heavy"),
    "too dense": (workbooks.dense, "a.xlsx", "file_too_heavy"),
    "many parts": (lambda: repacked(filled(WASTE), {f"x/{n}": b"" for n in range(1001)}), "a.xlsx", "file_too_heavy"),
    "entities": (workbooks.entities, "a.xlsx", "file_damaged"),
    "million rows": (workbooks.million_rows, "a.xlsx", "file_declares_too_many_rows"),
    "macros by name": (lambda: filled(WASTE), "a.xlsm", "file_has_macros"),
    "macros inside": (lambda: repacked(filled(WASTE), {"xl/vbaProject.bin": b"x"}), "a.xlsx", "file_has_macros"),
    "links": (lambda: repacked(filled(WASTE), {"xl/externalLinks/a.xml": b"<x/>"}), "a.xlsx", "file_has_links"),
    "encrypted": (workbooks.encrypted, "a.xlsx", "file_encrypted"),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "file_of_old_excel"),
    "truncated": (lambda: filled(WASTE)[:-300], "a.xlsx", "file_damaged"),
    "cut in the middle": (workbooks.cut, "a.xlsx", "file_damaged"),
    "csv, Windows-1251": (lambda: "Мәселе;Вопрос".encode("cp1251", "replace"), "a.csv", "file_is_text"),
    "csv, UTF-16, renamed": (lambda: "Мәселе;Вопрос".encode("utf-16"), "a.xlsx", "file_is_text"),
    "pdf": (lambda: b"%PDF-1.7 \x00\x01", "a.xlsx", "file_is_no_workbook"),
    "another archive": (_zip, "a.xlsx", "file_is_no_workbook"),
    "no table": (lambda: filled(change=lambda sheet: sheet.delete_rows(1)), "a.xlsx", "no_table"),
    "nothing filled in": (filled, "a.xlsx", "table_empty"),
}  # fmt: skip

CELLS = {
    "formula": (put("A3", "=1+1"), "cell_formula", 3, "A"),
    "error": (put("B3", "#N/A"), "cell_error", 3, "B"),
    "date": (put("A3", date(2026, 12, 1)), "cell_date", 3, "A"),
    "truth": (put("A3", True), "cell_truth", 3, "A"),
    "merged": (lambda sheet: sheet.merge_cells("A2:A3"), "cells_merged", 2, "A"),
    "NUL": (put("A3", "a_x0000_b"), "cell_nul", 3, "A"),
    "hidden sheet": (workbooks.hidden, "sheet_hidden", 0, ""),
    "heading twice": (put("C1", "Мәселе (қазақша)"), "heading_twice", 1, ""),
}


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_gives_one_sentence(name: str) -> None:
    make, file_name, code = FILES[name]
    content, began = make(), time.monotonic()

    found = read_file(content, file_name, "topics")

    assert [one.code for one in found.problems] == [code]
    assert found.rows == []
    assert time.monotonic() - began < 30
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            assert "…" not in sentence(found.problems[0])


@pytest.mark.parametrize("name", CELLS)
def test_a_bad_cell_is_named_by_sheet_row_and_column(name: str) -> None:
    change, code, row, column = CELLS[name]

    found = read_file(filled(WASTE, ROADS, change=change), "a.xlsx", "topics")

    assert [one.code for one in found.problems] == [code]
    place = found.problems[0].params
    assert (place["row"], place["column"]) == (row, column)
    assert place["sheet"] in ("Topics", "Secret")


def test_a_good_file_is_read_whatever_the_order_of_its_columns_and_its_stray_cells() -> None:
    """The control of all the above: nothing is wrong with it, and nothing gets lost."""

    def turn(sheet: Any) -> None:
        sheet.insert_cols(1)
        sheet.insert_rows(1, 3)
        sheet["B1"] = "Тақырып"
        sheet["Z90"] = "стороннее"

    found = read_file(
        filled({**WASTE, "text_ru": "=текст"[1:] + "\nдва"}, ROADS, change=turn), "a.xlsx", "topics"
    )

    assert found.problems == []
    assert [row["cells"]["title_ru"] for row in found.rows] == [WASTE["title_ru"], ROADS["title_ru"]]
    assert found.rows[0] | {"cells": None} == {"sheet": "Topics", "row": 5, "cells": None}
    assert found.rows[0]["cells"]["text_ru"] == "текст\nдва"


def test_a_text_that_looks_like_a_formula_is_a_text() -> None:
    def quote(sheet: Any) -> None:
        sheet["A2"].value = "=HYPERLINK(1)"
        sheet["A2"].data_type = "s"

    found = read_file(filled(WASTE, change=quote), "a.xlsx", "topics")
    assert found.problems == []
    assert found.rows[0]["cells"]["title_kk"] == "=HYPERLINK(1)"


def test_a_cell_in_the_last_row_costs_nothing() -> None:
    began = time.monotonic()
    found = read_file(workbooks.far_cell(), "a.xlsx", "topics")
    assert [row["row"] for row in found.rows] == [2, 1048576]
    assert time.monotonic() - began < 10


def test_control_characters_and_numbers_become_plain_text() -> None:
    row = {"title_kk": "Су_x0007_ \u202eжоқ", "title_ru": 112, "text_kk": 12.5}
    cells = read_file(filled(row), "a.xlsx", "topics").rows[0]["cells"]
    assert cells == {"title_kk": "Су  жоқ", "title_ru": "112", "text_kk": "12,5"}


def test_more_rows_than_allowed_are_refused_not_cut() -> None:
    found = read_file(filled(*[WASTE] * (ROWS_LIMIT + 1)), "a.xlsx", "topics")
    assert [one.code for one in found.problems] == ["too_many_rows"]


def test_a_child_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "WALL_SECONDS", 0.05)
    found = read_file(filled(WASTE), "a.xlsx", "topics")
    assert [one.code for one in found.problems] == ["file_too_heavy"]
