"""The certificate of compliance as a paper in Kazakh or Russian, and the paper as DOCX and PDF."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from base.dates import at_almaty, half_year_name, long_date
from calendar_app.documents import docx_parts as parts
from calendar_app.documents import pdf
from calendar_app.documents.paper_shapes import Frame
from calendar_app.documents.papers import words as common_words
from calendar_app.models import Certificate

LANGUAGES = ("kk", "ru")
ENDINGS = ("docx", "pdf")
# Widths of the columns in millimetres: they fill an A4 page that lies on its side, inside its margins.
COLUMNS = (62, 18, 38, 42, 50, 50)
# Signs of a hash on one line of its column.
HASH_LINE = 16


@dataclass(frozen=True)
class Paper:
    """What the certificate says: cells of the table by lines."""

    frame: Frame
    title: str
    number: str
    body: str
    intro: str
    summary: str
    columns: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    notes: tuple[str, ...]

    @property
    def cells(self) -> list[list[tuple[str, tuple[str, ...]]]]:
        """Each cell of each row with the heading of its column, for a page."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@cache
def words(language: str) -> Mapping[str, Any]:
    """The texts of the certificate in kk or ru."""
    text = (Path(__file__).parent / "words" / "certificates.toml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = tomllib.loads(text)[language]
    return found


def paper(certificate: Certificate, language: str) -> Paper:
    """The certificate as it was issued: nothing but its frozen content is read."""
    said, content = words(language), certificate.read
    period = half_year_name(content["half_year"], said["period_case"], language)
    as_of = at_almaty(datetime.fromisoformat(content["as_of"]), language=language)
    codes = ", ".join(sorted({duty["rule_set"]["code"] for duty in content["duties"]}))
    return Paper(
        frame=_frame(certificate, said["title"], language),
        title=said["title"],
        number=said["number"].format(number=content["number"]),
        body=content["body"][language],
        intro=said["intro"].format(period=period, as_of=as_of),
        summary=said["summary"].format(**_counted(content["duties"])),
        columns=tuple(said["columns"]),
        rows=tuple(_row(duty, said, language) for duty in content["duties"]),
        notes=(
            said[f"issued_{content['issued_as']}"],
            said["rules"].format(codes=codes),
            said["check"].format(url=check_url(content["number"], language)),
        ),
    )


def check_url(number: str, language: str) -> str:
    """Where anybody checks the number."""
    path = reverse("public:certificates").split("/", 2)[2]
    return f"{settings.PUBLIC_URL.rstrip('/')}/{language}/{path}?{urlencode({'number': number})}"


def _frame(certificate: Certificate, title: str, language: str) -> Frame:
    common = common_words(language)
    return Frame(
        language=language,
        locale=common["locale"],
        title=f"{title} {certificate.number}",
        author=certificate.read["body"][language],
        at=certificate.issued_at,
        marks=(common["demonstration"],) if settings.DEMO else (),
        foot=(certificate.number, words(language)["sha256"].format(sha256=certificate.sha256)),
    )


def _counted(duties: list[dict[str, Any]]) -> dict[str, int]:
    found = Counter(duty["status"] for duty in duties)
    return {
        "all": len(duties),
        "met": found["met"],
        "late": found["late"],
        "overdue": found["overdue"] + found["missed"],
        "open": found["upcoming"] + found["due_soon"],
    }


def _row(duty: dict[str, Any], said: Mapping[str, Any], language: str) -> tuple[tuple[str, ...], ...]:
    kind = said["kinds"][duty["kind"]]
    if duty["round"] > 1:
        kind = said["round"].format(kind=kind, round=duty["round"])
    last_day = duty["last_day"]
    late = (said["late_by"].format(days=duty["days_late"]),) if duty["days_late"] else ()
    done = at_almaty(datetime.fromisoformat(duty["done_at"]), "seconds", language) if duty["done_at"] else "—"
    digest = duty["evidence_sha256"]
    return (
        (kind,),
        (duty["clause"] or "—",),
        (long_date(date.fromisoformat(last_day), language=language) if last_day else said["no_term"],),
        (said["statuses"][duty["status"]], *late),
        (done, duty["evidence"]) if duty["evidence"] else (done,),
        tuple(digest[at : at + HASH_LINE] for at in range(0, len(digest), HASH_LINE)) or ("—",),
    )


def as_pdf(page: Paper) -> bytes:
    """The paper as PDF; the same certificate gives the same bytes."""
    return pdf.compiled("certificate.typ", json.dumps(asdict(page), default=str), page.frame.at)


def as_docx(page: Paper) -> bytes:
    """The paper as DOCX; the same certificate gives the same bytes."""
    document = parts.new_document(page.frame)
    parts.lay_out(document, page.frame, sides=(20, 15), size=12, on_its_side=True)
    document.add_paragraph(page.title, style="Title")
    for line in (page.number, page.body):
        document.add_paragraph(line, style="Subtitle")
    for line in (page.intro, page.summary):
        document.add_paragraph(line, style="Body Text")
    document.add_paragraph(style="Small")
    table = parts.grid(document, COLUMNS, "duties")
    for cell, heading in zip(table.rows[0].cells, page.columns, strict=True):
        parts.write(cell, [heading], "Table Heading")
    parts.repeat_on_every_page(table.rows[0])
    for row in page.rows:
        added = table.add_row()
        for cell, lines in zip(added.cells, row, strict=True):
            parts.write(cell, lines, "Table Text")
        parts.keep_on_one_page(added)
    document.add_paragraph(style="Small")
    for note in page.notes:
        document.add_paragraph(note, style="Body Text")
    return parts.packed(document, page.frame.at)


WRITERS = {"docx": as_docx, "pdf": as_pdf}
