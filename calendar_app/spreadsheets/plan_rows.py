"""Rows of a table of the plan as a set of changes, and everything that is wrong with them, by row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from base.texts import tidied
from calendar_app.models import CalendarVersion, PlannedMeeting
from calendar_app.queries.calendar_changes import rows_of
from calendar_app.queries.plan_edits import kept_edit, values_of
from calendar_app.spreadsheets.plan_choices import PlanChoices
from calendar_app.spreadsheets.sheets import Found
from calendar_app.transitions.meetings import Known
from procedure.meeting_plans import MeetingDraft
from procedure.plan_edits import FIELDS, Edit, edit_of, mark_of, plan_draft, read_plan_key
from procedure.problems import Problem

LIMITS = dict.fromkeys(("subject_kk", "subject_ru", "venue_kk", "venue_ru"), 300) | {
    "contact_person": 200, "contact_phone": 60, "trip": 60, "online_url": 200, "note_kk": 2000,
    "note_ru": 2000, "removal": 4000,
}  # fmt: skip
LINES = ("note_kk", "note_ru", "removal")
# What a meeting cannot be without; the first two of a new one are taken for granted, as in the form.
GRANTED = {"kind": "head", "mode": "in_person", "languages": "kk_ru"}
NEEDED = ("bodies", "day", "starts", "ends", "place", *GRANTED)
UNKNOWN = {"day": "cell_no_day", "starts": "cell_no_clock", "ends": "cell_no_clock"}
# What the child leaves in a cell that it has noted already.
UNREADABLE = "?"
_is_address = URLValidator(schemes=["http", "https"])
Note = Callable[..., None]


class PlanReader:
    """Reads the rows of tables against one plan; two queries for the choices, a few for the plan."""

    def __init__(self, version: CalendarVersion) -> None:
        self.version = version
        self.choices = PlanChoices(version)
        rows = [one for one in rows_of(version) if not one.cancelled]
        self.planned: dict[int, PlannedMeeting] = {one.meeting_id: one for one in rows}

    def rows(self, found: Found) -> tuple[list[dict[str, Any]], list[Problem]]:
        """Every row as an edit, as JSON keeps it, and what is wrong."""
        problems, edits, seen = list(found.problems), [], set()
        for row in found.rows:
            wrong: list[Problem] = []
            edit = self._edit(row, found.columns[row["sheet"]], _noting(row, found, wrong))
            if edit and edit.meeting in seen:
                wrong.append(_at(row, found, "row_named_twice", "key"))
            if edit:
                seen.update({edit.meeting} - {0})
                edits.append((row, edit))
            problems += wrong
        problems += [] if problems else self._problems_of_drafts(edits, found)
        return [kept_edit(edit) for _row, edit in edits], problems

    def _edit(self, row: Mapping[str, Any], letters: Mapping[str, str], note: Note) -> Edit | None:
        """The edit of a row; None if its key is damaged, of another plan, or of nothing."""
        cells = {name: _tidied(name, row["cells"].get(name, "")) for name in letters}
        if not any(text for name, text in cells.items() if name not in ("key", "number")):
            if cells.get("key"):
                note("plan_row_emptied", "key")
            return None
        if not cells["key"]:
            return self._added(cells, row["row"], note)
        key = read_plan_key(cells["key"])
        if key is None or key[0] != self.version.pk:
            note("plan_key_damaged" if key is None else "row_of_another_plan", "key")
            return None
        _plan, meeting, marks = key
        values = self._values(cells, self.planned.get(meeting), note)
        edit = edit_of(meeting, values, marks, removal=cells.get("removal", ""), row=row["row"])
        return self._in_its_hall(edit)

    def _added(self, cells: Mapping[str, str], row: int, note: Note) -> Edit:
        """A row without a key is a new meeting."""
        said = {**cells, **{name: cells.get(name) or text for name, text in GRANTED.items()}}
        values = dict.fromkeys(FIELDS, "") | self._values(said, None, note)
        for name in ("day", "starts", "ends"):
            if name not in cells:
                note("cell_needed", "key")
        if not values["place"] and values["hall"]:
            values["place"] = self.choices.halls[values["hall"]].territory_id
        if cells.get("removal"):
            note("new_row_removed", "removal")
        return Edit(0, values, row=row)

    def _values(self, cells: Mapping[str, str], planned: PlannedMeeting | None, note: Note) -> dict[str, str]:
        """The cells as texts of a set. What says what the plan says is not looked up: names may have ended."""
        now = values_of(planned) if planned else {}
        said = self.choices.said(planned) if planned else {}
        values = {}
        for name in FIELDS:
            if name not in cells:
                continue
            text = cells[name]
            if planned and text in (_tidied(name, str(said[name])), _tidied(name, now[name])):
                values[name] = now[name]
                continue
            value = self._value(name, text, bool(planned), cells, note)
            values[name] = "" if value is None else value
        return values

    def _value(self, name: str, text: str, known: bool, cells: Mapping[str, str], note: Note) -> str | None:
        if not text:
            follows = name == "place" and cells.get("hall")
            if name in NEEDED and not follows:
                note("cell_needed", name)
            return ""
        if text == UNREADABLE:
            return ""
        limit = LIMITS.get(name)
        if limit and len(text) > limit:
            note("cell_too_long", name, length=len(text), limit=limit)
        if name == "online_url":
            _check_address(text, note)
        value = self.choices.value_of(name, text)
        if value is None:
            note(UNKNOWN.get(name, "cell_unknown"), name, value=text[:80])
        elif name == "day" and not self.version.period.holds(date.fromisoformat(value)):
            note("day_outside_half_year", name, half_year=self.version.half_year)
        return value

    def _in_its_hall(self, edit: Edit) -> Edit:
        """Who chooses another hall need not write its place: it follows, if the place was left as it was."""
        hall = self.choices.halls.get(edit.values.get("hall", ""))
        planned = self.planned.get(edit.meeting)
        if (
            hall is None
            or planned is None
            or edit.values.get("place")
            or hall.territory_id == planned.place_id
        ):
            return edit
        marks = {"place": mark_of(planned.place_id), **edit.marks}
        return replace(edit, values={**edit.values, "place": hall.territory_id}, marks=marks)

    def _problems_of_drafts(
        self, edits: Sequence[tuple[Mapping[str, Any], Edit]], found: Found
    ) -> Iterator[Problem]:
        """What is wrong with the meetings as they would be; asked once every cell is understood."""
        drafts: list[tuple[Mapping[str, Any], MeetingDraft, int | None]] = []
        for row, edit in edits:
            planned = self.planned.get(edit.meeting)
            if edit.removal or (edit.meeting and planned is None) or edit.is_empty:
                continue
            now = values_of(planned) if planned else {}
            drafts.append((row, plan_draft({**now, **edit.values}), planned.pk if planned else None))
        known = Known(self.version, [draft for _row, draft, _pk in drafts])
        for row, draft, pk in drafts:
            for one in known.problems_of(draft, pk):
                yield _at(row, found, one.code, one.field, **one.params)


def _noting(row: Mapping[str, Any], found: Found, wrong: list[Problem]) -> Note:
    def note(code: str, column: str, **params: object) -> None:
        wrong.append(_at(row, found, code, column, **params))

    return note


def _at(row: Mapping[str, Any], found: Found, code: str, column: str, **params: object) -> Problem:
    letter = found.columns[row["sheet"]].get(column, "")
    return Problem(code, {**params, "sheet": row["sheet"], "row": row["row"], "column": letter})


def _tidied(name: str, text: str) -> str:
    return tidied(text, lines=name in LINES)


def _check_address(text: str, note: Note) -> None:
    try:
        _is_address(text)
    except ValidationError:
        note("cell_no_address", "online_url")
