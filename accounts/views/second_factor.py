"""Setting up the second factor, and showing it at sign-in."""

from __future__ import annotations

import django_otp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.models import Device

from accounts import second_factor, sessions
from accounts.access import person, signed_in
from accounts.forms import AppCodeForm, CodeForm
from accounts.gates import SECOND_FACTOR, open_before
from accounts.transitions import second_factor as acts
from accounts.views.sign_in import safe_next
from base import clock

NEW_KEY = "new_second_factor_key"


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD"])
def overview(request: HttpRequest) -> HttpResponse:
    """Whether the second factor is on, and how many recovery codes are left."""
    return _overview(request, CodeForm())


@signed_in
@open_before(SECOND_FACTOR)
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """The QR code; the first code from the app switches the second factor on and shows recovery codes."""
    user = person(request)
    if second_factor.is_on(user):
        return redirect("accounts:second_factor")
    key = request.session.setdefault(NEW_KEY, second_factor.new_key())
    form = AppCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        enrolled = acts.enrol(user=user, key=key, code=form.cleaned_data["code"], now=clock.now())
        if enrolled:
            device, codes = enrolled
            return _switched_on(request, device, codes)
        form.add_error("code", _("The code is not right. Check the time on your phone and enter a new code."))
    address = second_factor.app_address(user, key)
    context = {
        "form": form,
        "next": safe_next(request),
        "qr_image": second_factor.qr_image(address),
        "key": second_factor.readable_key(key),
        "required": settings.SECOND_FACTOR_REQUIRED,
    }
    return render(request, "accounts/second_factor_set_up.html", context, status=_status(form))


@signed_in
@open_before(SECOND_FACTOR)
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """The second step of signing in."""
    target = safe_next(request)
    user = person(request)
    if user.is_verified():
        return redirect(target)
    if not second_factor.is_on(user):
        return redirect("accounts:second_factor_set_up")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if device := _device(request, form):
        request.session.cycle_key()
        django_otp.login(request, device)
        return redirect(target)
    context = {"form": form, "next": target}
    return render(request, "accounts/second_factor_verify.html", context, status=_status(form))


@signed_in
@never_cache
@require_POST
def renew_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes."""
    if not person(request).is_verified():
        raise PermissionDenied
    codes = acts.renew_recovery_codes(user=person(request), now=clock.now())
    return _show_codes(request, codes)


@signed_in
@never_cache
@sensitive_post_parameters("code")
@require_POST
def switch_off(request: HttpRequest) -> HttpResponse:
    """Give the second factor up, with a code, where it is not obligatory."""
    user = person(request)
    if settings.SECOND_FACTOR_REQUIRED or not user.is_verified():
        raise PermissionDenied
    form = CodeForm(request.POST)
    if not _device(request, form):
        return _overview(request, form)
    acts.switch_off(user=user, now=clock.now())
    update_session_auth_hash(request, user)
    _forget(request)
    messages.success(request, _("The second factor is off."))
    return redirect("accounts:account")


def _switched_on(request: HttpRequest, device: Device, codes: list[str]) -> HttpResponse:
    del request.session[NEW_KEY]
    request.session[sessions.HAS_SECOND_FACTOR] = True
    update_session_auth_hash(request, person(request))
    django_otp.login(request, device)
    return _show_codes(request, codes)


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "next": safe_next(request)}
    return render(request, "accounts/recovery_codes.html", context)


def _overview(request: HttpRequest, form: CodeForm) -> HttpResponse:
    user = person(request)
    context = {
        "form": form,
        "is_on": second_factor.is_on(user),
        "codes_left": second_factor.recovery_codes_left(user),
        "required": settings.SECOND_FACTOR_REQUIRED,
    }
    return render(request, "accounts/second_factor.html", context, status=_status(form))


def _device(request: HttpRequest, form: CodeForm) -> Device | None:
    """The device that takes the code of the form; otherwise None and the reason beside the field."""
    if not form.is_valid():
        return None
    try:
        device = acts.verify(user=person(request), code=form.cleaned_data["code"], now=clock.now())
    except second_factor.TooManyCodesError as slow:
        message = ngettext(
            "Too many wrong codes. Please try again in %(n)d second.",
            "Too many wrong codes. Please try again in %(n)d seconds.",
            slow.wait,
        )
        form.add_error("code", message % {"n": slow.wait})
        form.slowed_down = True
        return None
    if device is None:
        form.add_error("code", _("The code is not right, or it has been used. Please enter a new one."))
    return device


def _status(form: CodeForm) -> int:
    if form.slowed_down:
        return 429
    return 422 if form.errors else 200


def _forget(request: HttpRequest) -> None:
    request.session.pop(django_otp.DEVICE_ID_SESSION_KEY, None)
    request.session[sessions.HAS_SECOND_FACTOR] = False
