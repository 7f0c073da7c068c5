"""One field of a form drawn in Python: the HTML of templates/bootstrap5/field.html at a tenth of its cost.

For pages with many plain fields: inputs, textareas and selects. A test holds the two against each other.
"""

from __future__ import annotations

from django.forms import BoundField, Select
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

NOTHING = mark_safe("")


def plain_field(field: BoundField, mark: str = "") -> SafeString:
    """Label, help, box and errors; `mark` stands in brackets behind the label, such as “required”."""
    if field.is_hidden:
        return mark_safe(str(field))  # noqa: S308 - drawn by its widget
    kind = "form-select" if isinstance(field.field.widget, Select) else "form-control"
    errors = field.errors
    box = field.as_widget(attrs={"class": f"{kind} is-invalid" if errors else kind})
    if not mark and field.field.required:
        mark = pgettext("field", "required")
    return format_html(
        '<div id="div_{}" class="mb-3"><label for="{}" class="form-label">{}{}</label>{}{}{}</div>',
        field.auto_id,
        field.id_for_label,
        field.label,
        format_html(' <span class="required-mark">({})</span>', mark) if mark else NOTHING,
        _help(field),
        box,
        _errors(field) if errors else NOTHING,
    )


def _help(field: BoundField) -> SafeString:
    if not field.help_text:
        return NOTHING
    return format_html('<div id="{}_helptext" class="form-text">{}</div>', field.auto_id, field.help_text)


def _errors(field: BoundField) -> SafeString:
    lines = format_html_join("", "<p><strong>{}</strong></p>", ((one,) for one in field.errors))
    return format_html('<div id="{}_error" class="invalid-feedback">{}</div>', field.auto_id, lines)
