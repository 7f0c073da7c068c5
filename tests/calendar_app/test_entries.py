"""A list that came as a signed letter: entered by the authorised body, judged by the letter, open to objection."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from accounts.models import User
from audit.models import Entry
from base.errors import NotPermitted, Refused
from calendar_app import invariants, terms
from calendar_app.models import (
    EntryObjection,
    ObjectionAnswer,
    Obligation,
    SignedLetter,
    Submission,
    TopicList,
)
from calendar_app.queries.explained import due_of
from calendar_app.transitions import entries as acts
from calendar_app.transitions import obligations, reviews, topic_lists, topics
from calendar_app.transitions.reminders import remind
from calendar_app.transitions.signed_letters import NewLetter
from notices import rendering
from notices.models import Letter
from procedure.signed_letters import LetterHead
from procedure.topic_lists import TopicDraft
from regions import workdays
from regions.models import Body
from tests import signed_files as files
from tests.calendar_app.conftest import IN_TIME, PERIOD

pytestmark = pytest.mark.django_db

RECEIVED = IN_TIME - timedelta(days=1)
# The first late instant of 1 December, and a day after it.
FIRST_LATE = datetime(2026, 12, 1, 19, tzinfo=UTC)
AFTERWARDS = FIRST_LATE + timedelta(days=1)
TOPIC = TopicDraft("Ауыз су", "Питьевая вода", "Мәтін", "Текст")


def letter(received: datetime | None = RECEIVED, **head: Any) -> NewLetter:
    said = {"number": "12-3/456", "day": date(2026, 11, 20), "signatory": "Demo head 19", "post": "Әкім"}
    return NewLetter(LetterHead(**said | head, received_at=received), files.PDF)


def fresh(topic_list: TopicList) -> TopicList:
    return TopicList.objects.select_related("akimat", "rule_set", "entry_letter").get(pk=topic_list.pk)


@pytest.fixture
def begun(akimat: Body, authority: User, officer: User) -> TopicList:
    """An entry that was begun, with a topic typed."""
    one = acts.begin(akimat=akimat, half_year=PERIOD, letter=letter(), by=authority, now=IN_TIME)
    topics.save_topic(topic_list=one, draft=TOPIC, by=authority, now=IN_TIME)
    return fresh(one)


@pytest.fixture
def entered(begun: TopicList, authority: User) -> TopicList:
    topic_lists.submit(topic_list=begun, by=authority, now=IN_TIME, version=begun.version)
    return fresh(begun)


def codes(refusal: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refusal.value.problems]


def test_the_letter_says_when_the_list_came(begun: TopicList, authority: User) -> None:
    topic_lists.submit(topic_list=begun, by=authority, now=IN_TIME, version=begun.version)

    submission = Submission.objects.get()
    assert (submission.came_at, submission.submitted_at) == (RECEIVED, IN_TIME)
    assert submission.letter
    assert submission.letter.number == "12-3/456"
    assert not submission.late
    assert fresh(begun).entry_letter is None
    assert invariants.broken() == {}


def test_the_akimat_is_told_at_once_that_its_list_is_being_entered(
    begun: TopicList, officer: User, neighbour: User
) -> None:
    told = Letter.objects.get(kind="topic_list_entry_begun")
    assert (told.user, told.body_code) == (officer, "akimat.19")
    for told.language in ("kk", "ru", "en"):
        assert "12-3/456" in rendering.render(told).body


def test_the_review_counts_from_the_letter(akimat: Body, authority: User, officer: User) -> None:
    """The term of the board is the one that is kept, and the page of the duty explains it."""
    late = IN_TIME + timedelta(days=7)
    one = acts.begin(akimat=akimat, half_year=PERIOD, letter=letter(), by=authority, now=late)
    topics.save_topic(topic_list=one, draft=TOPIC, by=authority, now=late)
    topic_lists.submit(topic_list=one, by=authority, now=late, version=fresh(one).version)
    obligations.derive(now=late)

    kept = Obligation.objects.get(kind="topic_list_review")
    days = workdays.current()
    assert kept.due == terms.of_review(one, RECEIVED, days).due != terms.of_review(one, late, days).due
    explained = due_of(kept)
    assert explained
    assert explained.due == kept.due
    # Typed after the last day, so that the first letter is the one of five working days after it.
    remind(now=kept.due + timedelta(days=6, hours=12))
    told = Letter.objects.filter(kind="review_reminder").first()
    assert told
    assert datetime.fromisoformat(told.context["submitted_at"]) == RECEIVED


def test_a_letter_in_time_makes_a_list_in_time_however_late_it_is_typed(
    akimat: Body, authority: User, officer: User
) -> None:
    one = acts.begin(
        akimat=akimat, half_year=PERIOD, letter=letter(FIRST_LATE - timedelta(microseconds=1)),
        by=authority, now=AFTERWARDS,
    )  # fmt: skip
    topics.save_topic(topic_list=one, draft=TOPIC, by=authority, now=AFTERWARDS)
    topic_lists.submit(topic_list=one, by=authority, now=AFTERWARDS, version=fresh(one).version)
    assert not Submission.objects.get().late


def test_a_letter_that_came_late_makes_a_late_list_that_explains_itself(
    akimat: Body, authority: User, officer: User
) -> None:
    one = acts.begin(akimat=akimat, half_year=PERIOD, letter=letter(FIRST_LATE), by=authority, now=AFTERWARDS)
    topics.save_topic(topic_list=one, draft=TOPIC, by=authority, now=AFTERWARDS)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.submit(topic_list=one, by=authority, now=AFTERWARDS, version=fresh(one).version)
    assert codes(refusal) == ["explanation_required"]

    topic_lists.submit(
        topic_list=one, by=authority, now=AFTERWARDS, version=fresh(one).version, explanation_ru="Почта"
    )

    assert Submission.objects.get().late
    assert invariants.broken() == {}


def test_the_journal_names_who_acted_and_who_typed(entered: TopicList) -> None:
    entry = Entry.objects.get(act="topic_list.submit")
    assert entry.actor_body == "authority"
    assert entry.changes["acts"] == [None, "akimat.19"]
    assert entry.changes["letter_sha256"][1] == SignedLetter.objects.get().file_id
    assert "Demo head 19" not in str(entry.changes)


def test_meanwhile_the_akimat_does_not_write_and_nobody_else_does(
    begun: TopicList, officer: User, neighbour: User, authority: User
) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        topics.save_topic(topic_list=begun, draft=TOPIC, by=officer, now=IN_TIME)
    assert codes(refusal) == ["entered_by_letter"]
    with pytest.raises(Refused), transaction.atomic():
        topic_lists.submit(topic_list=begun, by=officer, now=IN_TIME, version=begun.version)
    with pytest.raises(NotPermitted), transaction.atomic():
        topics.save_topic(topic_list=begun, draft=TOPIC, by=neighbour, now=IN_TIME)

    acts.stop(topic_list=begun, by=authority, now=IN_TIME, version=begun.version)

    topics.save_topic(topic_list=begun, draft=TOPIC, by=officer, now=IN_TIME)
    with pytest.raises(NotPermitted), transaction.atomic():
        topics.save_topic(topic_list=begun, draft=TOPIC, by=authority, now=IN_TIME)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (letter(IN_TIME + timedelta(seconds=1)), "letter_received_ahead"),
        (letter(datetime(2026, 11, 19, 12, tzinfo=UTC)), "letter_received_before_its_day"),
        (letter(None), "letter_receipt_missing"),
        (letter(number=" "), "letter_number_missing"),
    ],
)
def test_a_letter_that_cannot_be_is_refused(
    akimat: Body, authority: User, wrong: NewLetter, code: str
) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        acts.begin(akimat=akimat, half_year=PERIOD, letter=wrong, by=authority, now=IN_TIME)
    assert code in codes(refusal)
    assert not SignedLetter.objects.exists()
    assert not TopicList.objects.exists()


def test_only_the_authorised_body_enters_and_only_what_is_open(
    begun: TopicList, akimat: Body, officer: User, authority: User
) -> None:
    for by, error in ((officer, NotPermitted), (authority, Refused)):
        with pytest.raises(error), transaction.atomic():
            acts.begin(akimat=akimat, half_year=PERIOD, letter=letter(), by=by, now=IN_TIME)
    topic_lists.submit(topic_list=begun, by=authority, now=IN_TIME, version=begun.version)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        acts.begin(akimat=akimat, half_year=PERIOD, letter=letter(), by=authority, now=IN_TIME)
    assert codes(refusal) == ["topic_list_not_editable"]


def test_the_akimat_is_told_and_its_objection_holds_the_acceptance_back(
    entered: TopicList, officer: User, authority: User
) -> None:
    assert Letter.objects.filter(kind="topic_list_entered", body_code="akimat.19").exists()
    acts.object_(
        topic_list=entered, words="Екінші мәселе жоқ", by=officer, now=IN_TIME, version=entered.version
    )
    assert "Екінші мәселе жоқ" in str(Letter.objects.get(kind="topic_list_objected", language="kk").context)

    with pytest.raises(Refused) as refusal, transaction.atomic():
        reviews.accept(topic_list=entered, by=authority, now=IN_TIME, version=fresh(entered).version)
    assert codes(refusal) == ["objection_unanswered"]

    acts.answer_objection(
        topic_list=entered, words="Хатта бір мәселе бар", by=authority, now=IN_TIME,
        version=fresh(entered).version,
    )  # fmt: skip
    assert Letter.objects.filter(kind="topic_list_objection_answered", body_code="akimat.19").exists()
    reviews.accept(topic_list=entered, by=authority, now=IN_TIME, version=fresh(entered).version)
    assert fresh(entered).state == "accepted"
    assert invariants.broken() == {}


def test_an_objection_is_made_once_and_says_something(
    entered: TopicList, officer: User, authority: User
) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        acts.object_(topic_list=entered, words=" ", by=officer, now=IN_TIME, version=entered.version)
    assert codes(refusal) == ["objection_words_missing"]
    with pytest.raises(Refused) as refusal, transaction.atomic():
        acts.answer_objection(
            topic_list=entered, words="Жоқ", by=authority, now=IN_TIME, version=entered.version
        )
    assert codes(refusal) == ["no_open_objection"]
    acts.object_(topic_list=entered, words="Қате", by=officer, now=IN_TIME, version=entered.version)
    with pytest.raises(Refused) as refusal, transaction.atomic():
        acts.object_(
            topic_list=entered, words="Қате", by=officer, now=IN_TIME, version=fresh(entered).version
        )
    assert codes(refusal) == ["already_objected"]


def test_what_the_akimat_submitted_itself_has_nothing_to_object_to(
    submitted: TopicList, officer: User
) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        acts.object_(topic_list=submitted, words="Қате", by=officer, now=IN_TIME, version=submitted.version)
    assert codes(refusal) == ["nothing_to_object_to"]


def refused_by_database(act: Any) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def test_the_database_holds_letter_instant_and_objection_together(
    entered: TopicList, officer: User, authority: User
) -> None:
    made = Submission.objects.get()
    other = {
        name: getattr(made, name)
        for name in (
            "topic_list_id", "round", "submitted_by_id", "rule_set_id", "last_day", "due", "late", "snapshot",
            "sha256", "submitted_at",
        )
    }  # fmt: skip
    for letter_id, came_at in ((None, RECEIVED), (made.letter_id, None), (made.letter_id, IN_TIME)):
        refused_by_database(
            lambda letter_id=letter_id, came_at=came_at: Submission.objects.create(
                **other, number=2, receipt_number="X", letter_id=letter_id, came_at=came_at
            )
        )
    Submission.objects.create(
        **other, number=2, receipt_number="X", letter_id=made.letter_id, came_at=RECEIVED
    )  # the control
    objection = EntryObjection.objects.create(submission=made, at=IN_TIME, by=officer, words="Қате")
    refused_by_database(lambda: made.reviews.create(outcome="accepted", at=IN_TIME, by=authority))
    refused_by_database(lambda: EntryObjection.objects.update(words="Басқа"))
    refused_by_database(objection.delete)
    answer = ObjectionAnswer.objects.create(objection=objection, at=IN_TIME, by=authority, words="Жоқ")
    refused_by_database(answer.delete)
    made.reviews.create(outcome="accepted", at=IN_TIME, by=authority)  # the control


def test_a_list_is_entered_from_a_letter_of_its_own_akimat(
    begun: TopicList, submitted_neighbour: TopicList
) -> None:
    refused_by_database(
        lambda: TopicList.objects.filter(pk=submitted_neighbour.pk).update(entry_letter=begun.entry_letter)
    )


@pytest.fixture
def submitted_neighbour(neighbour: User) -> TopicList:
    other = Body.objects.get(code="akimat.33")
    return topic_lists.start(akimat=other, half_year=PERIOD, by=neighbour, now=IN_TIME)
