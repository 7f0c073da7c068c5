"""What everything with a name in three languages shares: fields, order, search, dated names."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Concat
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from base.dated import contains, holds_on
from base.search import Fold, SortKey, words

LANGUAGES = ("kk", "ru", "en")


def name_column(language: str) -> str:
    """The column with the name in a language, Kazakh when the language is unknown."""
    return f"name_{language if language in LANGUAGES else 'kk'}"


class NamedQuerySet(models.QuerySet[Any]):
    """Reads that every named and dated row offers."""

    def in_alphabetical_order(self, language: str = "kk") -> Self:
        """By name in the Kazakh alphabet's order (for kk, ru and en alike); equal names by key."""
        column = name_column(language)
        if column == "name_en":
            return self.order_by(SortKey("name_en"), SortKey("name_kk"), "pk")
        return self.order_by(SortKey(column), "pk")

    def matching(self, text: str) -> Self:
        """Rows where each word of the text is part of a name in any language, a former one or an alias."""
        found = self
        for word in words(text):
            spelled = models.Q(search__contains=word)
            if issubclass(self.model, Renamed):
                former: Any = self.model.former_names.rel  # type: ignore[attr-defined]
                rows = former.related_model.objects.filter(search__contains=word)
                spelled |= models.Q(pk__in=rows.values(former.field.name))
            found = found.filter(spelled)
        return found

    def on(self, day: date) -> Self:
        """Rows that exist on the day."""
        return self.filter(holds_on(day))


def search_column(*columns: str) -> models.GeneratedField:
    """A stored column with every spelling of a row, folded, for `matching()`."""
    parts: list[Any] = []
    for column in columns:
        parts += [models.F(column), models.Value(" ")]
    return models.GeneratedField(
        expression=Fold(Concat(*parts[:-1], output_field=models.TextField())),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name=_("search text"),
    )


def name_indexes(prefix: str, ordered: str = "name") -> list[models.Index]:
    """Alphabetical order in Kazakh and Russian (of the `ordered` columns), and search inside words."""
    return [
        models.Index(SortKey(f"{ordered}_kk"), name=f"{prefix}_in_kk_order"),
        models.Index(SortKey(f"{ordered}_ru"), name=f"{prefix}_in_ru_order"),
        GinIndex(fields=["search"], opclasses=["gin_trgm_ops"], name=f"{prefix}_search"),
    ]


def term_in_order(name: str) -> models.CheckConstraint:
    """No term ends before it begins."""
    return models.CheckConstraint(
        condition=models.Q(valid_to__gte=models.F("valid_from"))
        | models.Q(valid_to=None)
        | models.Q(valid_from=None),
        name=name,
    )


class Dated(models.Model):
    """A row that exists from a day to a day, both included, and may have a successor."""

    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day, included."))

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raise ValidationError beside `valid_to` when the term ends before it begins.

        Said before the constraints are tried: PostgreSQL cannot even compare such a range.
        """
        super().clean()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day must not be before the first day.")})

    def exists_on(self, day: date) -> bool:
        """Whether the day lies within the term."""
        return contains(self.valid_from, self.valid_to, day)


class Named(models.Model):
    """Names in Kazakh, Russian and English; the English one may be missing."""

    name_kk = models.CharField(_("name in Kazakh"), max_length=250)
    name_ru = models.CharField(_("name in Russian"), max_length=250)
    name_en = models.CharField(_("name in English"), max_length=250, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return getattr(self, name_column(get_language() or "kk")) or self.name_kk


class Renamed(Dated, Named):
    """A named row of reference data that may have had other names (`FormerName`)."""

    class Meta:
        abstract = True

    def name_on(self, day: date, language: str = "kk") -> str:
        """The name that was in force on the day, in the language, else in Kazakh."""
        for former in self.former_names.all():  # type: ignore[attr-defined]
            if contains(former.valid_from, former.valid_to, day):
                return former.in_language(language)
        return getattr(self, name_column(language)) or self.name_kk
