"""Papers as PDF, set by Typst with the fonts it brings: no font of the machine changes a page."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from calendar_app.documents.blocks import Paper
from calendar_app.documents.paper_shapes import Annex, Letter

if TYPE_CHECKING:
    from typst import Fonts

FOLDER = Path(__file__).parent / "typst"
# Runs after which Typst forgets what it worked out for a document.
FORGETS_AFTER = 10


@cache
def _fonts() -> Fonts:
    """The built-in fonts, read once per process; they hold every Kazakh letter."""
    from typst import Fonts

    return Fonts(include_system_fonts=False)


TEMPLATES = {Letter: "letter.typ", Annex: "list.typ", Paper: "blocks.typ"}


def as_pdf(paper: Letter | Annex | Paper) -> bytes:
    """The paper as a tagged PDF; the same paper gives the same bytes.

    The templates get the texts as JSON beside them, so that nothing typed is ever read as markup.
    """
    template = TEMPLATES[type(paper)]
    return compiled(template, json.dumps(asdict(paper), ensure_ascii=False, default=str), paper.frame.at)


def compiled(template: str, paper: str, at: datetime) -> bytes:
    """A template of this folder with the paper as JSON; `at` is the instant written into the file."""
    from typst import Compiler

    compiler = Compiler(
        FOLDER / template,
        root=FOLDER,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": paper},
    )
    written = compiler.compile(format="pdf", timestamp=int(at.timestamp()))
    assert isinstance(written, bytes)
    _forget()
    return written


def _forget() -> None:
    """Empty runs, 2 ms each, until Typst's memory of the document is gone.

    It remembers for editors that set the same text again at each stroke; here every document is another,
    and a process would grow to 400 MB.
    """
    from typst import Compiler

    for _ in range(FORGETS_AFTER + 1):
        Compiler(b"", font_paths=_fonts(), ignore_system_fonts=True).compile(format="svg")
