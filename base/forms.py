"""Bases of the portal's forms: what is typed is kept, what is wrong is said beside the field.

Fields that a form does not declare are ignored; of a repeated one the last value counts, as in Django.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.texts import has_nul, tidied
from base.wording import sentence
from procedure.problems import Problem

# No saved object ever has it: a page whose version cannot be read counts as stale.
UNREADABLE_VERSION = -1


class _Text(forms.CharField):
    """A text with a limit. The browser is given no maxlength: it would cut pasted text silently."""

    lines = False

    def __init__(self, *, limit: int, **options: Any) -> None:
        super().__init__(strip=False, **options)
        self.limit = limit

    def to_python(self, value: Any) -> str:
        text = "" if value is None else str(value)
        if has_nul(text):
            raise ValidationError(_("The text contains a character that cannot be stored (NUL)."), code="nul")
        text = tidied(text, lines=self.lines)
        if len(text) > self.limit:
            raise ValidationError(
                _("Please shorten the text: it has %(length)s characters, at most %(limit)s are possible."),
                code="too_long",
                params={"length": len(text), "limit": self.limit},
            )
        return text

    def clean(self, value: Any) -> str:
        text = self.to_python(value)
        if self.required and not text:
            raise ValidationError(_("Please fill in this field."), code="required")
        self.run_validators(text)
        return text


class ShortText(_Text):
    """One line of at most `limit` characters."""


class LongText(_Text):
    """Paragraphs of at most `limit` characters together; rows: height of the box."""

    lines = True

    def __init__(self, *, limit: int, rows: int = 5, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(limit=limit, **options)


class VersionField(forms.IntegerField):
    """The version at which the page was opened; what cannot be read counts as stale, not as an error."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> int:
        text = str(value or "")
        readable = text.isascii() and text.isdigit() and len(text) < 10
        return int(text) if readable else UNREADABLE_VERSION


class PortalForm(forms.Form):
    """A form whose errors can be listed above it, each leading to its field."""

    # Its page draws the list of problems; the form itself then does not repeat them.
    has_summary = True

    def __init__(self, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, **options)
        for field in self.fields.values():
            if not field.widget.is_hidden and "required" in field.error_messages:
                field.error_messages["required"] = _("Please fill in this field.")

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(id of the field, message) of all that is wrong, in the order of the page; id "" for the whole."""
        if not self.is_bound:
            return []
        found = [("", str(message)) for message in self.non_field_errors()]
        for name in self.fields:
            found += self._messages_of(name)
        return found

    def show(self, problems: Iterable[Problem]) -> None:
        """Say what an act refused: beside the field it names, else above the form."""
        for problem in problems:
            shown = problem.field in self.fields and not self.fields[problem.field].widget.is_hidden
            self.add_error(problem.field if shown else None, ValidationError(sentence(problem), problem.code))

    def _messages_of(self, name: str) -> list[tuple[str, str]]:
        bound = self[name]
        if bound.is_hidden:
            return [("", str(message)) for message in bound.errors]
        # A group of radio buttons or checkboxes has no id of its own: its first one is led to.
        target = bound.id_for_label or f"{bound.auto_id}_0"
        return [(target, labelled(bound.label, message)) for message in bound.errors]


def labelled(label: str | Promise, message: object) -> str:
    """“Label: message”, for the list above a form."""
    return f"{label}: {message}"


class VersionedFormMixin(forms.Form):
    """Carries the version of the object and the key of the form through a page.

    version: a stale one is found by the act (base.errors.Stale → 409). idempotency_key: the same form
    sent twice is carried out once.
    """

    version = VersionField(required=False)
    idempotency_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("The form came incomplete. Nothing is lost: please send it again."),
            "invalid": _("The form came incomplete. Nothing is lost: please send it again."),
        },
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        version: int = 0,
        initial: Mapping[str, Any] | None = None,
        **options: Any,
    ) -> None:
        self.current_version = version
        hidden = {"version": version, "idempotency_key": uuid.uuid4()}
        super().__init__(data, initial={**hidden, **(initial or {})}, **options)

    def renew(self, version: int) -> None:
        """Let the same words be sent again over the present version, after the person was told."""
        changed = self.data.copy() if hasattr(self.data, "copy") else dict(self.data)
        changed[self.add_prefix("version")] = str(version)
        changed[self.add_prefix("idempotency_key")] = str(uuid.uuid4())
        self.data = changed

    def full_clean(self) -> None:
        """A key that did not arrive is replaced, so that sending the page again works."""
        super().full_clean()
        if self.is_bound and "idempotency_key" in self.errors:
            self.renew(self.current_version)


class ActForm(VersionedFormMixin, PortalForm):
    """Confirms one act; its other fields are the words that the act takes."""

    def words(self) -> dict[str, Any]:
        """Cleaned values without version and key, to be passed to the act by name."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("version", "idempotency_key")
        }
