"""The journal in Django's admin, for reading; and the base of every admin page whose changes it keeps."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from audit import journal
from audit.actors import Actor, Subject
from audit.models import Entry
from audit.snapshots import differences, sets, snapshot
from base import clock
from base.act_names import act_name

ROLE = "admin"


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that the admin shows and never changes."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin):
    list_display = ["number", "at", "act_in_words", "actor_label", "actor_role", "subject_label", "source"]
    list_filter = ["source", "act"]
    search_fields = ["act", "actor_id", "subject_id", "subject_label", "subject_body"]
    ordering = ["-number"]
    show_full_result_count = False

    @admin.display(description=_("act"), ordering="act")
    def act_in_words(self, entry: Entry) -> str:
        return act_name(entry.act)


class JournalledAdmin(admin.ModelAdmin):
    """An admin page that writes each change into the journal, in the same transaction.

    Adding, changing (fields, inline rows, many-to-many) and deleting (page and list action) are covered.
    A view or action of one's own calls `self.record(request, row, "verb", changes)` inside
    `transaction.atomic()`. Changes are `{field: [old, new]}`; secrets show as "(hidden)".
    """

    def record(
        self, request: HttpRequest, row: models.Model, verb: str, changes: dict[str, Any] | None = None
    ) -> Entry:
        """One entry about a row: its act is the row's kind and the verb, such as "body.change"."""
        kind = kind_of(row)
        return journal.record(
            act=f"{kind}.{verb}",
            actor=actor_of(request),
            now=clock.now(),
            subject=subject_of(row),
            changes=changes,
            source="admin",
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save, and remember what the row was: the entry is written after its related rows are saved."""
        before: dict[str, Any] = {}
        if change:
            stored = type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)
            before = snapshot(stored) | sets(stored)
        super().save_model(request, obj, form, change)
        form.journal_before = before

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Save inline rows and many-to-many sets, then write the entry of the row itself."""
        with transaction.atomic():
            super().save_related(request, form, formsets, change)
            row = type(form.instance)._default_manager.get(pk=form.instance.pk)
            changes = differences(form.journal_before, snapshot(row) | sets(row))
            if changes or not change:
                self.record(request, row, "change" if change else "add", changes)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the rows of one inline, each with its entry."""
        known = formset.model._default_manager.filter(pk__in=[row.pk for row in formset.get_queryset()])
        # Read again: the form has already written its values into the rows of the formset.
        before = {row.pk: (subject_of(row), snapshot(row)) for row in known}
        super().save_formset(request, form, formset, change)
        for row in formset.new_objects:
            self.record(request, row, "add", differences({}, snapshot(row)))
        for row, _fields in formset.changed_objects:
            self.record(request, row, "change", differences(before[row.pk][1], _stored(row)))
        kept = set(known.values_list("pk", flat=True))
        for key in before.keys() - kept:
            self._record_deleted(request, formset.model, *before[key])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete one row and say so."""
        with transaction.atomic():
            subject, before = subject_of(obj), snapshot(obj)
            super().delete_model(request, obj)
            self._record_deleted(request, type(obj), subject, before)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete the chosen rows, with an entry for each, or none of them."""
        with transaction.atomic():
            rows = [(subject_of(row), snapshot(row)) for row in queryset]
            super().delete_queryset(request, queryset)
            for subject, before in rows:
                self._record_deleted(request, queryset.model, subject, before)

    def _record_deleted(
        self, request: HttpRequest, model: type[models.Model], subject: Subject, before: dict[str, Any]
    ) -> None:
        journal.record(
            act=f"{kind_of(model)}.delete",
            actor=actor_of(request),
            now=clock.now(),
            subject=subject,
            changes=differences(before, {}),
            source="admin",
        )


def kind_of(row: models.Model | type[models.Model]) -> str:
    """The name of a row's class in the journal: TermOfOffice → "term_of_office"."""
    name = row.__name__ if isinstance(row, type) else type(row).__name__
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def subject_of(row: models.Model) -> Subject:
    """A row as the journal names it, always in Kazakh so that labels do not depend on who looks."""
    kind = kind_of(row)
    body = row.pk if kind == "body" else getattr(row, "body_id", None)
    with translation.override("kk"):
        return Subject(kind=kind, id=str(row.pk), label=str(row), body=str(body or ""))


def actor_of(request: HttpRequest) -> Actor:
    """Who uses the admin, as an administrator."""
    user: Any = request.user
    if hasattr(user, "actor"):
        return replace(user.actor(), role=ROLE)
    return Actor(id=user.get_username(), label=str(user), role=ROLE)


def _stored(row: models.Model) -> dict[str, Any]:
    return snapshot(type(row)._default_manager.get(pk=row.pk))
