"""The protocol of a session, and its draft before the session."""

from __future__ import annotations

from base.dates import long_date
from calendar_app.documents.blocks import Block, Counters, Heading, Section, Signatures, Table, Text, Title
from calendar_app.documents.papers import NOTHING, typed_lines
from calendar_app.documents.session_sources import is_chair, person_of
from calendar_app.documents.session_words import Said, words
from calendar_app.labels.commission import Decision, SessionKind
from calendar_app.models import RollEntry

WIDTHS = (75, 35, 65)


def section(said: Said) -> Section:
    """All of it on pages that stand. In the active language."""
    return Section(
        (*_head(said), *_people(said), *_matter(said), *_voting(said), *_decision(said), _signed(said))
    )


def _head(said: Said) -> list[Block]:
    words_of, session = said.part("protocol"), said.source.session
    if said.source.is_closed:
        assert session.protocol_day
        day = long_date(session.protocol_day, language=said.language)
        below = words_of["number"].format(number=session.protocol_number, day=day)
        return [Title(words_of["title"], (said.commission, below))]
    return [Title(words_of["draft_title"], (said.commission, words_of["blank_number"]))]


def _people(said: Said) -> list[Block]:
    words_of, source = said.part("protocol"), said.source
    nobody = words(said.language)["nobody"]
    lines = [
        words_of["presiding"].format(name=presiding(said) or nobody),
        words_of["secretary"].format(name=source.secretary or nobody),
    ]
    blocks: list[Block] = [Text(tuple(lines), "plain")]
    present = [one for one in source.members if not isinstance(one, RollEntry) or one.present]
    absent = [one for one in source.members if isinstance(one, RollEntry) and not one.present]
    # Who will be present is not known before the session.
    first = words_of["present"] if source.is_closed else said.part("agenda")["members"]
    for heading, people in ((first, present), (words_of["absent"], absent)):
        if people:
            blocks.append(Text((heading,), "plain"))
            blocks.append(Text(tuple(_name(said, person_of(one)) for one in people), "items"))
    return blocks


def _name(said: Said, person: tuple[int, str, str]) -> str:
    key, name, _role = person
    template: str = said.part("protocol")["without_vote"]
    return template.format(name=name) if key in said.source.barred else name


def presiding(said: Said) -> str:
    """Who presides: as the roll says, before it the chair."""
    for one in said.source.members:
        _key, name, role = person_of(one)
        if one.presiding if isinstance(one, RollEntry) else is_chair(role):
            return name
    return ""


def _matter(said: Said) -> list[Block]:
    words_of, source = said.part("protocol"), said.source
    heard = words_of["heard_text"].format(
        count=source.page.meetings, receipt=source.submission.receipt_number
    )
    return [
        Heading(words_of["agenda"]),
        Text((said.part("agenda")["item"].format(period=said.period),)),
        Heading(words_of["heard"]),
        Text((heard,)),
    ]


def _voting(said: Said) -> list[Block]:
    words_of, source = said.part("protocol"), said.source
    blocks: list[Block] = [Heading(words_of["voting"])]
    if source.session.kind == SessionKind.WRITTEN:
        blocks.append(Text((words_of["written"].format(at=said.held()),)))
    if source.outcome:
        one = source.outcome
        numbers = (one.members, one.present, one.votes_for, one.votes_against, one.abstained)
        blocks.append(Counters(tuple(zip(words_of["numbers"], map(str, numbers), strict=True))))
        if one.decided_by_chair:
            blocks.append(Text((words_of["by_chair"],)))
    if entered := sum(one.entered_by_id is not None for one in source.votes.values()):
        blocks.append(Text((words_of["entered"].format(count=entered),)))
    rows = tuple(_vote_row(said, person_of(one)) for one in source.members)
    return [*blocks, Table("votes", tuple(words_of["columns"]), WIDTHS, rows)]


def _vote_row(said: Said, person: tuple[int, str, str]) -> tuple[tuple[str, ...], ...]:
    key, name, _role = person
    vote = said.source.votes.get(key)
    if vote:
        return (
            (name,),
            (said.part("protocol")["votes"][vote.value],),
            typed_lines(vote.opinion) if vote.opinion else ("",),
        )
    blank = said.part("protocol")["not_voted"] if said.source.is_closed else ""
    return (name,), (blank,), ("",)


def _decision(said: Said) -> list[Block]:
    words_of, source, session = said.part("protocol"), said.source, said.source.session
    if not source.is_closed:
        lines = [line.format(period=said.period) for line in words_of["draft_decision"]]
    elif session.decision == Decision.APPROVED:
        last_day = (
            long_date(source.publication_day, language=said.language) if source.publication_day else NOTHING
        )
        lines = [line.format(period=said.period, last_day=last_day) for line in words_of["approved"]]
        if session.act:
            lines.append(words_of["act"].format(act=session.act))
    else:
        first, *others = typed_lines(session.reasons)
        lines = [words_of["returned"].format(text=first), *others]
    return [Heading(words_of["decided"]), Text(tuple(lines))]


def _signed(said: Said) -> Signatures:
    chair = said.signature("presiding", presiding(said))
    return Signatures((chair, said.signature("secretary", said.source.secretary)))
