"""Django's admin behind the portal's own sign-in, second factor and permission table."""

from __future__ import annotations

from functools import update_wrapper
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from accounts import language
from accounts.access import person
from accounts.permissions import Permission
from accounts.views.sign_in import sign_out
from base import clock
from base.context import OWN_NAMES


class PortalAdminSite(AdminSite):
    """One right opens the admin: Permission.ADMIN_SITE (procedure, section 1, administrator)."""

    site_header = site_title = _("Administration of the portal")
    index_title = _("Users, roles, reference data")

    def has_permission(self, request: HttpRequest) -> bool:
        """Signed in, with the right today, and with the second factor where it is obligatory."""
        if not request.user.is_authenticated:
            return False
        user = person(request)
        shown = user.is_verified() or not settings.SECOND_FACTOR_REQUIRED
        return shown and user.may(Permission.ADMIN_SITE, on=clock.today())

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Refuse signed-in people without the right by 403, instead of sending them to sign in again.

        Ids and filters of an address reach the database unchecked: one that it cannot take is a 400.
        """
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            try:
                return inner(request, *args, **kwargs)
            except DataError as error:
                raise BadRequest("an id or a filter that the database cannot take") from error

        guarded.access = Permission.ADMIN_SITE  # type: ignore[attr-defined]
        return update_wrapper(guarded, inner)

    def get_urls(self) -> list[Any]:
        """Those of Django, and one that changes the language: addresses of the admin carry none."""
        return [
            path("language/", self.admin_view(self.switch_language), name="language"),
            *super().get_urls(),
        ]

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Also the languages to choose from, each by its own name."""
        return super().each_context(request) | {"own_names": OWN_NAMES.items()}

    def switch_language(self, request: HttpRequest) -> HttpResponse:
        """POST `language`, and `next`: the page of the admin to come back to."""
        chosen, target = request.POST.get("language", ""), request.POST.get("next", "")
        ours = url_has_allowed_host_and_scheme(
            target, {request.get_host()}, require_https=request.is_secure()
        )
        back = redirect(target if ours and target.isprintable() else reverse("admin:index"))
        return language.remember(back, chosen) if chosen in OWN_NAMES else back

    @login_not_required
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Lead to the portal's own sign-in, and from there back."""
        target = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('accounts:login')}?{urlencode({'next': target})}")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        """Sign out as everywhere else: by POST, a GET asks first."""
        return sign_out(request)

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        return redirect("accounts:password")

    def password_change_done(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]
        return redirect("accounts:account")
