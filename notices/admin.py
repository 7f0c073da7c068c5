"""Letters in the admin: to read only. They are queued by acts and moved by delivery."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from notices.models import Letter


@admin.register(Letter)
class LetterAdmin(admin.ModelAdmin):
    """Without context: what a letter says is shown on the staff page, to those whom it concerns."""

    list_display = [
        "id",
        "kind_in_words",
        "recipient_key",
        "language",
        "state",
        "attempts",
        "created_at",
        "sent_at",
    ]
    list_filter = ["state", "kind", "language"]
    search_fields = ["key"]
    exclude = ["context"]
    date_hierarchy = "created_at"
    list_select_related = False

    @admin.display(description=_("kind"), ordering="kind")
    def kind_in_words(self, letter: Letter) -> str:
        return letter.kind_label

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False
