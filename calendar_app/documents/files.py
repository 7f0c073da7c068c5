"""One document as a file: its name in an address, its bytes, its name on a disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings

from calendar_app.documents import papers
from calendar_app.documents.docx import as_docx
from calendar_app.documents.names import names_of
from calendar_app.documents.paper_shapes import Annex, Letter
from calendar_app.documents.pdf import as_pdf
from calendar_app.documents.sources import LANGUAGES, Source

PAPERS: dict[str, Callable[..., Letter | Annex]] = {"letter": papers.letter, "list": papers.annex}
WRITERS: dict[str, Callable[[Letter | Annex], bytes]] = {"docx": as_docx, "pdf": as_pdf}
CONTENT_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class Document:
    """Which document: `letter.kk.docx`. kind: letter or list; language: kk or ru; ending: docx or pdf."""

    kind: str
    language: str
    ending: str

    @classmethod
    def parse(cls, name: str) -> Document:
        """The document of that name; ValueError for any other."""
        document = cls(*name.split(".")) if name.count(".") == 2 else None
        if document is None or document not in ALL:
            raise ValueError(name)
        return document

    def __str__(self) -> str:
        return f"{self.kind}.{self.language}.{self.ending}"

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.ending]

    def written(self, source: Source) -> bytes:
        """The bytes of the file; the same for ever for a submission."""
        return WRITERS[self.ending](PAPERS[self.kind](source, names_of(source), self.language))

    def file_name(self, source: Source) -> str:
        """ASCII, plain on its own in a folder: `L-2027-H1-19-1-letter-kk.docx`."""
        content = source.content
        stem = source.receipt_number or f"draft-{content['half_year']}-{content['akimat']}"
        demo = "demo-" if settings.DEMO else ""
        return f"{demo}{stem}-{self.kind}-{self.language}.{self.ending}"


ALL = [Document(kind, language, ending) for kind in PAPERS for language in LANGUAGES for ending in WRITERS]
