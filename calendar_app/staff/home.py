"""The staff home: what I owe and by when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import requires
from accounts.permissions import Permission
from base.clock import now, today
from calendar_app import queries, terms
from regions.models import Body


@require_safe
@requires(Permission.STAFF_HOME)
def home(request: HttpRequest) -> HttpResponse:
    """Lists of one's own akimats with days left; for the authorised body, what waits for review."""
    moment, day = now(), today()
    current, coming = terms.half_years_open_for_lists(day)
    context: dict[str, object] = {"half_year": coming, "today": day}
    reviews = request.user.may(Permission.TOPIC_LIST_BOARD, on=day)
    akimats = Body.objects.none() if reviews else request.user.bodies_with(Permission.TOPIC_LIST_READ, on=day).filter(kind=Body.Kind.AKIMAT)
    rows = queries.standings(akimats, coming, moment)
    context["rows"] = rows + [row for row in queries.standings(akimats, current, moment) if row.is_owed]
    if reviews:
        board = queries.standings(Body.objects.akimats().on(day), coming, moment)
        context["counts"] = queries.board_counts(board)
        context["waiting"] = [row for row in board if row.state == "submitted"]
        context["board_term"] = queries.first_term(coming, day)
    return render(request, "calendar_app/staff/home.html", context)
