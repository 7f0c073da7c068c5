"""Path converters: only well-formed codes reach a view, everything else is a 404."""

from django.urls import register_converter

from calendar_app.documents.files import Document
from calendar_app.documents.session_papers import SessionPaper
from procedure.half_years import HalfYear


class HalfYearCode:
    """`2027-H1` in an address, a HalfYear in the view."""

    regex = r"[0-9]{4}-H[12]"

    def to_python(self, value: str) -> HalfYear:
        return HalfYear.parse(value)

    def to_url(self, value: HalfYear | str) -> str:
        return value.code if isinstance(value, HalfYear) else value


class AkimatCode:
    """`akimat.19`: the code of an akimat."""

    regex = r"akimat\.[0-9]{2}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class BodyCode:
    """`ministry.health`, `authority`: the code of a body."""

    regex = r"[a-z0-9_]+(?:\.[a-z0-9_]+)*"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class CertificateNumber(BodyCode):
    """`P-2026-H2-0007-K3F9Q`."""

    regex = r"P-[0-9]{4}-H[12]-[0-9]{4,6}-[0-9A-Z]{5}"


class PaperLanguage(BodyCode):
    """The languages of official papers."""

    regex = "kk|ru"


class PaperEnding(BodyCode):
    """The kinds of files of official papers."""

    regex = "docx|pdf"


class DocumentName:
    """`letter.kk.docx` in an address, a Document in the view."""

    regex = r"[a-z]+\.[a-z]{2}\.[a-z]+"

    def to_python(self, value: str) -> Document:
        return Document.parse(value)

    def to_url(self, value: Document | str) -> str:
        return str(value)


class SessionPaperName:
    """`protocol.kk.docx` in an address, a SessionPaper in the view."""

    regex = r"[a-z]+\.[a-z]{2}\.[a-z]+"

    def to_python(self, value: str) -> SessionPaper:
        return SessionPaper.parse(value)

    def to_url(self, value: SessionPaper | str) -> str:
        return str(value)


class PartName:
    """`topic-12`, `new-<32 hexadecimal digits>`, `analysis`: a page of the editor, at most 40 characters."""

    regex = r"[a-z]{1,7}-[0-9a-f]{1,32}|[a-z]{1,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class ItemName:
    """`topic`, `proposed_meeting`: what an akimat brought for a calendar."""

    regex = "topic|proposed_meeting"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class MinistryCode:
    """`ministry.health`: the code of a ministry."""

    regex = r"ministry\.[a-z_]{1,60}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SheetName:
    """`sheet.kk.docx`: the coordination sheet in one language as one kind of file."""

    regex = r"sheet\.(?:kk|ru)\.(?:docx|pdf)"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class WarningName:
    """`before_safe_day:12`: the stable name of a warning."""

    regex = r"[a-z_]{1,60}(?::[0-9]{1,19}){0,4}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(HalfYearCode, "half_year")
register_converter(AkimatCode, "akimat")
register_converter(BodyCode, "body")
register_converter(CertificateNumber, "certificate")
register_converter(PaperLanguage, "paper_language")
register_converter(PaperEnding, "paper_ending")
register_converter(DocumentName, "document")
register_converter(SessionPaperName, "session_paper")
register_converter(PartName, "part")
register_converter(ItemName, "item")
register_converter(WarningName, "warning")
register_converter(MinistryCode, "ministry")
register_converter(SheetName, "sheet")
