"""Draws plain widgets in Python: a list of sixty topics has three hundred of them, and a template each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class PlainRenderer(TemplatesSetting):
    """The same HTML as Django's templates give for inputs and textareas; everything else by template."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> SafeString:
        draw = _DRAWN.get(template_name)
        if draw is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template escapes
        return draw(context["widget"])


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = widget["value"]
    shown = "" if value is None else format_html(' value="{}"', str(value))
    return format_html(
        '<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], shown, _attributes(widget)
    )


def _textarea(widget: Mapping[str, Any]) -> SafeString:
    return format_html(
        '<textarea name="{}"{}>\n{}</textarea>', widget["name"], _attributes(widget), widget["value"] or ""
    )


def _select(widget: Mapping[str, Any]) -> SafeString:
    groups = (_group(name, options) for name, options, _index in widget["optgroups"])
    return format_html(
        '<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget), _joined(groups)
    )


def _group(name: str | None, options: Iterable[Mapping[str, Any]]) -> SafeString:
    inside = _joined(
        f'\n  <option value="{escape(str(one["value"]))}"{_attributes(one)}>{_shown(one["label"])}</option>'
        for one in options
    )
    return format_html('\n  <optgroup label="{}">{}\n  </optgroup>', name, inside) if name else inside


def _shown(label: Any) -> str:
    """The label as HTML: one that is HTML already stays as it is."""
    text = str(label) if isinstance(label, Promise) else label
    return str(text.__html__()) if hasattr(text, "__html__") else escape(str(text))


def _joined(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - every part is safe already


def _attributes(widget: Mapping[str, Any]) -> SafeString:
    shown = [
        f" {escape(name)}" + ("" if value is True else f'="{escape(str(value))}"')
        for name, value in widget["attrs"].items()
        if value is not False
    ]
    return mark_safe("".join(shown))  # noqa: S308 - every part was escaped above


_DRAWN = {
    f"django/forms/widgets/{name}.html": _input for name in ("text", "hidden", "number", "checkbox", "search")
}
_DRAWN |= {"django/forms/widgets/textarea.html": _textarea, "django/forms/widgets/select.html": _select}
