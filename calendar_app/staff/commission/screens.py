"""Screens of the commission that are read: what is asked of whom, and one session."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from calendar_app.documents.session_papers import ALL
from calendar_app.labels.calendars import VersionState
from calendar_app.labels.commission import SessionState
from calendar_app.models import CalendarVersion, Session
from calendar_app.queries import commission as queries

# Sessions that are over are looked up rarely: the latest are enough, the rest hangs on its version.
PAST = 20


@require_safe
@requires(Permission.SESSION_READ)
def desk(request: StaffRequest) -> HttpResponse:
    """First what is asked of the person and by when; then calendars without a session, then what was decided."""
    waiting = CalendarVersion.objects.select_related("calendar").filter(state=VersionState.SUBMITTED)
    past = Session.objects.exclude(pk__in=Session.objects.running()).select_related("version__calendar")
    context = {
        "asked": queries.asked(request.user, today()),
        "waiting": waiting.exclude(sessions__in=Session.objects.running()),
        "past": past.order_by("-held_at")[:PAST],
        "today": today(),
    }
    return render(request, "calendar_app/staff/commission/desk.html", context)


@require_safe
@requires(Permission.SESSION_READ)
def session(request: StaffRequest, pk: int) -> HttpResponse:
    """One session: what is asked, its papers, who voted, what was decided."""
    one = find(pk)
    closed = one.state == SessionState.CLOSED
    asked = queries.asked(request.user, today()) if not closed else []
    context = {
        "session": one,
        "version": one.version,
        "asked": next((row for row in asked if row.session == one), None),
        # How others vote is nobody's business before the roll is fixed.
        "votes": list(one.votes.select_related("member", "entered_by")) if closed else [],
        "roll": list(one.roll.select_related("member")),
        "links": one.reading_links.filter(replaced_at=None),
        "papers": ALL,
    }
    return render(request, "calendar_app/staff/commission/session.html", context)


def find(pk: int) -> Session:
    """The session; 404 if there is none."""
    known = Session.objects.select_related("version__calendar__rule_set", "rule_set", "closed_by")
    return get_object_or_404(known, pk=pk)
