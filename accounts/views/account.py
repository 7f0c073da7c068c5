"""One's own account: memberships, language, password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import language
from accounts.access import person, signed_in
from accounts.forms import DigestForm, LanguageForm, NewPasswordForm
from accounts.gates import PASSWORD, SECOND_FACTOR, open_before
from accounts.transitions import users as acts
from accounts.views.sign_in import safe_next
from base import clock


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD"])
def account(request: HttpRequest) -> HttpResponse:
    """What the portal knows about the person, and what they can change."""
    return _account(request, LanguageForm(initial={"language": person(request).language}))


@signed_in
@open_before(SECOND_FACTOR, PASSWORD)
@never_cache
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Store the language with the account and in the cookie, and show the account in it."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return _account(request, form)
    chosen = form.cleaned_data["language"]
    acts.choose_language(user=person(request), language=chosen, now=clock.now())
    with translation.override(chosen):
        return language.remember(redirect(reverse("accounts:account")), chosen)


@signed_in
@never_cache
@require_POST
def choose_digest(request: HttpRequest) -> HttpResponse:
    """Take a daily digest instead of single reminders, or single reminders again."""
    form = DigestForm(request.POST)
    form.full_clean()
    acts.choose_daily_digest(
        user=person(request), daily_digest=form.cleaned_data["daily_digest"], now=clock.now()
    )
    messages.success(request, _("Your choice of reminders is saved."))
    return redirect("accounts:account")


@signed_in
@open_before(PASSWORD)
@never_cache
@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose a new password; all other sessions end."""
    user = person(request)
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        acts.change_password(user=user, password=form.cleaned_data["new_password1"], now=clock.now())
        update_session_auth_hash(request, user)
        messages.success(request, _("Your password has been changed. Other sessions have ended."))
        return redirect(safe_next(request))
    context = {"form": form, "next": safe_next(request), "must_change": user.must_change_password}
    return render(request, "accounts/password.html", context, status=422 if form.is_bound else 200)


def _account(request: HttpRequest, form: LanguageForm) -> HttpResponse:
    context = {
        "form": form,
        "digest": DigestForm(initial={"daily_digest": person(request).daily_digest}),
        "memberships": person(request).held(clock.today()),
        "second_factor_required": settings.SECOND_FACTOR_REQUIRED,
    }
    return render(request, "accounts/account.html", context, status=422 if form.is_bound else 200)
