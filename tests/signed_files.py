"""Small sound files of every kind in which a signed letter comes, for tests."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
from typing import Any

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 40 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 20 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
CMS = b"\x30\x82\x01\x00" + bytes.fromhex("06092a864886f70d010702") + b"\x00" * 60
PEM = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(CMS) + b"-----END PKCS7-----\n"
DDOC = b'<?xml version="1.0"?>\n<SignedDoc format="DIGIDOC-XML" version="1.3"></SignedDoc>\n'


def archive(*names: str, content: bytes = b"x", first: tuple[str, bytes] | None = None) -> bytes:
    """A ZIP with these entries, each of the content; `first` is stored as it is."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        if first:
            target.writestr(first[0], first[1], zipfile.ZIP_STORED)
        for name in names:
            target.writestr(name, content)
    return written.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
ASICE = archive(
    "letter.pdf", "META-INF/signatures1.xml", first=("mimetype", b"application/vnd.etsi.asic-e+zip")
)
MACROS = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
# 300 MB in 300 KB.
BOMB = archive("[Content_Types].xml", "word/document.xml", content=b"\x00" * (150 * 1024 * 1024))
# Says that it has an entry with a password.
LOCKED = DOCX.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")
MANY = archive(*(f"{number}.xml" for number in range(1_001)), "[Content_Types].xml", "word/document.xml")
LYING = DOCX[:-12] + struct.pack("<HIIH", 60_000, 10, 10, 0)

GOOD = {
    "pdf": PDF,
    "jpeg": JPEG,
    "png": PNG,
    "docx": DOCX,
    "asice": ASICE,
    "ddoc": DDOC,
    "cms": CMS,
}


class Paper:
    """A file of a form that can be sent any number of times."""

    content_type = "application/pdf"

    def __init__(self, content: bytes = PDF, name: str = "хат.pdf") -> None:
        self.content, self.name = content, name

    def read(self, *sizes: Any) -> bytes:
        return self.content
