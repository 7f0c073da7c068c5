"""Tables of a plan as planners change them in Excel, and as a worker leaves them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from accounts.models import User
from base import clock
from calendar_app.models import CalendarVersion, Import
from calendar_app.spreadsheets.layouts import PLAN
from calendar_app.spreadsheets.plan_rows import PlanReader
from calendar_app.spreadsheets.plan_workbook import plan_workbook
from calendar_app.spreadsheets.sheets import read
from calendar_app.transitions import import_claims, plan_edits
from calendar_app.transitions.import_files import Upload
from tests.calendar_app import plans
from tests.calendar_app.imports.workbooks import bytes_of

COLUMNS = {column.field: number for number, column in enumerate(PLAN.columns, start=1)}


def table(version: CalendarVersion, change: Callable[[Any], object] = lambda sheet: None) -> bytes:
    """The table as it goes out, changed by somebody in Excel."""
    book = load_workbook(BytesIO(plan_workbook(version, plans.rows(version))))
    change(book[PLAN.sheet])
    return bytes_of(book)


def put(row: int, **values: object) -> Callable[[Any], None]:
    """Writes into cells of a row, by the names of their columns."""

    def change(sheet: Any) -> None:
        for name, value in values.items():
            sheet.cell(row, COLUMNS[name]).value = value

    return change


def every(*changes: Callable[[Any], object]) -> Callable[[Any], None]:
    def change(sheet: Any) -> None:
        for one in changes:
            one(sheet)

    return change


def bring(version: CalendarVersion, by: User, content: bytes) -> Import:
    """An import as a worker leaves it, without the child process: one test goes through that."""
    files = [Upload("plan.xlsx", len(content), content)]
    made = plan_edits.upload(version=version, files=files, by=by, now=clock.now())
    claimed, (file,) = import_claims.claim_next(), made.files.all()
    assert claimed == made
    rows, problems = PlanReader(version).rows(read(content, PLAN))
    import_claims.keep_file(claimed, file, rows=rows, problems=problems)
    import_claims.close(claimed)
    return Import.objects.select_related("plan__calendar").get(pk=made.pk)
