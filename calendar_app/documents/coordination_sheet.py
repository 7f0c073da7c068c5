"""The coordination sheet: what each ministry said about each meeting, and the table of disagreements."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from base.dates import at_almaty, half_year_name, long_date
from base.names import in_language
from calendar_app.documents.blocks import Block, Heading, Paper, Section, Signatures, Table, Text, Title
from calendar_app.documents.paper_shapes import Frame, Signature
from calendar_app.documents.papers import typed_lines
from calendar_app.documents.papers import words as common_words
from calendar_app.labels.coordination import AnswerState
from calendar_app.models import CalendarVersion, CoordinationAnswer
from calendar_app.queries import calendars as queries
from regions.models import Body

LANGUAGES = ("kk", "ru")


@dataclass(frozen=True)
class SheetSource:
    """A version with the standing answers about it, read once; at: the instant that the sheet tells of."""

    version: CalendarVersion
    answers: list[CoordinationAnswer]
    authority: Body
    at: datetime


def of_version(version: CalendarVersion, now: datetime) -> SheetSource:
    """Read what the sheet shows, as of now; of a version that was submitted, as of its submission."""
    answers = list(queries.standing_answers(version).select_related("letter"))
    at = (version.submitted_at or now).astimezone(UTC)
    return SheetSource(version, answers, Body.objects.get(code="authority"), at)


@cache
def words(language: str) -> Mapping[str, Any]:
    """The texts of the sheet in kk or ru."""
    path = Path(__file__).parent / "words" / f"coordination_{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def sheet(source: SheetSource, language: str) -> Paper:
    """The sheet in one language: all answers, then the disagreements if there are any."""
    with translation.override(language):
        said = words(language)
        period = half_year_name(source.version.period, said["period_case"], language=language)
        title = Title(said["title"], (said["subject"].format(period=period),))
        blocks: list[Block] = [
            title,
            Text((said["as_of"].format(at=at_almaty(source.at, language=language)),), "note"),
        ]
        blocks += _answers(source, said, language)
        blocks += _disagreements(source, said, language)
        line = common_words(language)["signature"]
        signed = Signature(said["signatory"], "", line["sign_note"], line["name_note"])
        blocks.append(Signatures((signed,)))
        return Paper(_frame(source, said["title"], language), (Section(tuple(blocks), on_its_side=True),))


def _answers(source: SheetSource, said: Mapping[str, Any], language: str) -> list[Block]:
    if not source.answers:
        return [Text((said["nobody_asked"],))]
    rows = tuple(
        (
            (str(number),),
            (in_language(one.body),),
            _meeting(one, language),
            _answer(one, said, source.at, language),
            typed_lines(one.words) if one.words else ("—",),
        )
        for number, one in enumerate(
            sorted(source.answers, key=lambda one: (one.body_id, one.planned.starts)), start=1
        )
    )
    return [Table("answers", tuple(said["columns"]), (9, 55, 88, 52, 56), rows)]


def _disagreements(source: SheetSource, said: Mapping[str, Any], language: str) -> list[Block]:
    refused = [one for one in source.answers if one.state == AnswerState.REFUSED]
    if not refused:
        return []
    rows = []
    for number, one in enumerate(refused, start=1):
        reasons = list(typed_lines(one.words))
        if one.counter_starts:
            reasons.append(said["counter"].format(at=at_almaty(one.counter_starts, language=language)))
        known = getattr(one, "disagreement", None)
        position = typed_lines(known.position) if known else (said["no_position"],)
        rows.append(
            (
                (str(number),),
                (in_language(one.body),),
                _meeting(one, language),
                tuple(reasons),
                tuple(position),
            )
        )
    columns = tuple(said["disagreement_columns"])
    return [Heading(said["disagreements"]), Table("disagreements", columns, (9, 50, 71, 65, 65), tuple(rows))]


def _meeting(one: CoordinationAnswer, language: str) -> tuple[str, ...]:
    row = one.planned
    head = f"№ {row.number}, " if row.number else ""
    subject = " ".join(typed_lines(in_language(row, "subject")))
    return (f"{head}{at_almaty(row.starts, language=language)}", in_language(row.place), subject)


def _answer(one: CoordinationAnswer, said: Mapping[str, Any], at: datetime, language: str) -> tuple[str, ...]:
    """Silence is written as silence."""
    if one.state == AnswerState.ASKED:
        code = "silent" if one.is_silent(at) else "waiting"
        return (said[code].format(day=long_date(one.last_day, language=language)),)
    assert one.counts_at is not None
    lines = [said[one.state], at_almaty(one.counts_at, language=language)]
    if one.letter is not None:
        day = long_date(one.letter.day, language=language)
        lines.append(said["by_letter"].format(number=one.letter.number, day=day))
    return tuple(lines)


def _frame(source: SheetSource, title: str, language: str) -> Frame:
    common = common_words(language)
    return Frame(
        language=language,
        locale=common["locale"],
        title=title,
        author=getattr(source.authority, f"full_name_{language}"),
        at=source.at,
        marks=(
            *([common["draft"]] if source.version.is_open else []),
            *([common["demonstration"]] if settings.DEMO else []),
        ),
        foot=(f"{source.version.half_year}, № {source.version.number}",),
    )
