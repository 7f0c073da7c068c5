"""Papers of the commission as files: packet, page of changes, protocol, calendar with the stamp."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from calendar_app.documents import session_sources
from calendar_app.documents.session_papers import SessionPaper
from calendar_app.models import Session
from calendar_app.staff.commission.screens import find


@require_safe
@requires(Permission.SESSION_READ)
def of_session(request: StaffRequest, pk: int, paper: SessionPaper) -> HttpResponse:
    """A paper of the session as it stands: a draft before it is closed."""
    return file(paper, find(pk))


def file(paper: SessionPaper, session: Session) -> HttpResponse:
    """The paper as an answer, to be shown or kept."""
    source = session_sources.of_session(session)
    response = HttpResponse(paper.written(source), content_type=paper.content_type)
    way = "inline" if paper.ending == "pdf" else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{paper.file_name(source)}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
