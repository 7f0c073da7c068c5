"""The public home: what the portal is and how the half-year in preparation goes."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from base.clock import now
from base.decorators import PUBLIC, public_page
from base.wording import length
from calendar_app.models import RuleSet
from calendar_app.public import drawn
from calendar_app.queries import meetings as queries
from calendar_app.queries import published
from procedure.deadlines import Due, calendar_submission_due, topic_list_due
from procedure.half_years import HalfYear
from procedure.moments import day_of
from procedure.rule_sets import DEFAULT_CODE, known_rule_sets, parse_rule_set
from procedure.rule_sets import RuleSet as Rules
from procedure.workdays import Workdays
from regions import workdays

# How many of the next meetings the home page shows.
NEXT = 5


class Preparation(NamedTuple):
    """The half-year in preparation, its dates, and two terms in words (procedure, section 2)."""

    half_year: HalfYear
    topic_lists: Due
    submission: Due
    announcement: str
    results: str


@require_safe
@login_not_required
def choose_language(request: HttpRequest) -> HttpResponse:
    """Lead from `/` to a language: of the cookie, else the one the browser asks for, else Kazakh."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        response = HttpResponseRedirect(reverse("public:home"))
    patch_vary_headers(response, ("Cookie", "Accept-Language"))
    patch_cache_control(response, private=True)
    return response


choose_language.access = PUBLIC  # type: ignore[attr-defined]


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """The next meetings, and the procedure in five steps with the dates of the half-year in preparation."""
    moment = now()
    today = day_of(moment)
    coming = queries.shown(moment, {"from": today}).filter(cancelled=False)
    rows = published.rows(coming, most=NEXT)
    context = {
        "meetings": drawn.meetings(rows, "h3") if rows else "",
        "preparation": preparation(moment, rules_in_force(today), workdays.current()),
    }
    return render(request, "public/home.html", context)


def preparation(moment: datetime, rules: Rules, days: Workdays) -> Preparation:
    """The half-year whose calendar is being made: the running one until its calendar is due, then the next."""
    running = HalfYear.of(day_of(moment))
    late = calendar_submission_due(running, rules, days).is_late(moment)
    half_year = running.next if late else running
    return Preparation(
        half_year,
        topic_list_due(half_year, rules, days),
        calendar_submission_due(half_year, rules, days),
        length(rules.terms["announcement"].days, rules.terms["announcement"].unit),
        length(rules.terms["report"].days, rules.terms["report"].unit),
    )


def rules_in_force(day: date) -> Rules:
    """The rule set in force on the day; the one shipped as the default before any was put into force."""
    try:
        return RuleSet.objects.in_force_on(day).rules
    except RuleSet.DoesNotExist:
        return parse_rule_set(known_rule_sets()[DEFAULT_CODE])
