"""What people type, as the rules see it."""

from __future__ import annotations

import unicodedata

# Official texts; Kazakh comes first wherever one of the two must be named.
LANGUAGES = ("kk", "ru")


def is_blank(text: str) -> bool:
    """True when nothing can be seen: spaces, control and zero-width characters only."""
    return all(unicodedata.category(character)[0] in "ZC" for character in text)


def missing_languages(kk: str, ru: str) -> list[str]:
    """The languages that are blank although the other one is not."""
    if is_blank(kk) == is_blank(ru):
        return []
    return ["kk"] if is_blank(kk) else ["ru"]
