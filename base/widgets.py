"""Widgets that cost little when a page has hundreds of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


class LightSelect(forms.Select):
    """A select whose options are written once for all selects of a page that offer the same ones."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = _options(tuple(self.choices))
        plain = f'<option value="{escape(chosen)}">'
        marked = options.replace(plain, f"{plain[:-1]} selected>", 1)
        final = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(final), mark_safe(marked))  # noqa: S308 - escaped


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...]) -> str:
    return format_html_join("", '<option value="{}">{}</option>', choices)
