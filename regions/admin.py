"""Reference data in Django's admin. What once existed is closed with its last day, not deleted."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import get_language

from audit.admin import JournalledAdmin
from base.search import words
from regions.models import Body, Day, FormerName, Hall, Person, Post, TermOfOffice, Territory, WorkingHours


class ReferenceAdmin(JournalledAdmin):
    """Named rows: found by any spelling, in Kazakh order, never deleted; their key is fixed once given."""

    search_fields = ["name_kk"]
    key: str | None = None

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Folded search over all names, the same as everywhere in the portal."""
        return (queryset.matching(search_term) if words(search_term) else queryset), False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """The key of an existing row can no longer be changed: the journal and other rows name it."""
        fixed = list(super().get_readonly_fields(request, obj))
        return [*fixed, self.key] if obj is not None and self.key else fixed

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_ordering(self, request: HttpRequest) -> Any:
        ordered = self.model._default_manager.in_alphabetical_order(get_language() or "kk")
        return ordered.query.order_by


class FormerNames(admin.StackedInline):
    """Names that a row had before."""

    model = FormerName
    extra = 0
    fields = [("name_kk", "name_ru", "name_en"), ("valid_from", "valid_to")]


@admin.register(Territory)
class TerritoryAdmin(ReferenceAdmin):
    """The classifier adds, moves and closes; people mend names, spellings and where meetings are held."""

    list_display = ["code", "name_kk", "name_ru", "kind", "selectable", "valid_to"]
    list_filter = ["level", "kind", "selectable", ("region", admin.RelatedOnlyFieldListFilter)]
    autocomplete_fields = ["successor"]
    readonly_fields = ["code", "parent", "region", "level", "kind", "settlement_type", "kato_name_kk",
                       "kato_name_ru", "valid_from", "valid_to", "iso"]  # fmt: skip
    inlines = [FormerNames]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(Body)
class BodyAdmin(ReferenceAdmin):
    """Akimats, ministries and the others, with their addresses for letters."""

    key = "code"
    list_display = ["code", "name_kk", "name_ru", "kind", "official_email", "valid_to"]
    list_filter = ["kind"]
    autocomplete_fields = ["region", "performed_by", "successor"]
    inlines = [FormerNames]


@admin.register(Post)
class PostAdmin(ReferenceAdmin):
    """Posts: one chair each."""

    key = "code"
    list_display = ["code", "name_kk", "name_ru", "body", "kind", "valid_to"]
    list_filter = ["kind"]
    list_select_related = ["body"]
    autocomplete_fields = ["body", "successor"]
    inlines = [FormerNames]


class TermsOfOffice(admin.StackedInline):
    """Which posts a person holds and held."""

    model = TermOfOffice
    extra = 0
    autocomplete_fields = ["post"]


@admin.register(Person)
class PersonAdmin(JournalledAdmin):
    """Officials by name, with their terms of office."""

    list_display = ["name_kk", "name_ru"]
    search_fields = ["name_kk", "name_ru", "name_en"]
    inlines = [TermsOfOffice]


@admin.register(TermOfOffice)
class TermOfOfficeAdmin(JournalledAdmin):
    """Who holds which post, from when to when."""

    list_display = ["person", "post", "acting", "valid_from", "valid_to"]
    list_filter = ["acting"]
    list_select_related = ["person", "post"]
    search_fields = ["person__name_kk", "person__name_ru", "post__name_kk", "post__name_ru", "post__code"]
    autocomplete_fields = ["person", "post"]


@admin.register(Hall)
class HallAdmin(ReferenceAdmin):
    """Halls of the akimats."""

    list_display = ["name_kk", "name_ru", "owner", "territory", "capacity", "step_free", "hearing_loop"]
    list_filter = ["step_free", "hearing_loop"]
    list_select_related = ["owner", "territory"]
    autocomplete_fields = ["owner", "territory"]


@admin.register(WorkingHours)
class WorkingHoursAdmin(JournalledAdmin):
    """Hours of a body or a territory; rows with neither are the country's default."""

    list_display = ["body", "territory", "weekday", "opens", "closes", "break_from", "break_to", "source"]
    list_select_related = ["body", "territory"]
    autocomplete_fields = ["body", "territory"]


@admin.register(Day)
class DayAdmin(JournalledAdmin):
    """Days off and moved working days; a row touched here is left alone when reference data are loaded."""

    list_display = ["day", "kind", "name_kk", "name_ru", "estimated", "manual", "source"]
    list_filter = ["kind", "estimated", "manual"]
    date_hierarchy = "day"
    ordering = ["-day"]
    readonly_fields = ["manual"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.manual = True
        super().save_model(request, obj, form, change)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["manual"] if obj is None else ["manual", "day"]
