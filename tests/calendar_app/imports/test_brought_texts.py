"""Translations and the last list: what comes back is taken, and nothing is overwritten unseen."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.models import User
from base.errors import Refused, Stale
from calendar_app.models import TopicList
from calendar_app.queries import imports as queries
from calendar_app.spreadsheets.choices import Choices
from calendar_app.spreadsheets.layouts import TRANSLATION
from calendar_app.spreadsheets.topic_template import topic_template
from calendar_app.spreadsheets.translation_sheet import translation_sheet
from calendar_app.transitions import imports, topic_lists
from procedure.half_years import HalfYear
from procedure.imports import mark_of
from procedure.moments import day_of
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD
from tests.calendar_app.imports import workbooks
from tests.calendar_app.imports.conftest import Bring
from tests.calendar_app.imports.test_imports import codes, titles

pytestmark = pytest.mark.django_db
DISTRICT = "Талғар ауданы"


def sheet_of(topic_list: TopicList, change: Any = lambda sheet: None, everything: bool = True) -> bytes:
    texts = queries.texts_of(topic_list, list(topic_list.topics.all()))
    book = load_workbook(BytesIO(translation_sheet(texts, everything=everything)))
    change(book[TRANSLATION.sheet])
    return workbooks.bytes_of(book)


def test_a_translation_comes_back_sorted_and_is_taken(bring: Bring, draft: TopicList, officer: User) -> None:
    draft.topics.filter(position=2).update(title_ru="")

    def translate(sheet: Any) -> None:
        assert [[one.value for one in row[1:]] for row in sheet.iter_rows(min_row=2)] == [
            ["Мектеп құрылысы", None]
        ]
        assert (sheet.column_dimensions["A"].hidden, sheet.protection.sheet) == (True, True)
        sheet["C2"] = "Строительство школы"

    batch = bring(("t.xlsx", sheet_of(draft, translate, everything=False)), kind="translation")
    found, problems = queries.translated(batch, draft, list(draft.topics.all()))
    assert ([one.after for one in found], problems) == (["Строительство школы"], [])
    chosen = {found[0].key: mark_of("")}

    imports.take_translation(batch=batch, chosen=chosen, by=officer, now=IN_TIME, version=batch.version)

    assert draft.topics.get(position=2).title_ru == "Строительство школы"


def test_a_text_that_changed_meanwhile_is_not_overwritten(
    bring: Bring, draft: TopicList, officer: User
) -> None:
    def change(sheet: Any) -> None:
        sheet["C2"] = "Вода плохая"

    batch = bring(("t.xlsx", sheet_of(draft, change)), kind="translation")
    draft.topics.filter(position=1).update(title_ru="Вода из портала")
    (one,), _problems = queries.translated(batch, draft, list(draft.topics.all()))
    assert (one.before, one.after, one.conflict) == ("Вода из портала", "Вода плохая", True)
    with pytest.raises(Stale):
        imports.take_translation(
            batch=batch,
            chosen={one.key: mark_of("Качество питьевой воды")},
            by=officer,
            now=IN_TIME,
            version=batch.version,
        )
    assert draft.topics.get(position=1).title_ru == "Вода из портала"


def test_a_damaged_key_is_named(bring: Bring, draft: TopicList) -> None:
    def change(sheet: Any) -> None:
        sheet["A2"] = "кілт"

    assert codes(bring(("t.xlsx", sheet_of(draft, change)), kind="translation")) == ["key_damaged"]


def test_the_last_list_is_brought_over_and_nothing_is_overwritten(
    draft: TopicList, officer: User, akimat: Body
) -> None:
    start = {"akimat": akimat, "by": officer, "now": IN_TIME}
    last = topic_lists.start(half_year=HalfYear(2026, 2), **start)
    last = topic_lists.save_draft(
        topic_list=last, draft=ListDraft([TopicDraft("Жол", "Дорога"), TopicDraft("Газ", "Газ")]), by=officer,
        now=IN_TIME, version=last.version,
    )  # fmt: skip
    chosen = [last.topics.get(title_kk="Газ").pk]
    words = {"topic_list": draft, "previous": last, "by": officer, "now": IN_TIME}

    assert imports.bring_over(keys=chosen, **words) == 1

    assert titles(draft) == ["Ауыз су сапасы", "Мектеп құрылысы", "Газ"]
    assert titles(last) == ["Жол", "Газ"]
    with pytest.raises(Refused):
        imports.bring_over(keys=[draft.topics.all()[0].pk], **words)
    with pytest.raises(Refused):
        imports.bring_over(keys=[], **words)


def test_the_template_cannot_act_and_prints(akimat: Body, portal: None) -> None:
    book = load_workbook(BytesIO(topic_template(akimat, PERIOD, Choices(akimat, day_of(IN_TIME)))))
    guide, table, lists = book.worksheets
    assert (lists.sheet_state, table.freeze_panes, table.page_setup.orientation) == (
        "hidden",
        "A2",
        "landscape",
    )
    assert {str(one.sqref)[0] for one in table.data_validations.dataValidation} == set("EFGH")
    assert all(
        cell.data_type != "f" for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    )
    assert guide["B1"].alignment.wrap_text
    assert len([row for row in lists.iter_rows(min_col=2, max_col=2) if row[0].value]) > 5
