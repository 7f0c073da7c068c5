"""The calendar on one page, for paper: numbers, changes, what is open, regions. As the page of the portal."""

from __future__ import annotations

from base.names import in_language
from base.wording import sentence
from calendar_app import change_words
from calendar_app.change_words import ChangedMeeting
from calendar_app.documents.blocks import Block, Counters, Heading, Section, Text, Title
from calendar_app.documents.papers import typed_lines
from calendar_app.documents.session_words import Said
from calendar_app.models import CoordinationAnswer
from procedure.calendar_changes import ADDED, KINDS
from procedure.problems import Problem

# More changed meetings than these go on on a page of their own, so that the first one stays one page.
ON_THE_PAGE = 10


def sections(said: Said) -> list[Section]:
    """The page, and a second one when there are more changes than it holds. In the active language."""
    page = said.source.page
    told = KINDS if page.comparison.before else tuple(kind for kind in KINDS if kind != ADDED)
    changed = change_words.meetings(page.comparison, told)
    first = Section(
        (
            _title(said),
            *_numbers(said),
            *_changes(said, changed),
            *_open_matters(said),
            *_regions(said),
        )
    )
    rest = changed[ON_THE_PAGE:]
    more = said.part("page")["all_changes"]
    return [first, *([Section((Title(more), Text(_told(rest), "items")))] if rest else [])]


def _title(said: Said) -> Title:
    title = said.calendar_title()
    return Title(said.part("page")["title"], (title.text, *title.below))


def _numbers(said: Said) -> list[Block]:
    page, words = said.source.page, said.part("page")
    values = (str(page.meetings), f"{page.covered}/{len(page.regions)}", str(page.share))
    blocks: list[Block] = [Counters(tuple(zip(words["numbers"], values, strict=True)))]
    if page.version.reason:
        blocks.append(Text((words["reason"].format(text=" ".join(typed_lines(page.version.reason))),)))
    return blocks


def _changes(said: Said, changed: list[ChangedMeeting]) -> list[Block]:
    page, words = said.source.page, said.part("page")
    before = page.comparison.before
    base = words["compared"].format(number=before.number) if before else words["first"]
    counted = tuple((name, str(number)) for _, name, number in change_words.counters(page.comparison))
    blocks: list[Block] = [Heading(words["changes"]), Text((base,), "note"), Counters(counted)]
    if changed:
        blocks.append(Text(_told(changed[:ON_THE_PAGE]), "items"))
    lines = []
    if len(changed) > ON_THE_PAGE:
        lines.append(said.rest(len(changed) - ON_THE_PAGE))
    if page.comparison.changes.trifles:
        lines.append(words["trifles"].format(count=len(page.comparison.changes.trifles)))
    if page.comparison.changes.is_nothing:
        lines.append(words["nothing"])
    return [*blocks, *([Text(tuple(lines))] if lines else [])]


def _told(changed: list[ChangedMeeting]) -> tuple[str, ...]:
    return tuple(
        f"№ {one.number}, {one.head}. {', '.join(one.labels)}. {' '.join(typed_lines(' '.join(one.said)))}"
        for one in changed
    )


def _open_matters(said: Said) -> list[Block]:
    page, words = said.source.page, said.part("page")
    lines = []
    for one in page.refusals:
        lines.append(_answer(words["refusal"], one))
        if hasattr(one, "disagreement"):
            lines.append(words["position"].format(text=" ".join(typed_lines(one.disagreement.position))))
    lines += [_answer(words["remark"], one) for one in page.remarks]
    if page.silent:
        lines.append(words["silent"].format(count=len(page.silent)))
    for warning, count, reasons in page.warnings:
        text = sentence(Problem(warning.code, warning.params))
        lines.append(words["warning"].format(text=text, count=count))
        lines += [words["accepted"].format(text=" ".join(typed_lines(reason))) for reason in reasons]
    return [Heading(words["open"]), Text(tuple(lines or [words["nothing_open"]]), "items")]


def _answer(template: str, answer: CoordinationAnswer) -> str:
    text = " ".join(typed_lines(answer.words))
    return template.format(number=answer.planned.number, body=in_language(answer.body), text=text)


def _regions(said: Said) -> list[Block]:
    page, words = said.source.page, said.part("page")
    counted = [f"{in_language(region)}: {number}" for region, number in page.regions if number]
    lines = ["; ".join(counted) + "." if counted else ""]
    if page.empty_regions:
        names = ", ".join(in_language(one) for one in page.empty_regions)
        lines.append(words["empty_regions"].format(names=names))
        lines += [words["accepted"].format(text=" ".join(typed_lines(one))) for one in page.region_reasons]
    lines.append(words["times"].format(days_off=page.days_off, evenings=page.evenings))
    if page.left_out:
        lines.append(words["left_out"].format(count=page.left_out))
    return [Heading(words["regions"]), Text(tuple(filter(None, lines)), "note")]
