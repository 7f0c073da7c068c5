"""Texts that people type: what is refused, what is tidied without asking."""

from __future__ import annotations

import re
import unicodedata

# Written direction overrides make a text read differently from what is stored.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def has_nul(text: str) -> bool:
    """Whether the text holds a NUL character, which no database text can."""
    return "\x00" in text


def tidied(text: str, *, lines: bool) -> str:
    """The text as it is stored: NFC, one kind of line end, no control characters, no outer space.

    lines: whether line ends may stay; otherwise they become spaces.
    """
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    text = _DIRECTION.sub("", text)
    if not lines:
        text = text.replace("\n", " ")
    return "".join(_visible(character) for character in text).strip()


def _visible(character: str) -> str:
    if character in "\n\t":
        return character
    category = unicodedata.category(character)
    return "" if category == "Cs" else " " if category == "Cc" else character
