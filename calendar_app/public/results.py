"""Results of meetings: the page that they are published on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from base.clock import now
from base.decorators import public_page
from base.wording import length
from calendar_app.public.home import rules_in_force
from procedure.moments import day_of


@public_page
def results(request: HttpRequest) -> HttpResponse:
    """What is published after a meeting and by when; the way to the meetings that have been."""
    day = day_of(now())
    term = rules_in_force(day).terms["report"]
    return render(request, "public/results.html", {"term": length(term.days, term.unit), "today": day})
