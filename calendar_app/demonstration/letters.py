"""Signed letters of the demonstration: a page that says that it is one."""

from __future__ import annotations

from datetime import datetime

from calendar_app.transitions.signed_letters import NewLetter
from procedure.moments import day_of
from procedure.signed_letters import LetterHead
from regions.models import Body

LINE = "DEMONSTRATION: a letter that was never written"


def letter_of(akimat: Body, at: datetime) -> NewLetter:
    """A letter of the akimat that the authorised body registered at the instant."""
    region = akimat.code.removeprefix("akimat.")
    head = LetterHead(f"DEMO-{region}", day_of(at), f"Демо басшы {region}", "Әкім", received_at=at)
    return NewLetter(head, page(f"{LINE} ({akimat.code})"))


def page(line: str) -> bytes:
    """A PDF of one page with one line of ASCII."""
    text = f"BT /F1 14 Tf 60 760 Td ({line.replace('(', '[').replace(')', ']')}) Tj ET".encode("ascii")
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 "
        + font
        + b">>>>>>",
        b"<</Length %d>>stream\n" % len(text) + text + b"\nendstream",
    ]
    written, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    written += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
    written += b"trailer<</Size %d/Root 1 0 R>>\n" % (len(objects) + 1)
    return written + b"startxref\n%d\n%%%%EOF\n" % start
