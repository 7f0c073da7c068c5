"""One meeting by its permanent number: a page, and a file for calendar programs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import http_date

from base.clock import now
from base.dates import current_language
from base.decorators import public_page
from calendar_app.models import PlannedTopic
from calendar_app.public import icalendar
from calendar_app.public.home import rules_in_force
from calendar_app.public.structured_data import event_script
from calendar_app.queries import meetings as queries
from calendar_app.queries import published
from calendar_app.queries.published import PublicMeeting
from procedure.deadlines import results_due
from procedure.moments import day_of
from regions import workdays


@public_page
def meeting(request: HttpRequest, number: str) -> HttpResponse:
    """What an announcement says: what, when, where, who comes, how to ask; 404 while it is not public."""
    row = _found(number)
    day = day_of(row.starts)
    context = {
        "row": row,
        "topics": list(PlannedTopic.objects.filter(planned=row.pk)),
        "results_day": results_due("report", day, rules_in_force(day), workdays.current()).last_day,
        "event": event_script(row, current_language()),
    }
    return _dated(render(request, "public/meeting.html", context), row)


@public_page
def meeting_ics(request: HttpRequest, number: str) -> HttpResponse:
    """One meeting for a calendar program."""
    row = _found(number)
    text = icalendar.calendar([row], current_language())
    response = HttpResponse(text, content_type=icalendar.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="meeting-{number}.ics"'
    return _dated(response, row)


def _found(number: str) -> PublicMeeting:
    rows = published.rows(queries.shown(now()).filter(meeting__number=number))
    if not rows:
        raise Http404
    return rows[0]


def _dated(response: HttpResponse, row: PublicMeeting) -> HttpResponse:
    response["Last-Modified"] = http_date(row.modified_at.timestamp())
    return response
