"""The calendar in Django's admin: rule sets are kept here; objects of the procedure are only shown."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from audit.admin import JournalledAdmin, ReadOnlyAdmin
from base import clock
from base.dates import current_language
from calendar_app import rule_set_words
from calendar_app.models import (
    LeftOutTopic,
    Obligation,
    Recall,
    Review,
    RuleSet,
    Submission,
    TermChange,
    TermExtension,
    Topic,
    TopicComment,
    TopicList,
)
from calendar_app.queries.obligations import kept_status
from regions import workdays
from regions.models import Body


@admin.register(RuleSet)
class RuleSetAdmin(JournalledAdmin):
    """New rule sets are added and dated; one that was used is frozen, here and by a trigger."""

    list_display = ["code", "title", "in_force_from", "used"]
    readonly_fields = ["in_words", "sha256", "used"]

    def get_fields(self, request: HttpRequest, obj: RuleSet | None = None) -> Any:
        dated = ["code", "in_force_from"]
        return [*dated, "in_words", "text", "sha256", "used"] if obj else [*dated, "text"]

    @admin.display(description=_("title"))
    def title(self, rule_set: RuleSet) -> str:
        return rule_set.rules.title[current_language()]

    @admin.display(description=_("in words"))
    def in_words(self, rule_set: RuleSet) -> str:
        """What the text says, with the dates that follow from it, as it was saved."""
        rules, language = rule_set.rules, current_language()
        context = {
            "title": rules.title[language],
            "source": rules.source[language],
            "coming": rule_set_words.coming_dates(rules, clock.today(), workdays.current()),
            "rows": [*rule_set_words.terms(rules), *rule_set_words.grounds(rules)],
            "exempt": Body.objects.filter(code__in=rules.exempt_bodies).in_alphabetical_order(language),
            "voting": rule_set_words.voting(rules),
        }
        return render_to_string("calendar_app/admin/rule_set.html", context)

    def has_change_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and obj.used)

    def has_delete_permission(self, request: HttpRequest, obj: RuleSet | None = None) -> bool:
        """One that is or was in force stays: without any the portal would know no deadline."""
        kept = obj is not None and (obj.used or obj.in_force_from is not None)
        return super().has_delete_permission(request, obj) and not kept

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deletion of several at once: it would try used ones too."""
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


class ReadOnlyInline(admin.TabularInline):
    """Rows below their object, shown only."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class TopicInline(ReadOnlyInline):
    model = Topic
    fields = ["position", "title_kk", "title_ru"]


@admin.register(TopicList)
class TopicListAdmin(ReadOnlyAdmin):
    list_display = ["akimat", "half_year", "state", "round", "changed_at"]
    list_filter = ["half_year", "state"]
    list_select_related = ["akimat"]
    inlines = [TopicInline]


@admin.register(Submission)
class SubmissionAdmin(ReadOnlyAdmin):
    list_display = ["receipt_number", "submitted_at", "round", "late", "sha256"]
    list_filter = ["late", "round"]
    search_fields = ["receipt_number", "sha256"]


class TopicCommentInline(ReadOnlyInline):
    model = TopicComment
    fields = ["number", "title_kk", "title_ru", "comment"]


class LeftOutTopicInline(ReadOnlyInline):
    model = LeftOutTopic
    fields = ["number", "title_kk", "title_ru", "reason", "words"]


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    inlines = [TopicCommentInline, LeftOutTopicInline]
    list_display = ["submission", "outcome", "at", "by", "last_day"]
    list_filter = ["outcome"]
    list_select_related = ["submission", "by"]


@admin.register(Recall)
class RecallAdmin(ReadOnlyAdmin):
    list_display = ["submission", "at", "by"]
    list_select_related = ["submission", "by"]


class TermChangeInline(ReadOnlyInline):
    model = TermChange
    fields = ["at", "rule_set", "last_day", "aim_day"]


class TermExtensionInline(ReadOnlyInline):
    model = TermExtension
    fields = ["at", "by", "before", "last_day", "reason"]


@admin.register(Obligation)
class ObligationAdmin(ReadOnlyAdmin):
    """Duties are derived from the rules, never typed in."""

    list_display = [
        "kind",
        "subject",
        "body",
        "round",
        "aim_day",
        "last_day",
        "status_now",
        "done_at",
        "evidence",
    ]
    list_filter = ["half_year", "kind"]
    search_fields = ["=id", "subject", "=body__code"]
    list_select_related = ["body"]
    inlines = [TermExtensionInline, TermChangeInline]

    @admin.display(description=_("state"))
    def status_now(self, duty: Obligation) -> str:
        """How it stands at the instant of looking, as `manage.py obligations` has it."""
        return kept_status(duty, clock.now())
