"""Files are known by their content: a name or a beginning alone makes no letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.file_kinds import BY_CODE, kind_of
from calendar_app.labels.signed_letters import SignedFileKind
from tests import signed_files as files


@pytest.mark.parametrize("code", files.GOOD)
def test_each_kind_is_known_by_its_content(code: str) -> None:
    kind = kind_of(files.GOOD[code])

    assert kind is not None
    assert kind.code == code


def test_a_container_may_come_in_its_armour() -> None:
    assert kind_of(files.PEM) == BY_CODE["cms"]


BAD = {
    "empty": b"",
    "text": "Мәтін".encode(),
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "program": b"MZ\x90\x00" + b"\x00" * 100,
    "pdf cut off": files.PDF[:20],
    "pdf behind html": b"<html>" + files.PDF,
    "jpeg cut off": files.JPEG[:20],
    "png cut off": files.PNG[:30],
    "a zip": files.archive("letter.pdf"),
    "a workbook": files.archive("[Content_Types].xml", "xl/workbook.xml"),
    "docx with macros": files.MACROS,
    "docx with a bomb": files.BOMB,
    "docx with a password": files.LOCKED,
    "docx of too many entries": files.MANY,
    "docx that lies about its entries": files.LYING,
    "docx cut off": files.DOCX[:-10],
    "container without signature": files.archive("a.pdf", first=("mimetype", b"application/vnd.etsi.asic-e+zip")),
    "ddoc with entities": files.DDOC.replace(b"<SignedDoc ", b"<!DOCTYPE a [<!ENTITY b 'c'>]><SignedDoc "),
    "another container": b"\x30\x10" + b"\x00" * 40,
    "armour around nothing": b"-----BEGIN CMS-----\nAAAA\n-----END CMS-----\n",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_everything_else_is_no_letter(name: str) -> None:
    assert kind_of(BAD[name]) is None


@given(st.sampled_from(sorted(files.GOOD)), st.binary(max_size=200), st.integers(0, 200))
def test_no_content_breaks_the_judgement(code: str, noise: bytes, at: int) -> None:
    content = files.GOOD[code]

    kind_of(content[:at] + noise + content[at:])
    kind_of(content[: len(content) - at])


def test_labels_and_kinds_are_the_same() -> None:
    assert set(SignedFileKind.values) == set(BY_CODE) == set(files.GOOD)
