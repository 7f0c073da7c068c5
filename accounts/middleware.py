"""The rules that every signed-in request passes before its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from accounts import second_factor, sessions
from accounts.access import person
from accounts.gates import PASSWORD, SECOND_FACTOR, opens_before
from base import clock

View = Callable[..., HttpResponseBase]


class SignInRequired(LoginRequiredMiddleware):
    """Every page needs a sign-in unless it says otherwise.

    Django's own asks who the person is before it looks at the page, which reads the session and makes
    public pages vary by cookie; here the page is looked at first.
    """

    def process_view(
        self, request: HttpRequest, view_func: View, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        if request.user.is_authenticated or request.method in ("GET", "HEAD"):
            return super().process_view(request, view_func, view_args, view_kwargs)
        return redirect_to_login(way_back(request))


class SessionRules:
    """Ends sessions that are over, and leads to the second factor and to a new password when they are due.

    Pages that need no sign-in pass untouched: they read no session and set no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        # A session of somebody who may no longer sign in must not come alive again later.
        if request.session.accessed and SESSION_KEY in request.session and not request.user.is_authenticated:
            request.session.flush()
        # A page made for one person is kept by nobody's cache, and asked for anew after Back or sign-out.
        if request.session.accessed and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not getattr(view, "login_required", True) or not request.user.is_authenticated:
            return None
        if sessions.is_over(request.session):
            return _session_over(request)
        if not person(request).held(clock.today()):
            return _no_membership(request)
        sessions.touch(request)
        return _gate(request, view)


def way_back(request: HttpRequest) -> str:
    """The page to come back to after signing in: of a form that was sent, the page it stood on."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() and page.path else reverse("staff:home")


def _session_over(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.info(request, _("Your session has ended. Please sign in again."))
    return redirect_to_login(way_back(request))


def _no_membership(request: HttpRequest) -> HttpResponse:
    logout(request)
    return render(request, "accounts/no_membership.html", status=403)


def _gate(request: HttpRequest, view: View) -> HttpResponse | None:
    """A redirect to what has to be done first, or None when the way is free."""
    if name := _second_factor_page(request):
        return None if opens_before(view, SECOND_FACTOR) else _first(request, name)
    if person(request).must_change_password and not opens_before(view, PASSWORD):
        return _first(request, "accounts:password")
    return None


def _second_factor_page(request: HttpRequest) -> str | None:
    """Name of the page that asks for the second factor or sets it up; None when neither is needed."""
    user = person(request)
    if user.is_verified():
        return None
    if settings.SECOND_FACTOR_REQUIRED:
        is_on = second_factor.is_on(user)
        return "accounts:second_factor_verify" if is_on else "accounts:second_factor_set_up"
    return "accounts:second_factor_verify" if request.session[sessions.HAS_SECOND_FACTOR] else None


def _first(request: HttpRequest, name: str) -> HttpResponse:
    query = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    return redirect(f"{reverse(name)}?{query}" if query else reverse(name))
