"""The words of the commission's papers in one language, with what every paper says of its session."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from base.dates import at_almaty, half_year_name
from calendar_app.documents.blocks import Title
from calendar_app.documents.paper_shapes import Frame, Signature
from calendar_app.documents.papers import words as common_words
from calendar_app.documents.session_sources import SessionSource


@cache
def words(language: str) -> Mapping[str, Any]:
    """The texts of the papers in kk or ru."""
    path = Path(__file__).parent / "words" / f"commission_{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Said:
    """A source in one language: every builder of a paper takes one."""

    source: SessionSource
    language: str

    def part(self, name: str) -> Mapping[str, Any]:
        """The words of one paper."""
        found: Mapping[str, Any] = words(self.language)[name]
        return found

    @property
    def period(self) -> str:
        """The half-year in the case in which sentences want it."""
        return half_year_name(
            self.source.version.period, words(self.language)["period_case"], language=self.language
        )

    @property
    def commission(self) -> str:
        """Its full name."""
        name: str = getattr(self.source.commission, f"full_name_{self.language}")
        return name

    def held(self) -> str:
        """Day and time of the session, or until when sheets are taken."""
        return at_almaty(self.source.session.held_at, language=self.language)

    def calendar_title(self) -> Title:
        """The name of the calendar, its half-year and its version."""
        said = words(self.language)
        version = said["version"].format(number=self.source.version.number)
        return Title(said["calendar"], (said["period"].format(period=self.period), version))

    def rest(self, count: int) -> str:
        """That more changes follow on the next page."""
        text: str = words(self.language)["rest"]
        return text.format(count=count)

    def signature(self, post: str, name: str) -> Signature:
        """A line to be signed; without a name there is a line for it too."""
        said = self.part("signature")
        return Signature(said[post], name, said["sign_note"], said["name_note"])

    def frame(self, title: str, *, is_draft: bool) -> Frame:
        """What every page bears: marks above, the receipt of the calendar and its hash below."""
        common, source = common_words(self.language), self.source
        marks = [common["draft"]] if is_draft else []
        at = at_almaty(source.submission.submitted_at, language=self.language)
        receipt = common["registered"].format(receipt=source.submission.receipt_number, at=at)
        return Frame(
            language=self.language,
            locale=common["locale"],
            title=title,
            author=self.commission,
            at=source.at,
            marks=(*marks, *([common["demonstration"]] if settings.DEMO else [])),
            foot=(receipt, f"SHA-256 {source.submission.sha256}"),
        )
