"""Checking a certificate of compliance by its number. Search engines are asked to leave it alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from base.dates import current_language
from base.decorators import public_page
from calendar_app.documents import certificates as documents
from calendar_app.models import Certificate

# What people type or copy in place of a hyphen.
DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
LONGEST = 60


@public_page
def check(request: HttpRequest) -> HttpResponse:
    """A form for the number, and the certificate that bears it; 404 with a sentence if none does."""
    asked = request.GET.get("number", "")[:LONGEST].replace("\x00", "")
    number = "".join(asked.translate(DASHES).split()).upper().removeprefix("№")
    found = Certificate.objects.filter(number=number).first() if number else None
    language = "ru" if current_language() == "ru" else "kk"
    context = {
        "asked": asked,
        "certificate": found,
        "paper": documents.paper(found, language) if found else None,
        "paper_language": language,
        "unknown": bool(number) and found is None,
    }
    response = render(request, "public/certificates.html", context, status=404 if context["unknown"] else 200)
    response["X-Robots-Tag"] = "noindex"
    return response
