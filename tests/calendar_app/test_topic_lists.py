"""Acts on a topic list: what they do, what they refuse, what they leave behind."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from accounts.models import User
from audit import journal
from base.errors import NotPermitted, Refused, Stale
from calendar_app import invariants
from calendar_app.models import Recall, Review, RuleSet, Submission, Topic, TopicList
from calendar_app.transitions import reviews, topic_lists
from notices.models import Letter
from procedure.half_years import HalfYear
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD, TOPICS

pytestmark = pytest.mark.django_db

LAST_INSTANT = datetime(2026, 12, 1, 18, 59, 59, 999_999, tzinfo=UTC)
FIRST_LATE = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)


def fresh(topic_list: TopicList) -> TopicList:
    return TopicList.objects.select_related("akimat", "rule_set").get(pk=topic_list.pk)


def acts_of(topic_list: TopicList) -> list[str]:
    return [entry.act for entry in journal.history("topic_list", topic_list.pk)]


def kinds() -> list[str]:
    return sorted(Letter.objects.values_list("kind", flat=True))


def test_a_list_is_started_once_per_half_year(officer: User, akimat: Body) -> None:
    first = topic_lists.start(akimat=akimat, half_year=PERIOD, by=officer, now=IN_TIME)
    again = topic_lists.start(akimat=akimat, half_year=PERIOD, by=officer, now=IN_TIME)

    assert again == first
    assert first.state == "draft"
    assert first.rule_set.code == "decree-draft-2023"
    assert RuleSet.objects.get(pk=first.rule_set_id).used
    assert acts_of(first) == ["topic_list.start"]


@pytest.mark.parametrize("code", ["2026-H1", "2027-H2", "2030-H1"])
def test_only_the_present_and_the_next_half_year_can_be_started(
    officer: User, akimat: Body, code: str
) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.start(akimat=akimat, half_year=HalfYear.parse(code), by=officer, now=IN_TIME)

    assert [problem.code for problem in refusal.value.problems] == ["half_year_not_open"]
    assert not TopicList.objects.exists()


def test_a_saved_draft_keeps_topics_in_order(draft: TopicList, officer: User) -> None:
    changed = [*TOPICS[::-1], TopicDraft("Жол", "Дорога")]
    saved = topic_lists.save_draft(
        topic_list=draft, draft=ListDraft(changed), by=officer, now=IN_TIME, version=draft.version
    )

    titles = list(saved.topics.order_by("position").values_list("title_kk", flat=True))
    assert titles == ["Мектеп құрылысы", "Ауыз су сапасы", "Жол"]
    assert saved.version == draft.version + 1
    assert acts_of(saved) == ["topic_list.start", "topic_list.save", "topic_list.save"]


def test_a_second_officer_is_told_and_nothing_is_overwritten(draft: TopicList, officer: User) -> None:
    topic_lists.save_draft(
        topic_list=draft, draft=ListDraft(TOPICS[:1]), by=officer, now=IN_TIME, version=draft.version
    )

    with pytest.raises(Stale), transaction.atomic():
        topic_lists.save_draft(
            topic_list=draft, draft=ListDraft([]), by=officer, now=IN_TIME, version=draft.version
        )

    assert Topic.objects.filter(topic_list=draft).count() == 1


def test_submission_gives_a_receipt_that_can_be_recomputed(draft: TopicList, officer: User) -> None:
    submission = topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)

    kept = Submission.objects.get(pk=submission.pk)
    assert kept.receipt_number == "L-2027-H1-19-1"
    assert kept.sha256 == hashlib.sha256(kept.snapshot.encode()).hexdigest()
    content = json.loads(kept.snapshot)
    assert content["topics"][0]["title"] == {"kk": "Ауыз су сапасы", "ru": "Качество питьевой воды"}
    assert content["submitted_at"] == "2026-11-23T06:00:00.000000Z"
    assert kept.last_day == date(2026, 12, 1)
    assert not kept.late
    assert fresh(draft).state == "submitted"
    assert kinds() == ["topic_list_receipt", "topic_list_submitted"]
    entry = journal.history("topic_list", draft.pk).last()
    assert entry is not None
    assert entry.changes["sha256"] == [None, kept.sha256]
    assert entry.actor_body == "akimat.19"


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        (FIRST_LATE - timedelta(seconds=1), False),
        (LAST_INSTANT, False),
        (FIRST_LATE, True),
        (FIRST_LATE + timedelta(microseconds=1), True),
        (FIRST_LATE + timedelta(days=40), True),
    ],
)
def test_the_first_late_instant_is_the_midnight_after_the_last_day(
    draft: TopicList, officer: User, moment: datetime, late: bool
) -> None:
    submission = topic_lists.submit(
        topic_list=draft, by=officer, now=moment, version=draft.version, explanation_kk="Хат кеш келді"
    )

    assert submission.late is late
    assert submission.explanation_kk == ("Хат кеш келді" if late else "")
    assert TopicList.objects.with_submissions().get(pk=draft.pk).is_late is late
    expected = "topic_list_late_submitted" if late else "topic_list_submitted"
    assert kinds() == sorted(["topic_list_receipt", expected])


@pytest.mark.parametrize("explanation", ["", "   ", "\n"])
def test_a_late_list_asks_for_an_explanation(draft: TopicList, officer: User, explanation: str) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.submit(
            topic_list=draft, by=officer, now=FIRST_LATE, version=draft.version, explanation_kk=explanation
        )

    assert [(p.code, p.field) for p in refusal.value.problems] == [("explanation_required", "explanation_kk")]
    assert fresh(draft).state == "draft"
    assert not Submission.objects.exists()
    assert not Letter.objects.exists()


def test_a_list_without_topics_is_not_submitted(officer: User, akimat: Body) -> None:
    empty = topic_lists.start(akimat=akimat, half_year=PERIOD, by=officer, now=IN_TIME)

    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.submit(topic_list=empty, by=officer, now=IN_TIME, version=empty.version)

    assert [problem.code for problem in refusal.value.problems] == ["no_topics"]


def test_return_answer_resubmit_accept(submitted: TopicList, officer: User, authority: User) -> None:
    review = reviews.return_(
        topic_list=submitted, by=authority, now=IN_TIME, version=submitted.version, comment=" Толықтырыңыз "
    )
    returned = fresh(submitted)
    assert (returned.state, returned.round, review.comment) == ("returned", 2, "Толықтырыңыз")
    # Five working days after Monday 23 November end before the first term does: that one stands.
    assert review.last_day == date(2026, 12, 1)

    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.submit(topic_list=returned, by=officer, now=IN_TIME, version=returned.version)
    assert [problem.code for problem in refusal.value.problems] == ["answer_required"]

    both = [TOPICS[0], TopicDraft("Мектеп", "Школа", "Мәтін", "Текст")]
    saved = topic_lists.save_draft(
        topic_list=returned,
        draft=ListDraft(both),
        answer="Толықтырылды",
        by=officer,
        now=IN_TIME,
        version=returned.version,
    )
    second = topic_lists.submit(topic_list=saved, by=officer, now=IN_TIME, version=saved.version)
    assert (second.number, second.round, second.answer) == (2, 2, "Толықтырылды")

    again = fresh(submitted)
    reviews.accept(topic_list=again, by=authority, now=IN_TIME, version=again.version)
    assert fresh(submitted).state == "accepted"
    assert [act.removeprefix("topic_list.") for act in acts_of(submitted)] == [
        "start", "save", "submit", "return", "save", "submit", "accept",
    ]  # fmt: skip
    assert kinds() == [
        "topic_list_accepted",
        "topic_list_receipt",
        "topic_list_receipt",
        "topic_list_resubmitted",
        "topic_list_returned",
        "topic_list_submitted",
    ]
    assert invariants.broken() == {}


def test_a_list_short_of_one_language_is_submitted_but_not_accepted(
    draft: TopicList, officer: User, authority: User
) -> None:
    saved = topic_lists.save_draft(
        topic_list=draft, draft=ListDraft([TopicDraft("Су")]), by=officer, now=IN_TIME, version=draft.version
    )
    topic_lists.submit(topic_list=saved, by=officer, now=IN_TIME, version=saved.version)
    lies = fresh(draft)

    with pytest.raises(Refused) as refusal, transaction.atomic():
        reviews.accept(topic_list=lies, by=authority, now=IN_TIME, version=lies.version)

    assert [(p.code, p.field) for p in refusal.value.problems] == [
        ("missing_title_language", "topics.0.title_ru")
    ]
    assert fresh(draft).state == "submitted"
    assert not Review.objects.exists()


def test_a_return_without_a_comment_is_refused(submitted: TopicList, authority: User) -> None:
    with pytest.raises(Refused), transaction.atomic():
        reviews.return_(
            topic_list=submitted, by=authority, now=IN_TIME, version=submitted.version, comment="  "
        )
    assert fresh(submitted).state == "submitted"


def test_a_recalled_list_sent_after_the_deadline_is_late(submitted: TopicList, officer: User) -> None:
    topic_lists.recall(topic_list=submitted, by=officer, now=LAST_INSTANT, version=submitted.version)
    draft = fresh(submitted)
    assert draft.state == "draft"
    assert draft.round == 1

    second = topic_lists.submit(
        topic_list=draft, by=officer, now=FIRST_LATE, version=draft.version, explanation_kk="Түзету"
    )

    assert second.late
    assert second.receipt_number == "L-2027-H1-19-2"
    assert TopicList.objects.with_submissions().get(pk=draft.pk).is_late
    assert Recall.objects.count() == 1
    assert invariants.broken() == {}


def test_an_accepted_list_can_be_reopened_with_a_reason(
    submitted: TopicList, officer: User, authority: User
) -> None:
    complete = fresh(submitted)
    reviews.accept(topic_list=complete, by=authority, now=IN_TIME, version=complete.version)
    accepted = fresh(submitted)
    reviews.reopen(
        topic_list=accepted, by=authority, now=IN_TIME, version=accepted.version, comment="Жаңа деректер"
    )

    reopened = fresh(submitted)
    assert (reopened.state, reopened.round) == ("returned", 2)
    assert "topic_list_reopened" in kinds()
    assert invariants.broken() == {}


def test_nobody_acts_for_another_body(
    submitted: TopicList, draft: TopicList, officer: User, neighbour: User, authority: User
) -> None:
    before = (fresh(submitted).state, fresh(submitted).version)
    forbidden = [
        lambda: topic_lists.recall(topic_list=submitted, by=neighbour, now=IN_TIME, version=before[1]),
        lambda: topic_lists.recall(topic_list=submitted, by=authority, now=IN_TIME, version=before[1]),
        lambda: reviews.accept(topic_list=submitted, by=officer, now=IN_TIME, version=before[1]),
        lambda: reviews.return_(
            topic_list=submitted, by=officer, now=IN_TIME, version=before[1], comment="x"
        ),
        lambda: topic_lists.submit(topic_list=submitted, by=neighbour, now=IN_TIME, version=before[1]),
        lambda: topic_lists.save_draft(
            topic_list=submitted, draft=ListDraft([]), by=neighbour, now=IN_TIME, version=before[1]
        ),
    ]
    for act in forbidden:
        with pytest.raises(NotPermitted), transaction.atomic():
            act()
    assert (fresh(submitted).state, fresh(submitted).version) == before
