"""A paper as a sequence of blocks: what it says in one language, drawn alike as PDF and as DOCX."""

from __future__ import annotations

from dataclasses import dataclass

from calendar_app.documents.paper_shapes import Frame, Signature

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Stamp:
    """The stamp of approval at the right above: its word first, then whose and when."""

    lines: Lines
    kind: str = "stamp"


@dataclass(frozen=True)
class Title:
    """The title, and lines below it."""

    text: str
    below: Lines = ()
    kind: str = "title"


@dataclass(frozen=True)
class Heading:
    text: str
    kind: str = "heading"


@dataclass(frozen=True)
class Text:
    """Paragraphs. style: body, plain (not indented), note (small), right, or items (each with a dash before it)."""

    lines: Lines
    style: str = "body"
    kind: str = "text"


@dataclass(frozen=True)
class Counters:
    """Names with numbers, side by side: what is read first."""

    pairs: tuple[tuple[str, str], ...]
    kind: str = "counters"


@dataclass(frozen=True)
class Table:
    """A table whose heading row comes again on every page. widths: millimetres; a cell is its lines."""

    name: str
    columns: Lines
    widths: tuple[int, ...]
    rows: tuple[tuple[Lines, ...], ...]
    kind: str = "table"


@dataclass(frozen=True)
class Signatures:
    """Lines to be signed, one below the other."""

    signed: tuple[Signature, ...]
    kind: str = "signatures"


Block = Stamp | Title | Heading | Text | Counters | Table | Signatures


@dataclass(frozen=True)
class Section:
    """Pages of one orientation; each section begins on a new page."""

    blocks: tuple[Block, ...]
    on_its_side: bool = False


@dataclass(frozen=True)
class Paper:
    """A whole document."""

    frame: Frame
    sections: tuple[Section, ...]
