"""Memberships in the admin. Nobody changes their own: a second administrator does."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from audit.admin import JournalledAdmin
from base import clock


class HoldsTodayFilter(admin.SimpleListFilter):
    """Memberships that hold today, or those that do not."""

    title = _("holds today")
    parameter_name = "today"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        holding = Membership.objects.on(clock.today()).values("pk")
        if self.value() == "yes":
            return queryset.filter(pk__in=holding)
        return queryset.exclude(pk__in=holding) if self.value() == "no" else queryset


@admin.register(Membership)
class MembershipAdmin(JournalledAdmin):
    list_display = ["user", "role", "body", "valid_from", "valid_to"]
    list_filter = [HoldsTodayFilter, "role"]
    list_select_related = ["user", "body"]
    search_fields = ["user__username", "user__full_name", "body__code"]
    fields = ["user", "body", "role", "valid_from", "valid_to"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer everybody but the administrator at work."""
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.exclude(username=request.user.get_username())
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return super().has_change_permission(request, obj) and not _is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return super().has_delete_permission(request, obj) and not _is_own(request, obj)


class MembershipInline(admin.StackedInline):
    """The memberships of a person, on the person's page."""

    model = Membership
    extra = 1
    fields = [("body", "role"), ("valid_from", "valid_to")]

    def has_add_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_add_permission(request, obj) and request.user != obj

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and request.user != obj

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_delete_permission(request, obj) and request.user != obj


def _is_own(request: HttpRequest, membership: Membership | None) -> bool:
    return membership is not None and membership.user_id == request.user.pk
