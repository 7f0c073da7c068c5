"""Names in Kazakh order, and names found however people spell them.

Two functions of a text, each in Python and as a Django expression that gives the same result:

* `fold(text)` / `Fold(expression)`: the text as it is compared in a search. Capitals, Kazakh letters and
  their Russian or Latin stand-ins, hyphens, quotes and repeated spaces stop mattering.
* `sort_key(text)` / `SortKey(expression)`: a text whose order by code point is the order of the Kazakh
  alphabet of 42 letters (in which the Russian letters, ё too, stand where Russian has them).

The SQL is made of `translate` with explicit letters, so it is immutable (fit for indexes and generated
columns) and the same on every server: neither `lower()` nor a collation of the machine takes part.
"""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Func, TextField

KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
LATIN_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
# Letters that people type, or old encodings left, in place of another one.
FOLDED = {
    **dict(zip("әғқңөұүһіёйы", "агкноуухиеии", strict=True)),
    "ə": "а",  # U+0259, Latin schwa for ә
    "i": "и",  # Latin i for і
    "h": "х",  # Latin h for һ
    "ў": "у",
    "ќ": "к",
}
# What parts words becomes a space: hyphens, dashes, dots, commas, brackets, quotes, every other space.
SEPARATORS = "\t\n\r\v\f\u00a0\u2007\u2009\u202f-\u2010\u2011\u2012\u2013\u2014.,;:/()\"'«»“”„’№"
# What is not seen disappears: soft hyphen, zero-width signs, combining breve, diaeresis and stress.
INVISIBLE = "\u00ad\u200b\u200c\u200d\ufeff\u0301\u0306\u0308"
# The first of the private-use characters that stand for the letters of the alphabet in a sort key.
FIRST_KEY = 0xE000


def _fold_table() -> dict[str, str]:
    table = dict.fromkeys(SEPARATORS, " ")
    for letter in KAZAKH_ALPHABET + LATIN_ALPHABET + "əўќ":
        small = FOLDED.get(letter, letter)
        table[letter] = table[letter.upper()] = small
    return {sign: target for sign, target in table.items() if sign != target}


def _sort_table() -> dict[str, str]:
    table = {"\u00a0": " ", "\u202f": " "}
    for place, letter in enumerate(KAZAKH_ALPHABET):
        table[letter] = table[letter.upper()] = chr(FIRST_KEY + place)
    for letter in LATIN_ALPHABET:
        table[letter.upper()] = letter
    return table


FOLD_TABLE = _fold_table()
SORT_TABLE = _sort_table()
# Quotes open many names of farms and stations; their place in the order is that of the name itself.
UNSORTED = INVISIBLE + "\"'«»“”„’"
_FOLD = str.maketrans(FOLD_TABLE | dict.fromkeys(INVISIBLE, ""))
_SORT = str.maketrans(SORT_TABLE | dict.fromkeys(UNSORTED, ""))


def fold(text: str) -> str:
    """The text as a search compares it, for example «Усть-Каменогорск» → «усть каменогорск»."""
    return " ".join(word for word in text.translate(_FOLD).split(" ") if word)


def sort_key(text: str) -> str:
    """A key whose order by code point is Kazakh alphabetical order; digits, then Latin, come before."""
    return text.translate(_SORT).strip(" ")


def words(text: str, most: int = 8) -> list[str]:
    """The folded words of what somebody typed into a search field, at most `most` of them."""
    return fold(text[:200]).split(" ")[:most] if text.strip() else []


def _translate(table: dict[str, str], dropped: str) -> str:
    """`translate(…)` around Django's expressions; characters without a partner in SQL are removed."""
    signs = ("".join(table) + dropped).replace("'", "''")
    return f"translate((%(expressions)s)::text, '{signs}', '{''.join(table.values())}')"


class Fold(Func):
    """`fold()` in SQL: immutable, for indexes, generated columns and filters."""

    arity = 1
    output_field = TextField()
    template = f"btrim(regexp_replace({_translate(FOLD_TABLE, INVISIBLE)}, ' +', ' ', 'g'), ' ')"


class SortKey(Func):
    """`sort_key()` in SQL, compared by code point whatever the server's collation is."""

    arity = 1
    output_field = CharField()
    template = f"(btrim({_translate(SORT_TABLE, UNSORTED)}, ' ') COLLATE \"C\")"

    def __init__(self, expression: Any, **extra: Any) -> None:
        super().__init__(expression, **extra)
