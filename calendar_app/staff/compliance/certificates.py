"""Certificates of compliance: the page of one and its files."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.shortcuts import render as rendered
from django.views.decorators.http import require_safe

from accounts.access import StaffRequest, requires
from accounts.permissions import Permission
from base.clock import today
from base.dates import current_language
from calendar_app.documents import certificates as documents
from calendar_app.documents.files import CONTENT_TYPES
from calendar_app.models import Certificate
from procedure.half_years import HalfYear


@require_safe
@requires(Permission.STAFF_HOME)
def certificate(request: StaffRequest, number: str) -> HttpResponse:
    """The certificate as it was issued, with its files and the address where anybody checks it."""
    one = _find(request, number)
    language = "ru" if current_language() == "ru" else "kk"
    context: dict[str, Any] = {
        "certificate": one,
        "paper": documents.paper(one, language),
        "paper_language": language,
        "files": [(code, ending) for code in documents.LANGUAGES for ending in documents.ENDINGS],
        "check_url": documents.check_url(one.number, current_language()),
    }
    return rendered(request, "calendar_app/staff/compliance/certificate.html", context)


@require_safe
@requires(Permission.STAFF_HOME)
def file(request: StaffRequest, number: str, language: str, ending: str) -> HttpResponse:
    """The certificate as DOCX or PDF, in Kazakh or Russian; the same bytes each time."""
    one = _find(request, number)
    written = documents.WRITERS[ending](documents.paper(one, language))
    response = HttpResponse(written, content_type=CONTENT_TYPES[ending])
    name = f"{'demo-' if settings.DEMO else ''}{one.number}-{language}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def of_body(body: str, half_year: HalfYear) -> list[Certificate]:
    """Those of a body and a half-year, the newest first."""
    found = Certificate.objects.filter(body=body, half_year=half_year.code)
    return list(found.defer("content"))


def _find(request: StaffRequest, number: str) -> Certificate:
    day: date = today()
    bodies = request.user.bodies_with(Permission.DUTIES_READ, on=day)
    return get_object_or_404(Certificate.objects.filter(body__in=bodies), number=number)
