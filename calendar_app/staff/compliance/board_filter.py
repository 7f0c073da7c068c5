"""What the board of deadlines is asked for in its address, and the addresses that ask for something else."""

from __future__ import annotations

from collections import Counter
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
from calendar_app.labels.obligations import DutyStatus, ObligationKind
from calendar_app.queries.compliance import LONG_OVERDUE, NOBODY, DutyRow
from calendar_app.queries.obligations import EVIDENCE
from calendar_app.staff.counts import Count
from procedure.half_years import HalfYear
from regions.models import Body

Choices = list[tuple[str, str | Promise]]

ANY: Choices = [("", _("Any"))]
KINDS: Choices = [("", _("All duties")), *((kind, ObligationKind(kind).label) for kind in EVIDENCE)]
BODIES: Choices = [
    ("", _("All bodies")),
    (Body.Kind.AKIMAT, _("Akimats")),
    (Body.Kind.MINISTRY, _("Ministries")),
    (Body.Kind.AUTHORITY, _("Authorised body")),
    (Body.Kind.COMMISSION, _("Commission")),
]
STATUSES: Choices = [
    (DutyStatus.UPCOMING, DutyStatus.UPCOMING.label),
    (DutyStatus.DUE_SOON, DutyStatus.DUE_SOON.label),
    (DutyStatus.OVERDUE, DutyStatus.OVERDUE.label),
    (LONG_OVERDUE, _("Long overdue")),
    (DutyStatus.MET, DutyStatus.MET.label),
    (DutyStatus.LATE, DutyStatus.LATE.label),
    (DutyStatus.MISSED, DutyStatus.MISSED.label),
]
REMINDERS: Choices = [*ANY, (NOBODY, _("Nobody to remind"))]
ORDERS: Choices = [("", _("By duty")), ("urgency", _("By urgency")), ("days_late", _("By days late"))]
NARROWING = ("kind", "bodies", "status", "remind")
# Those that a count replaces: the others are kept with it.
COUNTED = ("status", "remind")


class ComplianceFilter(forms.Form):
    """The filters of the board; a value that is not offered is a 400 with a sentence."""

    half_year = forms.ChoiceField(label=_("Half-year"), required=False)
    kind = forms.ChoiceField(label=_("Duty"), choices=KINDS, required=False)
    bodies = forms.ChoiceField(label=_("Bodies"), choices=BODIES, required=False)
    status = forms.ChoiceField(label=_("State"), choices=[("", _("All states")), *STATUSES], required=False)
    remind = forms.ChoiceField(label=_("Reminders"), choices=REMINDERS, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=ORDERS, required=False)
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
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.widget.attrs["class"] = "form-select"

    @property
    def asked(self) -> dict[str, str]:
        """The fields that ask for something, as they stand in an address; of a valid form."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def keeps(self, row: DutyRow) -> bool:
        """Whether the row is what the lists ask for; the search is a matter of reading."""
        return {self.cleaned_data[name] for name in NARROWING} - {""} <= row.kinds

    def in_order(self, rows: Sequence[DutyRow]) -> list[DutyRow]:
        """Rows in the order asked for; equal ones stay as they were read."""
        if self.asked.get("sort") == "urgency":
            return sorted(rows, key=lambda row: (not row.is_owed, *by_urgency(row)))
        if self.asked.get("sort") == "days_late":
            return sorted(rows, key=lambda row: -row.days_late)
        return list(rows)

    def in_words(self) -> list[str]:
        """The filters that narrow the board, for the head of a file."""
        found = [f"{self.fields['q'].label}: {self.asked['q']}"] if "q" in self.asked else []
        for name in NARROWING:
            field: Any = self.fields[name]
            if name in self.asked:
                found.append(str(dict(field.choices)[self.asked[name]]))
        return found

    @property
    def narrowing_codes(self) -> list[str]:
        """The filters for the name of a file; what was searched for stays out of it."""
        search = ["search"] if "q" in self.asked else []
        return search + [self.asked[name] for name in NARROWING if name in self.asked]


def by_urgency(row: DutyRow) -> tuple[bool, float]:
    """What is due first comes first; what has no term comes last."""
    return row.duty.due is None, row.duty.due.timestamp() if row.duty.due else 0.0


def counts(rows: Sequence[DutyRow], asked: Mapping[str, str]) -> list[Count]:
    """Of the rows of a half-year that the search and the other filters found."""
    numbers = Counter(kind for row in rows for kind in row.kinds)
    kept = {name: value for name, value in asked.items() if name not in COUNTED}
    chosen = {name: value for name, value in asked.items() if name in COUNTED}
    board = board_url({})
    found = [Count("all", _("All"), len(rows), _with(board, kept), not chosen)]
    for field, kind, label in [*(("status", *one) for one in STATUSES), ("remind", *REMINDERS[-1])]:
        choice = {field: str(kind)}
        found.append(Count(str(kind), label, numbers[kind], _with(board, kept | choice), chosen == choice))
    return found


def board_url(asked: Mapping[str, str], route: str = "staff:compliance") -> str:
    """The board, or a file of it, with these filters."""
    return _with(reverse(route), asked)


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}?{urlencode(asked)}" if asked else address
