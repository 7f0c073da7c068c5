"""Kazakh case endings for the words that the portal inflects: months and periods.

An ending follows the last vowel (back or front) and the last letter of the word, so a rule is enough;
personal and place names are never inflected by machine.
"""

from __future__ import annotations

_BACK, _FRONT = frozenset("аоұыуяюёэ"), frozenset("әөүіеи")
_VOWELS = _BACK | _FRONT
_NASALS = frozenset("мнң")
_VOICELESS = frozenset("пткқсшщчцхфһбвгғд")

# case: (after vowels, after м н ң, after other voiced letters, after voiceless letters), each back and front.
_ENDINGS = {
    "ablative": (("дан", "ден"), ("нан", "нен"), ("дан", "ден"), ("тан", "тен")),
    "dative": (("ға", "ге"), ("ға", "ге"), ("ға", "ге"), ("қа", "ке")),
    "locative": (("да", "де"), ("да", "де"), ("да", "де"), ("та", "те")),
    "accusative": (("ны", "ні"), ("ды", "ді"), ("ды", "ді"), ("ты", "ті")),
    "genitive": (("ның", "нің"), ("ның", "нің"), ("дың", "дің"), ("тың", "тің")),
    # «1 желтоқсандағы жағдай»: what is so on that day.
    "adjective": (("дағы", "дегі"), ("дағы", "дегі"), ("дағы", "дегі"), ("тағы", "тегі")),
}
CASES = frozenset(_ENDINGS)


def inflected(word: str, case: str) -> str:
    """The word (lower-case Kazakh) in the case, a name of CASES; unchanged for an empty case.

    KeyError for a case that Kazakh does not have here.
    """
    if not case:
        return word
    endings = _ENDINGS[case][_letter_class(word[-1])]
    last_vowel = next(letter for letter in reversed(word) if letter in _VOWELS)
    return word + endings[0 if last_vowel in _BACK else 1]


def _letter_class(letter: str) -> int:
    if letter in _VOWELS:
        return 0
    if letter in _NASALS:
        return 1
    return 3 if letter in _VOICELESS else 2
