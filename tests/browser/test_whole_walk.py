# ruff: noqa: F811 - fixtures of other tests are used by name
"""From three district files to the accepted list and its papers: both sides, with scripts and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from calendar_app.spreadsheets.layouts import TRANSLATION
from tests.browser.test_imports import LIST, download, upload
from tests.browser.test_topic_list import desk  # noqa: F401
from tests.calendar_app.imports.workbooks import ROADS, SCHOOL, WASTE, bytes_of, in_template
from tests.calendar_app.official_papers import squeezed, text_of

VENUE = {"kk": "Аудандық кітапхана", "ru": "Районная библиотека"}
TRANSLATED = "Аударылған мәтін / переведённый текст"


def bring_files(page: Page, folder: Path, *, scripts: bool) -> None:
    """Three districts, of which two wrote the same topic; all are taken, those two as one."""
    page.goto(f"{LIST}import/")
    template = download(page, "a[href$='template.xlsx']", folder)
    nearly = {"title_kk": "Тұрмыстық қалдықтарды  шығару!", "text_kk": "Полигон жоқ"}
    files = [("1.xlsx", [WASTE]), ("2.xlsx", [nearly, ROADS]), ("3.xlsx", [{"title_kk": SCHOOL["title_kk"]}])]
    upload(page, "topics", [(name, in_template(template, rows)) for name, rows in files], scripts=scripts)
    page.check("[name^=same-][value=join]")
    for box in page.locator("[name^=district-]").all():
        box.select_option(index=2)
    page.click("form:has([name^=same-]) > button.btn-primary")
    expect(page).to_have_url(re.compile(rf"{LIST}#topics$"))


def bring_translation(page: Page, folder: Path, *, scripts: bool) -> None:
    """What the translator found untranslated comes back in the other language."""
    page.goto(f"{LIST}import/")
    book = load_workbook(BytesIO(download(page, "a[href$='translation.xlsx']", folder)))
    for row in book[TRANSLATION.sheet].iter_rows(min_row=2):
        for one, other in ((row[1], row[2]), (row[2], row[1])):
            if one.value and not other.value:
                other.value = TRANSLATED
    upload(page, "translation", [("t.xlsx", bytes_of(book))], scripts=scripts)
    page.click("form.changes > button.btn-primary")
    expect(page.locator("ol.topics")).to_contain_text(TRANSLATED)


def propose(page: Page) -> None:
    """A Saturday in a village that is found by a part of its name."""
    page.goto(f"{LIST}edit/meetings/new/")
    page.locator("[name=ministries]").first.check()
    page.fill("#id_place", "талдықорған")
    page.click("button[name=find_place]")
    page.locator("[name=place]").first.check()
    for language, words in VENUE.items():
        page.fill(f"[name=venue_{language}]", words)
    for name, value in (("day", "2027-03-06"), ("starts", "11:00"), ("ends", "13:00")):
        page.fill(f"[name=exact-0-{name}]", value)
    page.click("button[name=save]")
    expect(page.locator("#meetings ~ * table, table:below(#meetings)").first).to_contain_text(VENUE["kk"])


def submit(page: Page, number: int) -> None:
    page.goto(f"{LIST}submit/")
    page.click("form.act-form button.btn-primary")
    expect(page).to_have_url(re.compile(rf"/receipts/{number}/$"))


def test_the_whole_way_of_a_list(
    desk: Callable[[str], Page], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    scripts = request.node.callspec.params["desk"]
    akimat, authority = desk("akimat.33"), desk("authority")
    bring_files(akimat, tmp_path, scripts=scripts)
    bring_translation(akimat, tmp_path, scripts=scripts)
    propose(akimat)
    submit(akimat, 1)

    authority.goto(f"{LIST}return/")
    authority.locator("[name^=comment-]").last.fill("Қай мектептер туралы?")
    authority.click("form.act-form button.btn-primary")
    expect(authority.locator("main .state-returned").first).to_be_visible()
    akimat.goto(f"{LIST}edit/")
    akimat.locator("tr[id^=topic-] th a").last.click()
    expect(akimat.locator(".remark")).to_contain_text("Қай мектептер туралы?")
    akimat.fill("[name=answer]", "Үш ауылдағы мектептер")
    akimat.click("button[name=save]")
    submit(akimat, 2)
    authority.goto(LIST)
    expect(authority.locator(".remark").last).to_contain_text("Үш ауылдағы мектептер")
    authority.goto(f"{LIST}accept/")
    authority.click("form.act-form button.btn-primary")
    expect(authority.locator("main .state-accepted").first).to_be_visible()

    akimat.goto(f"{LIST}receipts/2/")
    for language, topic in (("kk", WASTE["title_kk"]), ("ru", WASTE["title_ru"])):
        for ending in ("docx", "pdf"):
            paper = download(akimat, f"a[href$='list.{language}.{ending}']", tmp_path)
            said = text_of(paper, ending)
            for words in (topic, VENUE[language], "11:00–13:00"):
                assert squeezed(words) in said
            letter = text_of(download(akimat, f"a[href$='letter.{language}.{ending}']", tmp_path), ending)
            assert "Үш" in letter  # the answer stands in the covering letter
    call_command("verify_journal")
    call_command("check_invariants")
