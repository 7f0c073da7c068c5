"""The plain board: where the 20 akimats stand with their topic lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from calendar_app import queries, terms
from calendar_app.labels import BOARD_STATES
from procedure.half_years import HalfYear
from regions.models import Body


class BoardFilter(forms.Form):
    """Half-year and state; a value that is not offered is a 400 with a sentence."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *BOARD_STATES]
    )

    def __init__(self, data: Mapping[str, Any], half_years: Iterable[HalfYear]) -> None:
        super().__init__(data)
        self.fields["half_year"] = forms.ChoiceField(
            label=_("Half-year"), required=False, choices=[(one.code, one.code) for one in half_years]
        )


@require_safe
@requires(Permission.TOPIC_LIST_BOARD)
def board(request: StaffRequest) -> HttpResponse:
    """One row per akimat, in alphabetical order of the reader's language."""
    half_years = terms.half_years_open_for_lists(today())
    form = BoardFilter(request.GET, half_years)
    if not form.is_valid():
        return render(request, "calendar_app/staff/board_bad_filter.html", {"form": form}, status=400)
    chosen = form.cleaned_data["half_year"]
    half_year = next((one for one in half_years if one.code == chosen), half_years[-1])
    akimats = Body.objects.akimats().on(today()).in_alphabetical_order(get_language())
    rows = queries.standings(list(queries.with_officers(akimats, today())), [half_year], now())
    context = {
        "form": form,
        "half_years": list(reversed(half_years)),
        "half_year": half_year,
        "counts": queries.board_counts(rows),
        "rows": [row for row in rows if form.cleaned_data["state"] in ("", row.state)],
        "term": queries.first_term(half_year, rows, today()),
        "today": today(),
    }
    return render(request, "calendar_app/staff/board.html", context)
