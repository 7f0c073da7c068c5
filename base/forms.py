"""What every form of the portal shares: limits of texts, the version it was opened at, one act per form."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from base.wording import sentence
from procedure.problems import Problem

_LINE_BREAKS = re.compile(r"\r\n?")
# Invisible signs that editors and chats leave behind; tab and line break stay, NUL is refused.
_CONTROL = re.compile(r"[\x01-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")


class PlainText(forms.CharField):
    """A text with a limit, told in words; control characters are dropped, NUL is refused."""

    def __init__(self, *, limit: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        too_long = ngettext_lazy(
            "Please shorten this text: it has %(show_value)d signs, %(limit_value)d is the most.",
            "Please shorten this text: it has %(show_value)d signs, %(limit_value)d are the most.",
            "limit_value",
        )
        self.validators = [
            one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)
        ]
        self.validators.append(
            ProhibitNullCharactersValidator(
                message=_("This text has a sign that cannot be kept. Please type it again.")
            )
        )
        self.validators.append(MaxLengthValidator(limit, message=too_long))

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return _CONTROL.sub("", _LINE_BREAKS.sub("\n", text)) if text else ""


class ShortText(PlainText):
    """One line of text."""

    def to_python(self, value: Any) -> str:
        return " ".join(super().to_python(value).split())


class LongText(PlainText):
    """A text of several lines."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ProblemForm(forms.Form):
    """A form that can show the problems of a refused act beside its fields."""

    def show(self, problems: Iterable[Problem]) -> None:
        """Put each problem beside its field, or on top when the form has no such field."""
        for problem in problems:
            self.add_error(problem.field if problem.field in self.fields else None, sentence(problem))

    @cached_property
    def summary(self) -> list[tuple[str, str]]:
        """(id of the field or "", message) of every error, for the list at the top of the page."""
        return [
            (self[name].id_for_label, f"{self[name].label}: {message}")
            if name in self.fields and not self[name].is_hidden
            else ("", str(message))
            for name, messages in self.errors.items()
            for message in messages
        ]


class ActForm(ProblemForm):
    """A form that carries out an act: which version was looked at, and a key that makes it one act.

    Both hidden values come from the page. A missing or forged version is refused with a sentence; a
    forged key is only a new key.
    """

    version = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("This page is out of date. Please open it again and repeat what you did."),
        ),
    )
    idempotency_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, version: int, **kwargs: Any) -> None:
        initial = {"version": version, "idempotency_key": uuid.uuid4()} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)

    def clean_idempotency_key(self) -> uuid.UUID:
        try:
            return uuid.UUID(self.cleaned_data["idempotency_key"])
        except ValueError:
            return uuid.uuid4()

    def words(self) -> dict[str, Any]:
        """What the person typed, without version and key."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "idempotency_key")
        }

    def renew(self, version: int) -> None:
        """Offer the same words for the present version, as a new act, after the person was told."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["version"], self.data["idempotency_key"] = version, uuid.uuid4()  # type: ignore[index]
