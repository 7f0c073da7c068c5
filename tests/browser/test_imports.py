# ruff: noqa: F811 - fixtures of other tests are used by name
"""Three district files, two look-alikes merged, a translator's sheet out and back: clicked as people do it."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from base.clock import today
from calendar_app.spreadsheets import import_runs
from calendar_app.spreadsheets.layouts import TRANSLATION
from tests.browser.test_topic_list import desk  # noqa: F401
from tests.calendar_app.imports.workbooks import ROADS, SCHOOL, WASTE, bytes_of, in_template

LIST = "/kk/staff/topic-lists/2027-H1/akimat.33/"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(page: Page, link: str, folder: Path) -> bytes:
    with page.expect_download(timeout=30_000) as waiting:
        page.click(link, no_wait_after=True)
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path.read_bytes()


def upload(page: Page, kind: str, files: list[tuple[str, bytes]], *, scripts: bool) -> None:
    """Choose the files, send them, and wait for the worker's part, which this test plays.

    With scripts the page shows by itself what was read; without, people ask for the progress.
    """
    page.goto(f"{LIST}import/")
    page.set_input_files(
        f"#id_{kind}_workbooks",
        [{"name": name, "mimeType": XLSX, "buffer": content} for name, content in files],
    )
    page.click(f"form:has(#id_{kind}_workbooks) button")
    expect(page.locator("#progress")).to_be_visible()
    import_runs.read_waiting(on=today())
    if not scripts:
        page.click("#progress ~ p > a.btn")
    expect(page.locator("main .topic").first).to_be_visible()


def test_files_come_in_are_merged_translated_and_kept(
    desk: Callable[[str], Page], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    scripts = request.node.callspec.params["desk"]
    page = desk("akimat.33")
    page.goto(LIST)
    topics = page.locator("ol.topics > .topic").count()
    page.click(f"a[href='{LIST}import/']")
    template = download(page, "a[href$='template.xlsx']", tmp_path)
    nearly = {"title_kk": "Тұрмыстық қалдықтарды  шығару!", "text_kk": "Полигон жоқ"}
    files = [("1.xlsx", [WASTE]), ("2.xlsx", [nearly, ROADS]), ("3.xlsx", [{"title_kk": SCHOOL["title_kk"]}])]

    upload(page, "topics", [(name, in_template(template, rows)) for name, rows in files], scripts=scripts)
    expect(page.locator(".alike")).to_have_count(1)
    page.click("form:has([name^=same-]) > button.btn-primary")
    expect(page.locator(".problem-summary")).to_be_visible()
    page.check("[name^=same-][value=join]")
    for box in page.locator("[name^=district-]").all():
        box.select_option(index=2)
    page.click("form:has([name^=same-]) > button.btn-primary")
    expect(page).to_have_url(re.compile(rf"{LIST}#topics$"))
    expect(page.locator("ol.topics > .topic")).to_have_count(topics + 3)
    expect(page.locator("main")).to_contain_text("Полигон жоқ")

    page.goto(f"{LIST}import/")
    book = load_workbook(BytesIO(download(page, "a[href$='translation.xlsx']", tmp_path)))
    row = next(row for row in book[TRANSLATION.sheet].iter_rows() if row[1].value == SCHOOL["title_kk"])
    row[2].value = SCHOOL["title_ru"]
    upload(page, "translation", [("t.xlsx", bytes_of(book))], scripts=scripts)
    expect(page.locator("main ins")).to_contain_text(SCHOOL["title_ru"])
    page.click("form.changes > button.btn-primary")
    expect(page.locator("ol.topics")).to_contain_text(SCHOOL["title_ru"])

    page.goto(f"{LIST}import/last/")
    page.locator("[name=topics]").first.check()
    page.click("form.act-form button:not([name])")
    expect(page.locator("ol.topics > .topic")).to_have_count(topics + 4)
    call_command("verify_journal")
    call_command("check_invariants")
