"""What official papers consist of, as plain data in one language: DOCX and PDF are drawn from the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Signature:
    """The line to be signed. `name` is empty when nobody is known to hold the post on that day."""

    post: str
    name: str
    sign_note: str
    name_note: str


@dataclass(frozen=True)
class Frame:
    """What every page bears. `marks` stand above (draft, demonstration), `foot` below the page."""

    language: str
    locale: str
    title: str
    author: str
    at: datetime
    marks: tuple[str, ...]
    foot: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """The covering letter. `letterhead` is the name of the akimat in Kazakh and in Russian."""

    frame: Frame
    letterhead: tuple[str, str]
    number: str
    date: str
    number_note: str
    addressee: tuple[str, ...]
    subject: str
    paragraphs: tuple[str, ...]
    annex: str
    signature: Signature
    executor: str


@dataclass(frozen=True)
class Row:
    """A topic in the table, each text by lines; only `text` may have none.

    facts: sector, district, ministry, urgency, evidence. is_short: it can be kept on one page.
    """

    number: str
    title: tuple[str, ...]
    text: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    is_short: bool


@dataclass(frozen=True)
class Meetings:
    """The proposed meetings; a row has the place as title, then ministries, topics and times. Without rows
    `reason` says why there are none."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    reason: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """The topic list as the annex of the letter. Without rows `reason` says why; `meetings` is None where
    nothing is said of them."""

    frame: Frame
    annex: str
    title: str
    period: str
    akimat: str
    analysis_heading: str
    analysis: tuple[str, ...]
    topics_heading: str
    untranslated: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    reason: tuple[str, ...]
    meetings: Meetings | None
    signature: Signature
