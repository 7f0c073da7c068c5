"""Looking at an uploaded file from outside, before anything opens it. Without Django.

An XLSX is a zip archive; its directory says how large each part will be, so that half a megabyte that wants
to become five hundred is refused in a millisecond. zipfile never hands out more than the directory says.
"""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from procedure.problems import Problem

PARTS_LIMIT = 1_000
UNPACKED_LIMIT = 40 * 1024 * 1024
# Sheets of repeated words pack well; nothing that people write packs better than this.
RATIO_LIMIT = 100
RATIO_FROM = 4 * 1024 * 1024
DECLARED_ROWS_LIMIT = 20_000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
MACRO_NAMES = (".xlsm", ".xltm", ".xlam", ".xlsb")
DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*\bref=[\"'](?:[A-Z]{1,3}\d+:)?[A-Z]{1,3}(\d{1,9})[\"']")


def problem_of(content: bytes, name: str) -> Problem | None:
    """Why the file is not opened; None for one that may be. Reads no more than the heads of the sheets."""
    if not content:
        return Problem("file_empty")
    if name.lower().endswith(MACRO_NAMES):
        return Problem("file_has_macros")
    if content.startswith(OLE):
        return Problem("file_encrypted") if ENCRYPTED_PACKAGE in content else Problem("file_of_old_excel")
    if not content.startswith(b"PK"):
        return Problem("file_is_text") if _is_text(content, name) else Problem("file_is_no_workbook")
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _problem_of_archive(archive)
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError):
        return Problem("file_damaged")


def _is_text(content: bytes, name: str) -> bool:
    """Whether it is a table saved as text: in whatever encoding, it has no NUL beyond those of UTF-16."""
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        return True
    head = content[:2000]
    return head.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"\x00" not in head and head[:4] != b"%PDF")


def _problem_of_archive(archive: ZipFile) -> Problem | None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        return Problem("file_encrypted")
    if _is_too_heavy(parts):
        return Problem("file_too_heavy")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return Problem("file_has_macros")
    if any(name.startswith("xl/externalLinks/") for name in names):
        return Problem("file_has_links")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        return Problem("file_is_no_workbook")
    if b"macroEnabled" in archive.read("[Content_Types].xml"):
        return Problem("file_has_macros")
    return _problem_of_sheets(archive, parts)


def _is_too_heavy(parts: list[ZipInfo]) -> bool:
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    bomb = unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * packed
    return len(parts) > PARTS_LIMIT or unpacked > UNPACKED_LIMIT or bomb


def _problem_of_sheets(archive: ZipFile, parts: list[ZipInfo]) -> Problem | None:
    """What the heads of the sheets declare: a table of a million rows holds no topics."""
    for part in parts:
        if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
            with archive.open(part) as sheet:
                declared = DIMENSION.search(sheet.read(4096))
            if declared and int(declared[1]) > DECLARED_ROWS_LIMIT:
                return Problem("file_declares_too_many_rows", {"number": int(declared[1])})
    return None
