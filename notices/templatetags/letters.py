"""Filters of letter templates."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def quoted(text: str) -> str:
    """What somebody wrote, each line behind "> ", so that it cannot pass for the words of the portal."""
    return "\n".join(f"> {line}".rstrip() for line in text.strip().splitlines())


@register.filter
def small_first(text: str) -> str:
    """«Акимат области Абай» inside a sentence: «акимат области Абай»."""
    return text[:1].lower() + text[1:]
