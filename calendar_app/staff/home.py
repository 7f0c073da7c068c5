"""The staff home: what I owe and by when."""

from __future__ import annotations

from datetime import date

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import now, today
from calendar_app import terms
from calendar_app.models import LeftOutTopic, Review
from calendar_app.queries import topic_lists as queries
from calendar_app.queries.topic_lists import Standing
from calendar_app.staff.counts import drawn as drawn_counts
from calendar_app.staff.own_work import own_work
from calendar_app.staff.topic_lists.board_filter import counts
from regions.models import Body


@require_safe
@requires(Permission.STAFF_HOME)
def home(request: StaffRequest) -> HttpResponse:
    """What one's bodies owe, the most urgent first; then one's own lists, and the desk of reviews."""
    moment, day = now(), today()
    current, coming = terms.half_years_open_for_lists(day)
    context: dict[str, object] = {"half_year": coming, "today": day}
    mine: list[Standing] = []
    every: list[Standing] = []
    if request.user.may(Permission.TOPIC_LIST_BOARD, on=day):
        # Late lists of the half-year that runs come first: their calendar is due soonest.
        every = queries.standings(queries.akimats(day), [current, coming], moment)
        rows = [row for row in every if row.half_year == coming]
        context["counts"] = drawn_counts(counts(rows, {"half_year": coming.code}))
        context["waiting"] = queries.waiting_for_review(every)
        context["board_term"] = queries.first_term(coming, rows, day)
    # Somebody may belong to an akimat and to the authorised body: then both desks are theirs.
    if own := _own_akimats(request, day):
        rows = queries.standings(own, [coming, current], moment)
        # Of the half-year that runs only what is still owed is of interest.
        context["rows"] = mine = [row for row in rows if row.half_year == coming or row.is_owed]
        context["left_out"] = _left_out(mine)
    context["duty_bodies"] = _bodies_with_duties(request, day)
    context["tasks"] = own_work(request.user, mine, every, moment)
    return render(request, "calendar_app/staff/home.html", context)


def _left_out(rows: list[Standing]) -> dict[int, int]:
    """By accepted list, how many of its topics were left out when it was accepted."""
    accepted = [row.topic_list.pk for row in rows if row.topic_list and row.state == "accepted"]
    if not accepted:
        return {}
    last = Review.objects.filter(submission__topic_list__in=accepted).order_by(
        "submission__topic_list_id", "-submission__number", "-at", "-pk"
    )
    latest = last.distinct("submission__topic_list_id").values_list("pk", flat=True)
    counted = LeftOutTopic.objects.filter(review__in=list(latest)).values_list(
        "review__submission__topic_list"
    )
    return dict(counted.order_by().annotate(Count("pk")))


def _bodies_with_duties(request: StaffRequest, day: date) -> list[Body]:
    """The bodies of the person's own roles whose half-year they may look at, each once."""
    held = [one.body for one in request.user.held(day) if one.grants(Permission.DUTIES_READ)]
    found = {body.pk: body for body in held if body.kind != Body.Kind.OVERSIGHT}
    return list(found.values())


def _own_akimats(request: StaffRequest, day: date) -> list[Body]:
    """Akimats for which the person writes; a role that reaches every body makes none of them one's own."""
    held = {one.body_id for one in request.user.held(day) if one.grants(Permission.TOPIC_LIST_WRITE)}
    return list(Body.objects.akimats().filter(pk__in=held)) if held else []
