"""Reading untrusted TOML tables: every mistake becomes a problem with its place, none raises."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from procedure.problems import Problem

# A rule set has about sixty lines; more is an accident or an attack.
DOCUMENT_LIMIT = 32_000
TEXT_LIMIT = 1_000
ITEMS_LIMIT = 200


def read_document(text: str) -> tuple[Mapping[str, object], list[Problem]]:
    """The parsed document, or an empty one with the problem that keeps it from being read."""
    if len(text) > DOCUMENT_LIMIT:
        return {}, [Problem("document_too_long", {"limit": DOCUMENT_LIMIT})]
    if "\x00" in text:
        return {}, [Problem("nul_character")]
    try:
        return tomllib.loads(text), []
    except (ValueError, RecursionError) as error:
        # The parser's words name line and column, which is all an administrator needs.
        detail = "too deep" if isinstance(error, RecursionError) else str(error)
        return {}, [Problem("document_not_readable", {"detail": detail[:200]})]


@dataclass
class Table:
    """One table of the document. Each reader takes a key, notes what is wrong, gives a value.

    The values given for wrong input only keep the reading going, so that all problems are found
    at once; the caller drops the result when there are any.
    """

    data: Mapping[str, object]
    problems: list[Problem]
    place: str = ""
    _read: set[str] = field(default_factory=set)

    def text(self, key: str) -> str:
        """A text that is not blank, at most TEXT_LIMIT characters, without control characters."""
        value = self._value(key, str)
        if not isinstance(value, str):
            return ""
        if not value.strip():
            self._note("missing", key)
        elif len(value) > TEXT_LIMIT:
            self._note("text_too_long", key, limit=TEXT_LIMIT)
        elif any(unicodedata.category(character) in ("Cc", "Cs") for character in value):
            self._note("control_character", key)
        return value

    def number(self, key: str, allowed: range) -> int:
        """A whole number within the range."""
        value = self._value(key, int)
        if not isinstance(value, int):
            return allowed.start
        if value not in allowed:
            self._note("out_of_range", key, lowest=allowed[0], highest=allowed[-1])
        return value

    def flag(self, key: str) -> bool:
        """true or false."""
        return self._value(key, bool) is True

    def choice(self, key: str, allowed: Collection[str]) -> str:
        """One of the allowed words; a list of several is refused like any other word."""
        value = self._value(key, str)
        if not isinstance(value, str):
            return ""
        if value not in allowed:
            self._note("not_a_choice", key, value=value[:50], allowed=tuple(allowed))
        return value

    def fraction(self, key: str) -> Fraction:
        """A share written as "2/3", from 0 up to and including 1; exact, never a float."""
        value = self._value(key, str)
        if not isinstance(value, str):
            return Fraction(1)
        above, slash, below = value.partition("/")
        if not (slash and _digits(above) and _digits(below)) or int(below) == 0:
            self._note("not_a_fraction", key)
            return Fraction(1)
        share = Fraction(int(above), int(below))
        if share > 1:
            self._note("not_a_fraction", key)
        return share

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of different texts, at most ITEMS_LIMIT."""
        value = self._value(key, list)
        if not isinstance(value, list):
            return ()
        if len(value) > ITEMS_LIMIT or not all(isinstance(item, str) and item.strip() for item in value):
            self._note("wrong_type", key, expected="list of texts")
            return ()
        if len(set(value)) < len(value):
            self._note("named_twice", key)
        return tuple(value)

    def table(self, key: str) -> Table:
        """A table inside this one; an empty one when it is missing."""
        value = self._value(key, dict)
        return Table(value if isinstance(value, dict) else {}, self.problems, self._at(key))

    def finish(self) -> None:
        """Note every key that nobody read: a misspelt setting must not be ignored silently."""
        for key in self.data:
            if key not in self._read:
                self._note("unknown_key", key)

    def has(self, key: str) -> bool:
        """Whether the key is there, without reading it."""
        return key in self.data

    def _value(self, key: str, expected: type) -> object:
        self._read.add(key)
        if key not in self.data:
            self._note("missing", key)
            return None
        value = self.data[key]
        # `type … is` and not isinstance: true is a whole number to Python, not to us.
        if type(value) is not expected:
            self._note("wrong_type", key, expected=_TYPE_NAMES[expected])
            return None
        return value

    def _note(self, code: str, key: str, **params: object) -> None:
        self.problems.append(Problem(code, params, self._at(key)))

    def _at(self, key: str) -> str:
        return f"{self.place}.{key[:100]}" if self.place else key[:100]


_TYPE_NAMES = {str: "text", int: "whole number", bool: "true or false", list: "list", dict: "table"}


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 6
