"""Proposed meetings in the official list: in both languages, in both kinds of file, and as they were submitted."""

from __future__ import annotations

import json
from datetime import date, time

import pytest

from accounts.models import User
from calendar_app.documents import papers, sources
from calendar_app.documents.names import names_of
from calendar_app.models import TopicList
from calendar_app.transitions import proposed_meetings as acts
from procedure.proposed_meetings import ExactWindow, LooseWindow, MeetingDraft
from regions.models import Body, Hall
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.official_papers import got, squeezed, submission_of, text_of
from tests.calendar_app.proposals import make_hall, place_in

pytestmark = pytest.mark.django_db

SATURDAY = ExactWindow(date(2027, 3, 6), time(11), time(13))
MARCH = LooseWindow(date(2027, 3, 1), date(2027, 3, 31), (5,), (date(2027, 3, 20),), "evening", 120)


@pytest.fixture
def proposing(draft: TopicList, officer: User, akimat: Body) -> TopicList:
    """The draft with a meeting in a hall and one at a venue in words."""
    hall, keys = make_hall(akimat), tuple(draft.topics.values_list("pk", flat=True))
    here = hall.territory_id
    for one in (
        MeetingDraft(("ministry.health", "ministry.water"), keys, "in_person", here, hall.pk, windows=(SATURDAY,)),
        MeetingDraft(
            ("ministry.water",), keys[1:], "hybrid", here, venue_kk="Мектеп", venue_ru="Школа",
            windows=(MARCH,), attendance=150,
        ),
    ):  # fmt: skip
        acts.save(topic_list=draft, draft=one, by=officer, now=IN_TIME)
    return TopicList.objects.get(pk=draft.pk)


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_place_time_ministries_and_topics_stand_in_the_list(
    proposing: TopicList, officer: User, ending: str
) -> None:
    kk = text_of(got(officer, proposing, f"list.kk.{ending}"), ending)
    ru = text_of(got(officer, proposing, f"list.ru.{ending}"), ending)

    place = place_in("190000000")
    for text in (
        "Кездесулердің орны мен уақыты жөніндегі ұсыныстар", "Мәдениет үйі, Абай, 1", place.name_kk, "Мектеп",
        "6 наурыз, сенбі, 11:00–13:00", "Күтілетін қатысушылар саны: 150",
    ):  # fmt: skip
        assert squeezed(text) in kk
    for text in (
        "Предложения по месту и времени встреч", "Дом культуры, Абая, 1", place.name_ru, "Школа",
        "6 марта, суббота, 11:00–13:00", "Март; суббота; кроме", "Министерство водных ресурсов и ирригации",
        "Ожидаемое число участников: 150", "1, 2",
    ):  # fmt: skip
        assert squeezed(text) in ru
    assert "Школа" not in kk


def test_what_was_submitted_keeps_the_name_its_hall_had(proposing: TopicList, officer: User) -> None:
    submission = submission_of(proposing, officer)
    Hall.objects.update(name_ru="Новый дворец")

    text = text_of(got(officer, proposing, "list.ru.pdf", submission.number), "pdf")

    assert squeezed("Дом культуры") in text
    assert squeezed("Новый дворец") not in text


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_no_meetings_with_a_reason_and_nothing_said(draft: TopicList, officer: User, ending: str) -> None:
    silent = text_of(got(officer, draft, f"list.ru.{ending}"), ending)
    assert "Встречи" not in silent
    words = {"no_meetings_reason_kk": "", "no_meetings_reason_ru": "Зал на ремонте"}
    acts.propose_none(topic_list=draft, words=words, by=officer, now=IN_TIME, version=draft.version)

    ru = text_of(got(officer, draft, f"list.ru.{ending}"), ending)

    assert squeezed("Встречи не предлагаются") in ru
    assert squeezed("Зал на ремонте") in ru


def test_a_snapshot_from_before_proposed_meetings_is_still_written(
    proposing: TopicList, officer: User
) -> None:
    submission = submission_of(proposing, officer)
    content = json.loads(submission.snapshot)
    for name in ("meetings", "no_meetings_reason"):
        del content[name]
    source = sources.Source(proposing.akimat, content, submission.submitted_at, "L", "0" * 64)

    assert papers.annex(source, names_of(source), "kk").meetings is None
