"""Materials by a personal link, without a password: one button, then the page and the packet."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person
from base.clock import now
from base.decorators import PUBLIC
from base.errors import Refused
from base.wording import sentence
from calendar_app.documents.session_papers import SessionPaper
from calendar_app.queries import calendar_changes as queries
from calendar_app.staff.calendar_versions.screens import shown
from calendar_app.staff.commission.documents import file
from calendar_app.transitions import reading_links

COOKIE = "reading"
FOLDER = "calendar_app/staff/commission"
# Opened without having been opened in this browser before: the page with the button.
NOT_OPENED = "reading_link_not_opened"
STATUS = {"reading_link_unknown": 404, "reading_link_personal": 403}
GONE = 410

View = Callable[..., HttpResponseBase]


def by_link(view: View) -> View:
    """A page that a link opens: nobody has to sign in, nothing is kept, no address of it is passed on."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **options)
        except Refused as refusal:
            response = _closed(request, refusal)
        response["Cache-Control"] = "no-store"
        # Not "no-referrer": with it browsers send the button's form without an origin, which is refused.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    opened = login_not_required(guarded)
    opened.access = PUBLIC  # type: ignore[attr-defined]
    return opened


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def reading(request: HttpRequest, token: str) -> HttpResponse:
    """A button first, so that a mail program that looks at links opens nothing; then the materials."""
    if request.method == "POST":
        return _opened(request, token)
    link = reading_links.reading(token=token, browser=request.COOKIES.get(COOKIE, ""), now=now())
    context = shown(queries.one_page(link.session.version)) | {"session": link.session, "token": token}
    return render(request, f"{FOLDER}/reading.html", context)


@by_link
@require_safe
def packet(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """The packet, in a browser in which the link was opened."""
    paper = SessionPaper("packet", language, "pdf")
    browser = request.COOKIES.get(COOKIE, "")
    link = reading_links.reading(token=token, browser=browser, now=now(), file=str(paper))
    return file(paper, link.session)


def _opened(request: HttpRequest, token: str) -> HttpResponse:
    """Open the link in this browser, which is recognised by a mark from now on."""
    browser = request.COOKIES.get(COOKIE, "") or secrets.token_urlsafe(24)
    reader = person(request) if request.user.is_authenticated else None
    reading_links.open_(token=token, browser=browser, reader=reader, now=now())
    response = redirect(request.path)
    response.set_cookie(
        COOKIE,
        browser,
        max_age=60 * 60 * 24 * 30,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _closed(request: HttpRequest, refusal: Refused) -> HttpResponse:
    problem = refusal.problems[0]
    if problem.code == NOT_OPENED:
        return render(request, f"{FOLDER}/reading_button.html")
    context = {"words": sentence(problem)}
    return render(request, f"{FOLDER}/reading_closed.html", context, status=STATUS.get(problem.code, GONE))
