"""Names and texts that are stored in several languages."""

from __future__ import annotations

from base.dates import current_language

# Kazakh is complete, Russian follows; English is a courtesy and may be missing.
FALLBACKS = {"kk": ("kk", "ru", "en"), "ru": ("ru", "kk", "en"), "en": ("en", "kk", "ru")}


def in_language(thing: object, field: str = "name", language: str | None = None) -> str:
    """`thing.<field>_<language>` in the page's language, else in Kazakh, else in Russian; "" without any."""
    return spoken(thing, field, language)[0]


def spoken(thing: object, field: str = "name", language: str | None = None) -> tuple[str, str]:
    """The text and the language it is really in, for a `lang` attribute."""
    for code in FALLBACKS[language or current_language()]:
        text = getattr(thing, f"{field}_{code}", "")
        if text:
            return str(text), code
    return "", language or current_language()
