"""The two papers as plain data in one language: what they say, not how they look.

DOCX and PDF are drawn from the same papers, so they say the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from base.dates import at_almaty, half_year_name, long_date
from base.texts import tidied
from calendar_app.documents import names as naming
from calendar_app.documents.names import Names
from calendar_app.documents.paper_shapes import Annex, Frame, Letter, Meetings, Row, Signature
from calendar_app.documents.sources import LANGUAGES, Source, untranslated
from calendar_app.meeting_snapshots import window_of
from calendar_app.window_words import window_in_words

NOTHING = "—"
# Letters in a row up to which it is kept on one page: about a third of it.
SHORT_ROW = 900
# Lines of times and ministries together, likewise.
SHORT_MEETING = 12


@cache
def words(language: str) -> Mapping[str, Any]:
    """The texts of the documents in kk or ru."""
    return tomllib.loads((Path(__file__).parent / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def letter(source: Source, names: Names, language: str) -> Letter:
    """The covering letter of a submission, or of a draft."""
    said = words(language)["letter"]
    period = half_year_name(source.content["half_year"], said["period_case"], language)
    performer = names.performer(language)
    return Letter(
        frame=_frame(source, names, language, f"{said['title']}. {said['subject'].format(period=period)}"),
        letterhead=(names.official(names.akimat, "kk").upper(), names.official(names.akimat, "ru").upper()),
        number=said["number"],
        date=said["date"],
        number_note=said["number_note"],
        addressee=(said["addressee"], f"({performer})") if performer else (said["addressee"],),
        subject=said["subject"].format(period=period),
        paragraphs=tuple(_letter_text(source, names, language, period)),
        annex=said["annex"].format(period=period),
        signature=_signature(names, language),
        executor=said["executor"],
    )


def annex(source: Source, names: Names, language: str) -> Annex:
    """The topic list of a submission, or of a draft."""
    said, content = words(language)["list"], source.content
    period = half_year_name(content["half_year"], words(language)["letter"]["period_case"], language)
    missing = ", ".join(map(str, untranslated(content, language)))
    has_topics = bool(content["topics"])
    reason = typed_lines(_pair(content, "no_topics_reason", language))
    return Annex(
        frame=_frame(source, names, language, f"{said['title']} {said['period'].format(period=period)}"),
        annex=said["annex"],
        title=said["title"],
        period=said["period"].format(period=period),
        akimat=names.official(names.akimat, language),
        analysis_heading=said["analysis"],
        analysis=typed_lines(_pair(content, "analysis", language)),
        topics_heading=said["topics"] if has_topics else said["no_topics"],
        untranslated=said["untranslated"].format(numbers=missing) if missing else "",
        columns=tuple(said["columns"]),
        rows=tuple(_row(topic, names, language) for topic in content["topics"]),
        reason=() if has_topics else reason,
        meetings=_meetings(content, names, language),
        signature=_signature(names, language),
    )


def _letter_text(source: Source, names: Names, language: str, period: str) -> list[str]:
    """The paragraphs between subject and annex. Typed texts stand in them as they were typed."""
    said, content = words(language)["letter"], source.content
    facts = {"akimat": names.official(names.akimat, language), "period": period}
    reason = _pair(content, "no_topics_reason", language)
    if content["topics"] or not any((content.get("no_topics_reason") or {}).values()):
        text = [said["opening"].format(count=_counted(len(content["topics"]), language), **facts)]
    else:
        text = [said["no_topics"].format(**facts), *_after(said["reason"], reason)]
    if any((content.get("analysis") or {}).values()):
        text.append(said["analysis"])
    if content.get("round", 1) > 1:
        text.append(said["again"].format(round=content["round"]))
    if content.get("answer"):
        text += _after(said["answer"], content["answer"])
    for one in content.get("answers", ()):
        text += _after(said["answer_to_topic"], one["answer"], number=str(one["position"]))
    if content.get("late"):
        last_day = long_date(date.fromisoformat(content["last_day"]), language=language)
        text += _after(said["late"], _explanation(content, language), last_day=last_day)
    return [*text, said["request"]]


def _row(topic: Mapping[str, Any], names: Names, language: str) -> Row:
    # No district means the whole region; a text is optional, a dash stands for one that only the other
    # language has.
    has_text = any(text.strip() for text in topic["text"].values())
    facts = (
        naming.sector(topic.get("sector", ""), language),
        names.place(topic.get("district", ""), language) or words(language)["list"]["whole_region"],
        names.body(topic.get("ministry", ""), language),
        naming.urgency(topic.get("urgency", ""), language),
        topic.get("evidence", ""),
    )
    return Row(
        number=str(topic["position"]),
        title=typed_lines(topic["title"][language]),
        text=typed_lines(topic["text"][language]) if has_text else (),
        facts=tuple(typed_lines(fact) for fact in facts),
        is_short=len(topic["title"][language] + topic["text"][language]) + 3 * len(facts[-1]) < SHORT_ROW,
    )


def _meetings(content: Mapping[str, Any], names: Names, language: str) -> Meetings | None:
    """What is said of meetings; snapshots of format 1 knew none."""
    said, rows = words(language)["list"], content.get("meetings", ())
    reason = content.get("no_meetings_reason") or {}
    if not rows and not any(reason.values()):
        return None
    numbers = {topic.get("key"): topic["position"] for topic in content["topics"]}
    return Meetings(
        heading=said["meetings"] if rows else said["no_meetings"],
        columns=tuple(said["meeting_columns"]),
        rows=tuple(_meeting(one, names, numbers, language) for one in rows),
        reason=() if rows else typed_lines(reason.get(language, "")),
    )


def _meeting(meeting: Mapping[str, Any], names: Names, numbers: Mapping[int, int], language: str) -> Row:
    hall, said = meeting["hall"], words(language)["list"]
    where = [f"{hall['name'][language]}, {hall['address'][language]}"] if hall else []
    if any(meeting["venue"].values()):
        where = [meeting["venue"][language] or NOTHING]
    where.append(naming.mode(meeting["mode"], language))
    if meeting["attendance"]:
        where.append(said["attendance"].format(number=meeting["attendance"]))
    topics = sorted(numbers[key] for key in meeting["topics"] if key in numbers)
    facts = (
        "\n".join(names.body(code, language) for code in meeting["ministries"]),
        ", ".join(map(str, topics)),
        "\n".join(window_in_words(window_of(one), language) for one in meeting["windows"]),
    )
    return Row(
        number=str(meeting["position"]),
        title=typed_lines(names.whole_place(meeting["place"], language)),
        text=typed_lines("\n".join(where)),
        facts=tuple(typed_lines(fact) for fact in facts),
        is_short=len(meeting["windows"]) + len(meeting["ministries"]) < SHORT_MEETING,
    )


def _frame(source: Source, names: Names, language: str, title: str) -> Frame:
    said = words(language)
    marks = [said["draft"]] if source.is_draft else []
    at = at_almaty(source.at, language=language)
    if source.is_draft:
        foot = [said["last_change"].format(at=at)]
    else:
        foot = [said["registered"].format(receipt=source.receipt_number, at=at), f"SHA-256 {source.sha256}"]
    return Frame(
        language=language,
        locale=said["locale"],
        title=title,
        author=names.official(names.akimat, language),
        at=source.at,
        marks=(*marks, *([said["demonstration"]] if settings.DEMO else [])),
        foot=tuple(foot),
    )


def _signature(names: Names, language: str) -> Signature:
    """Post and name of the head on the day; a deputy who signs instead is written in by the officer."""
    said = words(language)["signature"]
    post = names.post.name_on(names.day, language) if names.post else said["post"]
    if names.term and names.term.acting:
        post = said["acting"].format(post=post)
    name = getattr(names.term.person, f"name_{language}") if names.term else ""
    return Signature(post, name, said["sign_note"], said["name_note"])


def _counted(number: int, language: str) -> str:
    from babel import Locale

    forms = words(language)["letter"]["count"]
    return forms[Locale.parse(language).plural_form(number)].format(n=number)


def _explanation(content: Mapping[str, Any], language: str) -> str:
    """Why the list comes late, in this language or else the other; until format 3 it was one text."""
    said = content["explanation"]
    return said if isinstance(said, str) else said[language] or said["ru" if language == "kk" else "kk"]


def _pair(content: Mapping[str, Any], part: str, language: str) -> str:
    assert language in LANGUAGES
    return (content.get(part) or {}).get(language, "")


def _after(sentence: str, text: str, **facts: str) -> list[str]:
    """The sentence with the first line of a typed text in it, and the other lines as paragraphs."""
    first, *others = typed_lines(text)
    # The typed text comes last and is never read for placeholders: format() looks at the sentence only.
    return [sentence.format(text=first, **facts), *others]


def typed_lines(text: str) -> tuple[str, ...]:
    """The lines of a typed text, blank ones left out; a dash for no text.

    Control characters and overrides of direction are left out: paper must not read differently from what
    was typed.
    """
    lines = [line.rstrip() for line in tidied(text, lines=True).split("\n")]
    return tuple(line for line in lines if line.strip()) or (NOTHING,)
