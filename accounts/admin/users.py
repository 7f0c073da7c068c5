"""People in the admin: made, closed, given a temporary password, freed of a lost second factor."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.access import person
from accounts.admin.memberships import MembershipInline
from accounts.forms import NewUserForm, TemporaryPasswordForm
from accounts.models import User
from accounts.transitions import second_factor, users
from audit import journal
from audit.admin import JournalledAdmin
from base import clock


@admin.register(User)
class UserAdmin(JournalledAdmin):
    """Accounts are closed, never deleted; password and its hash are never shown."""

    list_display = ["username", "full_name", "email", "is_active", "has_second_factor", "last_login"]
    list_filter = ["is_active", "memberships__role"]
    search_fields = ["username", "full_name", "email", "memberships__body__code"]
    inlines = [MembershipInline]
    actions = ["reset_second_factor"]
    new_fields = ["username", "full_name", "email", "language", "password1", "password2"]
    known_fields = ["username", "full_name", "email", "language", "is_active", "last_login", "password_link"]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        apps = TOTPDevice.objects.filter(user=models.OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(second_factor_on=models.Exists(apps))

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.known_fields if obj else self.new_fields

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """The journal names people by user name, so it stays; nobody closes their own account."""
        if obj is None:
            return []
        own = ["is_active"] if obj == request.user else []
        return ["username", "last_login", "password_link", *own]

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = NewUserForm
        return super().get_form(request, obj, change, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Filters in the address may not be used to guess at a hash."""
        return "password" not in lookup and super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """A closed account loses its sessions; a new one has to change the password it was given."""
        if change and "is_active" in form.changed_data and not obj.is_active:
            obj.session_series += 1
        super().save_model(request, obj, form, change)

    @admin.display(boolean=True, description=gettext_lazy("second factor"))
    def has_second_factor(self, user: Any) -> bool:
        return bool(user.second_factor_on)

    @admin.display(description=gettext_lazy("password"))
    def password_link(self, user: User) -> str:
        return format_html('<a href="../password/">{}</a>', _("Give a temporary password"))

    # --- Temporary password ---------------------------------------------------------------------------
    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.temporary_password)
        return [path("<int:pk>/password/", page, name="accounts_user_password"), *super().get_urls()]

    @method_decorator(sensitive_post_parameters())
    def temporary_password(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A password that the person must change at the next sign-in."""
        user = get_object_or_404(User, pk=pk)
        if user == request.user:
            return redirect("accounts:password")
        form = TemporaryPasswordForm(user, request.POST if request.method == "POST" else None)
        if form.is_valid():
            password = form.cleaned_data["new_password1"]
            with journal.source("admin"):
                users.set_temporary_password(
                    user=user, password=password, by=person(request), now=clock.now()
                )
            messages.success(request, _("The temporary password is set. Sessions of this person have ended."))
            return redirect("admin:accounts_user_change", user.pk)
        title = _("Temporary password: %(name)s") % {"name": user}
        context = {**self._context(request, title), "form": form, "original": user}
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "accounts/admin/temporary_password.html", context, status=status)

    # --- Second factor --------------------------------------------------------------------------------
    @admin.action(description=gettext_lazy("Reset the second factor"))
    def reset_second_factor(
        self, request: HttpRequest, queryset: models.QuerySet[User]
    ) -> HttpResponse | None:
        """Asks first; one's own is another administrator's business."""
        chosen = list(queryset)
        if request.user in chosen:
            messages.error(request, _("Please ask another administrator to reset your own second factor."))
            return None
        if "confirmed" not in request.POST:
            context = {**self._context(request, _("Reset the second factor")), "chosen": chosen}
            return TemplateResponse(request, "accounts/admin/reset_second_factor.html", context)
        with journal.source("admin"):
            for user in chosen:
                second_factor.reset(user=user, by=person(request), now=clock.now())
        messages.success(request, _("The second factor is reset. Sessions of these people have ended."))
        return None

    def _context(self, request: HttpRequest, title: str) -> dict[str, Any]:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return {**self.admin_site.each_context(request), "opts": self.opts, "title": title}
