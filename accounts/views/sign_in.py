"""Signing in and out."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import language, sessions
from accounts.access import person
from accounts.forms import SignInForm
from accounts.gates import PASSWORD, SECOND_FACTOR, open_before


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: `next` if it is a page of this portal, else the staff home."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    home = reverse("staff:home")
    if not is_ours or not asked.isprintable():
        return home
    leads_in_circles = urlsplit(asked).path in (reverse("accounts:login"), reverse("accounts:logout"))
    return home if leads_in_circles else asked


def in_language_of_page(target: str) -> str:
    """The same page of the portal in the language in which somebody signs in: they may have switched it."""
    first, slash, rest = target.removeprefix("/").partition("/")
    is_ours = target.startswith("/") and slash and first in dict(settings.LANGUAGES)
    return f"/{get_language()}/{rest}" if is_ours else target


@login_not_required
@never_cache
@csrf_protect
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """User name and password; django-axes answers 429 instead after too many wrong ones."""
    target = in_language_of_page(safe_next(request))
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_valid():
        login(request, form.get_user())
        sessions.begin(request)
        return language.remember(redirect(target), person(request).language)
    context = {"form": form, "next": target}
    return render(request, "accounts/sign_in.html", context, status=422 if form.is_bound else 200)


@login_not_required
@open_before(SECOND_FACTOR, PASSWORD)
@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """GET asks, POST signs out."""
    if request.method == "POST":
        logout(request)
    if not request.user.is_authenticated:
        return redirect(resolve_url("public:home"))
    return render(request, "accounts/sign_out.html")
