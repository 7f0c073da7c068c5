"""What the board is asked for in its address, and the addresses that ask for something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from base.dates import half_year_name
from base.forms import ShortText
from calendar_app.labels.topic_lists import BOARD_STATES
from calendar_app.queries import topic_lists as queries
from calendar_app.queries.topic_lists import Standing
from calendar_app.staff.counts import Count
from procedure.half_years import HalfYear

MARKS: list[tuple[str, str | Promise]] = [
    (queries.OVERDUE, _("Overdue")),
    (queries.LATE, _("Came late")),
]
REMINDERS: list[tuple[str, str | Promise]] = [(queries.NOBODY, _("Nobody to remind"))]
ORDERS: list[tuple[str, str | Promise]] = [
    ("", _("Alphabetical")),
    ("days_left", _("By days left")),
    ("submitted", _("By time of submission")),
]
# The field by which a count narrows the board to what it counted.
FIELD_OF = {
    **{state: "state" for state, label in BOARD_STATES},
    **{mark: "timing" for mark, label in MARKS},
    queries.NOBODY: "remind",
}
# Those of them that a count replaces; the half-year, the search and the order are kept.
NARROWING = ("state", "timing", "remind")


def _one_of(label: str | Promise, choices: Iterable[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,  # type: ignore[arg-type]
        choices=list(choices),
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )


class BoardFilter(forms.Form):
    """The filters of the board; a value that is not offered is a 400 with a sentence."""

    half_year = _one_of(_("Half-year"), [])
    state = _one_of(_("State"), [("", _("All states")), *BOARD_STATES])
    timing = _one_of(_("Term"), [("", _("Any")), *MARKS])
    remind = _one_of(_("Reminders"), [("", _("Any")), *REMINDERS])
    sort = _one_of(_("Order"), ORDERS)
    q = ShortText(
        label=_("Search by name"),
        limit=200,
        required=False,
        widget=forms.SearchInput(attrs={"class": "form-control"}),
    )

    def __init__(self, data: Mapping[str, Any], half_years: Iterable[HalfYear]) -> None:
        super().__init__(data)
        offered: Any = self.fields["half_year"]
        offered.choices = [(one.code, capfirst(half_year_name(one))) for one in half_years]

    @property
    def asked(self) -> dict[str, str]:
        """The fields that ask for something, as they stand in an address; of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def keeps(self, row: Standing) -> bool:
        """Whether the row is what state, term and reminders ask for."""
        return {self.cleaned_data[name] for name in NARROWING} - {""} <= row.kinds

    @property
    def narrowing_codes(self) -> list[str]:
        """The filters that narrow the board, for the name of a file; what was searched for stays out of it."""
        search = ["search"] if "q" in self.asked else []
        return search + [self.asked[name] for name in NARROWING if name in self.asked]

    def in_words(self) -> list[str]:
        """The filters that narrow the board, for the head of a file."""
        words = [f"{self.fields['q'].label}: {self.asked['q']}"] if "q" in self.asked else []
        for name in NARROWING:
            field: Any = self.fields[name]
            if name in self.asked:
                words.append(str(dict(field.choices)[self.asked[name]]))
        return words

    def in_order(self, rows: Sequence[Standing]) -> list[Standing]:
        """Rows read alphabetically, in the order asked for; equal ones stay alphabetical."""
        if self.asked.get("sort") == "days_left":
            return sorted(rows, key=lambda row: (row.days_left is None, row.days_left or 0))
        if self.asked.get("sort") == "submitted":
            return sorted(rows, key=lambda row: (row.submitted_at is None, row.submitted_at or row.now))
        return list(rows)


def counts(rows: Sequence[Standing], asked: Mapping[str, str]) -> list[Count]:
    """Of the rows of a half-year, those found by the search if there was one."""
    numbers = queries.board_counts(rows)
    kept = {name: value for name, value in asked.items() if name not in NARROWING}
    narrowed = {name: value for name, value in asked.items() if name in NARROWING}
    board = board_url({})
    found = [Count("all", _("All"), len(rows), _with(board, kept), not narrowed)]
    for kind, label in [*BOARD_STATES, *MARKS, *REMINDERS]:
        choice = {FIELD_OF[kind]: kind}
        found.append(Count(kind, label, numbers[kind], _with(board, kept | choice), narrowed == choice))  # type: ignore[arg-type]
    return found


def board_url(asked: Mapping[str, str], route: str = "staff:board") -> str:
    """The board, or a file of it, with these filters."""
    return _with(reverse(route), asked)


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(asked)}" if asked else address
