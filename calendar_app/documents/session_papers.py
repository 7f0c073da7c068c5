"""The papers of the commission: the packet, the protocol, the calendar with its stamp, the page of changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from base.dates import at_almaty, long_date
from base.names import in_language
from calendar_app import change_words
from calendar_app.documents import block_writers, one_page_paper, protocol_paper
from calendar_app.documents.blocks import Block, Paper, Section, Signatures, Stamp, Table, Text, Title
from calendar_app.documents.files import CONTENT_TYPES
from calendar_app.documents.papers import typed_lines
from calendar_app.documents.pdf import as_pdf
from calendar_app.documents.session_sources import SessionSource, person_of
from calendar_app.documents.session_words import Said
from calendar_app.documents.sources import LANGUAGES
from calendar_app.labels.commission import Decision, SessionKind
from calendar_app.models import PlannedMeeting

# Millimetres of a page that lies on its side, and of one that stands.
ANNEX_WIDTHS = (24, 45, 60, 60, 73)
SHEET_WIDTHS = (85, 30, 30, 30)
WRITERS: dict[str, Callable[[Paper], bytes]] = {"docx": block_writers.as_docx, "pdf": as_pdf}


@dataclass(frozen=True)
class SessionPaper:
    """Which paper: `protocol.kk.docx`. kind: packet, protocol, calendar, changes; language; ending."""

    kind: str
    language: str
    ending: str

    @classmethod
    def parse(cls, name: str) -> SessionPaper:
        """The paper of that name; ValueError for any other."""
        paper = cls(*name.split(".")) if name.count(".") == 2 else None
        if paper is None or paper not in ALL:
            raise ValueError(name)
        return paper

    def __str__(self) -> str:
        return f"{self.kind}.{self.language}.{self.ending}"

    @property
    def name(self) -> str | Promise:
        """What it is called on pages."""
        return NAMES[self.kind]

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES[self.ending]

    def written(self, source: SessionSource) -> bytes:
        """The bytes of the file; the same as long as session and names are the same."""
        with translation.override(self.language):
            return WRITERS[self.ending](PAPERS[self.kind](Said(source, self.language)))

    def file_name(self, source: SessionSource) -> str:
        """ASCII, plain on its own in a folder: `C-2027-H1-1-packet-kk.pdf`."""
        demo = "demo-" if settings.DEMO else ""
        return f"{demo}{source.submission.receipt_number}-{self.kind}-{self.language}.{self.ending}"


def packet(said: Said) -> Paper:
    """Agenda, one page, draft protocol, annex and voting sheet as one document (procedure, section 7)."""
    sections = [
        _agenda(said),
        *one_page_paper.sections(said),
        protocol_paper.section(said),
        _annex(said, stamped=False),
        _sheet(said),
    ]
    return Paper(
        said.frame(said.part("agenda")["title"], is_draft=not said.source.is_closed), tuple(sections)
    )


def protocol(said: Said) -> Paper:
    """The protocol of a closed session; before that its draft."""
    title = said.part("protocol")["title"]
    return Paper(said.frame(title, is_draft=not said.source.is_closed), (protocol_paper.section(said),))


def calendar(said: Said) -> Paper:
    """The calendar; with the stamp of approval once it is approved, with a blank one before."""
    approved = said.source.session.decision == Decision.APPROVED
    return Paper(said.frame(said.calendar_title().text, is_draft=not approved), (_annex(said, stamped=True),))


def changes(said: Said) -> Paper:
    """The calendar on one page."""
    draft = not said.source.is_closed
    return Paper(said.frame(said.part("page")["title"], is_draft=draft), tuple(one_page_paper.sections(said)))


PAPERS: dict[str, Callable[[Said], Paper]] = {
    "packet": packet,
    "changes": changes,
    "protocol": protocol,
    "calendar": calendar,
}
NAMES: dict[str, str | Promise] = {
    "packet": _("Packet of materials"),
    "changes": _("The calendar on one page"),
    "protocol": _("Protocol"),
    "calendar": _("Calendar with the stamp of approval"),
}
# The packet is read, not edited.
ALL = [
    SessionPaper(kind, language, ending)
    for kind in PAPERS
    for language in LANGUAGES
    for ending in WRITERS
    if (kind, ending) != ("packet", "docx")
]


def _agenda(said: Said) -> Section:
    words, source, session = said.part("agenda"), said.source, said.source.session
    kind = "of_written" if session.kind == SessionKind.WRITTEN else "of_session"
    at = at_almaty(source.submission.submitted_at, language=said.language)
    lines = [
        words["item"].format(period=said.period),
        words["speaker"],
        words["submitted"].format(at=at, receipt=source.submission.receipt_number),
    ]
    if source.submission.late:
        lines += [words["late"].format(text=" ".join(typed_lines(source.submission.explanation)))]
    if session.short_notice:
        lines += [words["short_notice"].format(text=" ".join(typed_lines(session.short_notice)))]
    members = tuple(name for _key, name, _role in map(person_of, source.members))
    return Section(
        (
            Title(words["title"], (said.commission, words[kind].format(at=said.held()))),
            Text(tuple(lines)),
            Text((words["contents"],), "plain"),
            Text(tuple(words["parts"]), "items"),
            Text((words["members"],), "plain"),
            Text(members, "items"),
        )
    )


def _annex(said: Said, *, stamped: bool) -> Section:
    words = said.part("annex")
    head: Block = _stamp(said) if stamped else Text((words["annex"],), "right")
    rows = tuple(_row(said, one) for one in _in_order(said))
    table = Table("calendar", tuple(words["columns"]), ANNEX_WIDTHS, rows)
    return Section((head, said.calendar_title(), table), on_its_side=True)


def _in_order(said: Said) -> list[PlannedMeeting]:
    """Meetings as the version orders them, cancelled ones among them."""
    return list(said.source.page.comparison.new.values())


def _row(said: Said, planned: PlannedMeeting) -> tuple[tuple[str, ...], ...]:
    matter = typed_lines(in_language(planned, "subject", said.language))
    if planned.cancelled:
        reason = " ".join(typed_lines(planned.cancel_reason))
        matter = (*matter, said.part("annex")["cancelled"].format(text=reason))
    who = tuple(_coming(said, one) for one in planned.attendance.all())
    return (
        (planned.number,),
        tuple(change_words.when(planned).rsplit(", ", 1)),
        (change_words.where(planned),),
        who,
        matter,
    )


def _coming(said: Said, attendance: object) -> str:
    """Body, and the name of whoever holds the post on the day."""
    body, term = in_language(attendance.body), attendance.term  # type: ignore[attr-defined]
    if term is None:
        return body
    name = in_language(term.person, "name", said.language)
    return f"{body}: {said.part('annex')['acting'].format(name=name) if term.acting else name}"


def _stamp(said: Said) -> Stamp:
    """«Бекітілді» with whose protocol it rests on; without an approval the same with blanks."""
    words, session = said.part("annex"), said.source.session
    if session.decision != Decision.APPROVED or session.protocol_day is None:
        return Stamp(
            (words["stamp"], *(line.format(commission=said.commission) for line in words["blank_stamp"]))
        )
    facts = {
        "commission": said.commission,
        "day": long_date(session.protocol_day, language=said.language),
        "number": session.protocol_number,
    }
    act = [words["stamp_act"].format(act=session.act)] if session.act else []
    return Stamp((words["stamp"], *(line.format(**facts) for line in words["stamp_lines"]), *act))


def _sheet(said: Said) -> Section:
    words = said.part("sheet")
    question = words["question"].format(period=said.period)
    table = Table("sheet", tuple(words["columns"]), SHEET_WIDTHS, (((question,), ("",), ("",), ("",)),))
    return Section(
        (
            Title(words["title"], (said.commission,)),
            Text((words["term"].format(at=said.held()), words["how"])),
            table,
            Text((words["opinion"], *[words["line"]] * 4), "plain"),
            Signatures((said.signature("member", ""),)),
        )
    )
