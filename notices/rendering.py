"""The text of a letter, made at delivery from its kind, language and facts.

Templates are plain text, templates/notices/letters/<kind>.<language>.txt, and begin with `Subject: …`. A
fact that the template asks for and the letter lacks is an error, never a hole in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from base import sealed_links
from base.clock import ALMATY
from notices.models import Letter
from procedure.half_years import HalfYear
from regions.models import Body

FOLDER = "notices/letters"
SUBJECT = "Subject:"
LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Text:
    """A letter as people read it: a subject of one line, and a plain-text body that ends with a newline."""

    subject: str
    body: str


class RenderingError(Exception):
    """The template or a fact is missing or wrong. `label` is the class of the cause, without any text."""

    def __init__(self, label: str) -> None:
        self.label = f"RenderingError {label}"[:80]
        super().__init__(self.label)


class MissingFactError(Exception):
    """The template asks for a fact that the letter does not have."""


def render(letter: Letter) -> Text:
    """The letter in its own language. Raises RenderingError."""
    try:
        with translation.override(letter.language):
            template = engine().get_template(f"{FOLDER}/{letter.kind}.{letter.language}.txt")
            return _text(template.render(_Facts(facts_of(letter), autoescape=False)))
    except Exception as error:  # whatever a template or a filter raises, the letter waits for its repair
        raise RenderingError(type(error).__name__) from error


def facts_of(letter: Letter) -> dict[str, Any]:
    """What the templates may use: the letter's context, read, and what every letter knows.

    Names ending in `_day` become dates, names ending in `_at` instants in Almaty; an empty one is a missing
    fact. `half_year_code` gives `half_year`; `path` gives `link`, an address in the letter's language;
    `seal` and `sealed_path` give `sealed_link`, which opens something without a password. The body that is
    written to gives `body_kk`, `body_ru` and `body_en`.
    """
    facts = {name: _read(name, value) for name, value in letter.context.items()}
    facts = {name: value for name, value in facts.items() if value is not None}
    if (old := facts.get("explanation")) is not None:
        # Until the explanation was asked for in two languages it was one text.
        facts = {f"explanation_{code}": old for code in ("kk", "ru", "en")} | facts
    if code := letter.context.get("half_year_code"):
        facts["half_year"] = HalfYear.parse(code)
    if letter.body_code and "body_kk" not in facts:
        facts |= _names_of(letter.body_code)
    if path := letter.context.get("path"):
        facts["link"] = settings.PUBLIC_URL.rstrip("/") + _in_language(path, letter.language)
    if seal := letter.context.get("seal"):
        # The token is in the letter as it is read, and nowhere else.
        path = str(letter.context["sealed_path"]) % sealed_links.token_of(str(seal))
        facts["sealed_link"] = settings.PUBLIC_URL.rstrip("/") + _in_language(path, letter.language)
    return facts | {
        "language": letter.language,
        "written_at": letter.created_at.astimezone(ALMATY),
        "contact": settings.CONTACT,
        "portal": settings.PUBLIC_URL,
        "demo": settings.DEMO,
    }


@cache
def engine() -> Engine:
    """Plain text: nothing is escaped, and the portal's filters are at hand without `load`."""
    return Engine(
        dirs=list(settings.TEMPLATES[0]["DIRS"]),
        autoescape=False,
        builtins=["base.templatetags.portal", "notices.templatetags.letters"],
        string_if_invalid=_Hole("%s"),
    )


class _Facts(Context):
    """A template context in which an unknown name is an error."""

    def __getitem__(self, key: Any) -> Any:
        try:
            return super().__getitem__(key)
        except KeyError:
            raise MissingFactError(key) from None


class _Hole(str):
    """What Django would print in place of an invalid expression: here it raises."""

    __slots__ = ()

    def __mod__(self, name: object) -> str:
        raise MissingFactError(str(name))


def _text(rendered: str) -> Text:
    first, _, body = rendered.lstrip().partition("\n")
    if not first.startswith(SUBJECT) or not body.strip():
        raise MissingFactError(SUBJECT)
    subject = " ".join(first.removeprefix(SUBJECT).split())
    return Text(subject[:LONGEST_SUBJECT], re.sub(r"\n{3,}", "\n\n", body.strip()) + "\n")


def _read(name: str, value: Any) -> Any:
    if name.endswith("_day"):
        return date.fromisoformat(value) if value else None
    if name.endswith("_at"):
        return datetime.fromisoformat(value).astimezone(ALMATY) if value else None
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return value


def _names_of(code: str) -> dict[str, str]:
    """The names that the body has when the letter is written; none for a code that is not there."""
    names = [f"full_name_{language}" for language, _ in settings.LANGUAGES]
    found = Body.objects.filter(code=code).values(*names).first() or {}
    return {name.replace("full_name", "body"): value for name, value in found.items()}


def _in_language(path: str, language: str) -> str:
    """The same page in another language: pages of the portal begin with their language."""
    start, language_of_path, rest = (*path.split("/", 2), "", "")[:3]
    known = dict(settings.LANGUAGES)
    return f"/{language}/{rest}" if start == "" and language_of_path in known else path
