"""What the translations are held to: words of the code, placeholders, plurals, letters. No gettext needed."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import polib
from django.utils.translation.template import templatize

Key = tuple[str | None, str]

# name of the function: (place of the context, place of the msgid), -1 for none.
PLAIN, WITH_CONTEXT = (-1, 0), (0, 1)
CALLS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"), PLAIN),
    **dict.fromkeys(("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"), WITH_CONTEXT),
}
NOT_OURS = frozenset({".git", ".venv", "node_modules", "var", "tests"})
TEMPLATE_CALL = re.compile(r"\b(_|n?p?gettext)\(")
LITERAL = re.compile(r"\s*u?('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"),?", re.DOTALL)

PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sdr]|\{\w*\}")
SENTENCE = re.compile(r"\w{3}[.:]$")
TAG = re.compile(r"</?[a-z]+")
WORD = re.compile(r"[^\W\d_]+")
LATIN, CYRILLIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0400-\u04ff]")
KAZAKH_LETTERS = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)
# Small Russian words that are no Kazakh ones: a Kazakh text that has them was not finished.
RUSSIAN_WORDS = re.compile(r"\b(и|в|для|или|нет|это|из|при|как|что|если|чтобы|вы|ваш)\b", re.IGNORECASE)
# A case ending must follow the vowels of the value, which nobody knows here; ordinals need no vowel.
GLUED_ENDING = re.compile(r"(%\(\w+\)s|%s)([\u0400-\u04ff]|-(?!мәселе|кезең|бет)[\u0400-\u04ff])")


def keys_of_code(root: Path) -> set[Key]:
    """(context, msgid) of every text that Python files and templates below `root` ask to translate."""
    found: set[Key] = set()
    for path in files_of(root):
        if path.suffix == ".py":
            found.update(keys_of_python(path.read_text()))
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            found.update(keys_of_template(path.read_text()))
    return found


def files_of(root: Path) -> Iterator[Path]:
    """Files of the project: what is installed or generated, and the tests, stand apart."""
    for top in root.iterdir():
        if top.is_file():
            yield top
        elif top.name not in NOT_OURS:
            yield from (path for path in top.rglob("*") if path.is_file())


def keys_of_python(source: str) -> Iterator[Key]:
    """The keys of calls such as `_("…")` and `pgettext("context", "…")` with literal arguments."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            literals = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
            yield from _key(name, literals)


def unknown_names(source: str) -> list[str]:
    """Names under which a file takes over a function of gettext and which extraction does not know."""
    taken = [
        (one.name, one.asname or one.name)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for one in node.names
    ]
    return [name for real, name in taken if real in CALLS and name not in CALLS]


def keys_of_template(source: str) -> Iterator[Key]:
    """The keys of `{% translate %}` and `{% blocktranslate %}`, found by Django's own reader."""
    text = templatize(source)
    for call in TEMPLATE_CALL.finditer(text):
        literals, place = [], call.end()
        while found := LITERAL.match(text, place):
            literals.append(ast.literal_eval(found.group(1)))
            place = found.end()
        yield from _key(call.group(1), literals)


def _key(name: str, literals: Sequence[object]) -> Iterator[Key]:
    context_at, msgid_at = CALLS.get(name, (-1, -1))
    if 0 <= msgid_at < len(literals) and isinstance(msgid := literals[msgid_at], str) and msgid:
        yield (str(literals[context_at]) if context_at >= 0 else None), msgid


def keys_of_catalogue(catalogue: polib.POFile) -> set[Key]:
    return {(entry.msgctxt, entry.msgid) for entry in catalogue if not entry.obsolete}


def faults(catalogue: polib.POFile, language: str) -> list[str]:
    """One line for each fault of each entry; empty for a sound catalogue."""
    return [
        f"{fault}: {entry.msgid[:60]!r}"
        for entry in catalogue
        for fault in entry_faults(entry, language, forms_of(catalogue))
    ]


def forms_of(catalogue: polib.POFile) -> int:
    """The number of plural forms that the header promises."""
    found = re.search(r"nplurals\s*=\s*(\d)", catalogue.metadata.get("Plural-Forms", ""))
    return int(found.group(1)) if found else 0


def entry_faults(entry: polib.POEntry, language: str, forms: int) -> Iterator[str]:
    """What is wrong with one entry, in a word or two."""
    if entry.obsolete:
        yield "obsolete"
    if entry.fuzzy:
        yield "fuzzy"
    if entry.msgid_plural and sorted(entry.msgstr_plural) != list(range(forms)):
        yield "plural forms"
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    for text in texts:
        yield from text_faults(entry.msgid_plural or entry.msgid, text, language)


def text_faults(msgid: str, text: str, language: str) -> Iterator[str]:
    """Faults of one translated text."""
    if not text.strip():
        yield "missing"
        return
    words = PLACEHOLDER.sub(" ", text)
    found = {
        "placeholders": sorted(PLACEHOLDER.findall(msgid)) != sorted(PLACEHOLDER.findall(text)),
        "tags": sorted(TAG.findall(msgid)) != sorted(TAG.findall(text)),
        "end of the sentence": bool(SENTENCE.search(msgid)) and text[-1] != msgid[-1],
        "Latin letter in a Cyrillic word": any(_mixed(word) for word in WORD.findall(words)),
        "Kazakh letter": language == "ru" and KAZAKH_LETTERS.search(words),
        "Russian word": language == "kk" and RUSSIAN_WORDS.search(words),
        "ending glued to a value": language == "kk" and GLUED_ENDING.search(text),
    }
    yield from (fault for fault, present in found.items() if present)


def _mixed(word: str) -> bool:
    return bool(LATIN.search(word) and CYRILLIC.search(word))
