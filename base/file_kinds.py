"""What a file is by its content, never by its name: the kinds in which a signed letter comes.

Nothing is unpacked or drawn: an archive is known by its list of entries, so a bomb stays asleep. Whether an
electronic signature in a container is valid is not examined here.
"""

from __future__ import annotations

import base64
import binascii
import re
import struct
import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple


class FileKind(NamedTuple):
    """A kind of file: its code, the ending of its name, the type it is served as."""

    code: str
    ending: str
    content_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
KINDS = (
    FileKind("pdf", "pdf", "application/pdf"),
    FileKind("jpeg", "jpg", "image/jpeg"),
    FileKind("png", "png", "image/png"),
    FileKind("docx", "docx", _OFFICE),
    FileKind("asice", "asice", "application/vnd.etsi.asic-e+zip"),
    FileKind("ddoc", "ddoc", "application/x-ddoc"),
    FileKind("cms", "cms", "application/pkcs7-mime"),
)
BY_CODE = {kind.code: kind for kind in KINDS}

# Generous for a letter with annexes, far below what could hurt.
ENTRIES_LIMIT = 1_000
UNPACKED_LIMIT = 200 * 1024 * 1024

_END_OF_ARCHIVE = b"PK\x05\x06"
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_ARMOUR = re.compile(rb"\A-----BEGIN (CMS|PKCS7)-----\s+([A-Za-z0-9+/=\s]+)-----END \1-----\s*\Z")
_BROKEN = (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, EOFError, OSError)


def kind_of(content: bytes) -> FileKind | None:
    """The kind of the file; None for any other, a damaged one, or one with macros, a password or a bomb in it."""
    return next((BY_CODE[code] for code, fits in _FITS.items() if fits(content)), None)


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64:]


def _is_png(content: bytes) -> bool:
    return content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR" and b"IEND" in content[-64:]


def _is_docx(content: bytes) -> bool:
    names = _entries(content)
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return {"[Content_Types].xml", "word/document.xml"} <= names and not macros


def _is_asice(content: bytes) -> bool:
    """A container by its first entry, stored as it is, or by the signatures it carries."""
    names = _entries(content)
    declared = content[30:38] == b"mimetype" and b"application/vnd.etsi.asic-e+zip" in content[38:128]
    signed = any(re.fullmatch(r"META-INF/[^/]*signatures?[^/]*\.(xml|p7s)", name) for name in names)
    return bool(names) and declared and signed


def _is_ddoc(content: bytes) -> bool:
    head = content[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_container = head.startswith(b"<") and b"<SignedDoc" in head and b"</SignedDoc>" in content[-64:]
    return is_container and b"<!DOCTYPE" not in content and b"<!ENTITY" not in content


def _is_cms(content: bytes) -> bool:
    """DER of a signed message, bare or in its armour of base64."""
    if armoured := _ARMOUR.match(content):
        try:
            content = base64.b64decode(armoured[2])
        except (binascii.Error, ValueError):
            return False
    return content[:1] == b"\x30" and _SIGNED_DATA in content[2:24]


_FITS: dict[str, Callable[[bytes], bool]] = {
    "pdf": _is_pdf,
    "jpeg": _is_jpeg,
    "png": _is_png,
    "docx": _is_docx,
    "asice": _is_asice,
    "ddoc": _is_ddoc,
    "cms": _is_cms,
}


def _entries(content: bytes) -> set[str]:
    """Names in a sound archive without password, within the limits; none otherwise."""
    if not content.startswith(b"PK\x03\x04") or _declared_entries(content) > ENTRIES_LIMIT:
        return set()
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            found = archive.infolist()
    except _BROKEN:
        return set()
    is_locked = any(one.flag_bits & 0x1 for one in found)
    unpacked = sum(one.file_size for one in found)
    return set() if is_locked or unpacked > UNPACKED_LIMIT else {one.filename for one in found}


def _declared_entries(content: bytes) -> int:
    """How many entries the archive says it has, before its list is read; more than any limit if it does not."""
    end = content.rfind(_END_OF_ARCHIVE)
    if end < 0 or end + 12 > len(content):
        return ENTRIES_LIMIT + 1
    return int(struct.unpack("<H", content[end + 10 : end + 12])[0])
