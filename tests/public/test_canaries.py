"""What is not public never shows at any public address, in any language or format; the search can find it."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from calendar_app.models import (
    CalendarVersion,
    CoordinationAnswer,
    Disagreement,
    LeftOutItem,
    PlannedMeeting,
    Session,
    Vote,
)
from calendar_app.queries import calendars as queries
from calendar_app.transitions import calendars, coordination, meetings
from tests.public import reading
from tests.public.conftest import Stage

# Public once the version is in force, and not before.
SUBJECT, NOTE, VENUE = "КанарейкаПредмет", "КанарейкаПримечание", "КанарейкаМесто"
DRAFTS = (SUBJECT, NOTE, VENUE)
# Never public.
INNER = {
    "reason of the version": "КанарейкаПричинаВерсии",
    "cancel reason": "КанарейкаПричинаОтмены",
    "contact person": "КанарейкаКонтакт",
    "phone": "+7 700 555 44 33",
    "journey": "КанарейкаПоездка",
    "refusal": "КанарейкаОтказ",
    "position": "КанарейкаПозиция",
    "remark": "КанарейкаЗамечание",
    "left out": "КанарейкаПочемуНет",
    "opinion": "КанарейкаМнение",
    "return": "КанарейкаВозврат",
    "protocol": "КанарейкаПротокол",
}


@pytest.fixture
def numbers(stage: Stage) -> list[str]:
    return stage.coming(3)


def test_every_public_address_is_read_here() -> None:
    assert reading.names() == reading.READ


def leaks(
    numbers: list[str], canaries: tuple[str, ...], languages: tuple[str, ...] = ("ru",)
) -> list[tuple[str, str]]:
    """(address, canary) wherever one shows, also to who searches for it or looks back."""
    asked = (f"q={SUBJECT}", "as_of=2026-08-01")
    found = []
    for path in dict.fromkeys(_paths(numbers, asked, languages)):
        text = reading.words(reading.read(path))
        if SUBJECT in path:  # the page says what was searched for
            text = text.replace(f"q={SUBJECT}", "").replace(f'value="{SUBJECT}"', "")
            text = text.replace(quote(SUBJECT), "")
        found += [(path, canary) for canary in canaries if canary in text]
    return found


def revealed(numbers: list[str], canaries: tuple[str, ...]) -> list[tuple[str, str]]:
    """(canary, number) where the search finds a meeting by a word that it does not show."""
    pages = {one: reading.words(reading.read(f"/kk/calendar/?q={quote(one)}")) for one in canaries}
    return [(one, number) for one, text in pages.items() for number in numbers if f"/{number}/" in text]


def _paths(numbers: list[str], asked: tuple[str, ...], languages: tuple[str, ...]) -> Iterator[str]:
    yield from reading.addresses(numbers[0], *asked, languages=languages)
    for language in languages:
        for number in numbers[1:]:
            yield from (f"/{language}/meetings/{number}/", f"/{language}/meetings/{number}.ics")


def test_what_is_not_in_force_never_shows(stage: Stage, numbers: list[str]) -> None:
    inner = tuple(INNER.values())
    _write(stage, numbers)
    assert leaks(numbers, DRAFTS + inner, ("kk",)) == []
    assert revealed(numbers, DRAFTS + inner) == []
    _returned(stage)
    assert leaks(numbers, DRAFTS + inner) == []

    stage.open(INNER["reason of the version"])
    stage.act(coordination.ask)
    stage.agree()
    stage.act(calendars.submit)
    assert leaks(numbers, DRAFTS + inner) == []
    stage.close(stage.vote("for", INNER["opinion"]), protocol_number=INNER["protocol"])
    assert leaks(numbers, DRAFTS + inner) == []

    stage.act(calendars.publish)
    assert leaks(numbers, inner, reading.LANGUAGES) == []
    assert revealed(numbers, inner) == []
    _are_found(stage, numbers)


def _write(stage: Stage, numbers: list[str]) -> None:
    """A version with a canary in every field that a person writes."""
    first, second, third = numbers
    stage.open(INNER["reason of the version"])
    words = {f"{name}_{code}": word for name, word in _texts().items() for code in ("kk", "ru")}
    inner = {"trip": "journey", "contact_person": "contact person", "contact_phone": "phone"}
    stage.change(first, **words, **{field: INNER[name] for field, name in inner.items()})
    PlannedMeeting.objects.filter(pk=stage.planned(first).pk).update(contact_public=False)
    stage.change(third, subject_ru=f"{SUBJECT} 3")
    stage.cancel(second, INNER["cancel reason"])
    for topic in [queries.accepted_topics(stage.half_year)[0], *queries.topics_not_taken(stage.version)]:
        stage.act(meetings.leave_out, topic=topic.key, reason="other", words=INNER["left out"])
    stage.act(coordination.ask)
    _answered(stage, third)


def _texts() -> dict[str, str]:
    return {"subject": SUBJECT, "note": NOTE, "venue": VENUE}


def _answered(stage: Stage, refused: str) -> None:
    """One ministry refuses, the disagreement is brought along; the others agree with a remark."""
    asked = CoordinationAnswer.objects.filter(planned__version=stage.version).standing().unanswered()
    for one in asked.select_related("planned__version", "planned__meeting"):
        agree = one.planned.number != refused
        words = INNER["remark"] if agree else INNER["refusal"]
        by = stage.person(str(one.body_id))
        coordination.answer(answers=[one], agree=agree, by=by, now=stage.now, words=words)
    for one in CoordinationAnswer.objects.filter(state="refused", planned__version=stage.version):
        by, revision = stage.person("authority"), stage.version.revision
        position = INNER["position"]
        coordination.disagree(refusal=one, position=position, by=by, now=stage.now, revision=revision)


def _returned(stage: Stage) -> None:
    stage.act(calendars.submit)
    session = stage.vote("against", INNER["opinion"])
    stage.close(session, reasons=INNER["return"], protocol_number=INNER["protocol"])
    assert stage.version.state == "returned"


def _are_found(stage: Stage, numbers: list[str]) -> None:
    """The control: the same search finds what is public now, and what is not was really written."""
    first = numbers[0]
    for language in reading.LANGUAGES:
        for path in (*reading.FEEDS[:3], f"meetings/{first}/", f"meetings/{first}.ics"):
            text = reading.words(reading.read(f"/{language}/{path}"))
            assert all(canary in text for canary in DRAFTS), path
    assert leaks(numbers, DRAFTS)
    assert (SUBJECT, first) in revealed(numbers, DRAFTS)
    assert _kept() == set(INNER.values())


def _kept() -> set[str]:
    """The inner canaries that the database holds: there is something that could have leaked."""
    columns = (
        (CalendarVersion, "reason"),
        (PlannedMeeting, "cancel_reason"),
        (PlannedMeeting, "contact_person"),
        (PlannedMeeting, "contact_phone"),
        (PlannedMeeting, "trip"),
        (CoordinationAnswer, "words"),
        (Disagreement, "position"),
        (LeftOutItem, "words"),
        (Vote, "opinion"),
        (Session, "reasons"),
        (Session, "protocol_number"),
    )
    kept = {text for model, column in columns for text in model.objects.values_list(column, flat=True)}
    return kept & set(INNER.values())
