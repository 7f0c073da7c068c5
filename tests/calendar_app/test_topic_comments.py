"""Comments on single topics: made with a return, answered one by one, frozen with the submission."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit import journal
from base.errors import Refused
from calendar_app import invariants
from calendar_app.models import Submission, Topic, TopicComment, TopicList
from calendar_app.transitions import reviews, topic_lists
from notices import rendering
from notices.models import Letter
from procedure.topic_lists import ListDraft
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.test_staff_pages import ACT_QUERIES, LIST, signed_in, way_to, words_of_topic

pytestmark = pytest.mark.django_db

QUESTION, ANSWER = "Қай ауыл екенін жазыңыз <b>", "Төрт ауыл: Қараөзек & т.б."


def fresh(topic_list: TopicList) -> TopicList:
    return TopicList.objects.select_related("akimat", "rule_set").with_submissions().get(pk=topic_list.pk)


def ok(topic_list: TopicList, **words: Any) -> dict[str, Any]:
    version = TopicList.objects.get(pk=topic_list.pk).version
    return {"version": version, "idempotency_key": str(uuid.uuid4())} | words


@pytest.fixture
def returned(submitted: TopicList, authority: User) -> TopicList:
    """Returned with a comment on its second topic only."""
    second = submitted.topics.get(position=2)
    reviews.return_(
        topic_list=submitted,
        by=authority,
        now=IN_TIME,
        version=submitted.version,
        topic_comments={second.pk: f" {QUESTION} "},
    )
    return fresh(submitted)


@pytest.fixture
def resubmitted(returned: TopicList, officer: User) -> TopicList:
    comment = TopicComment.objects.get()
    topics = [topic.as_draft() for topic in returned.topics.all()]
    saved = topic_lists.save_draft(
        topic_list=returned,
        draft=ListDraft(topics),
        answers={str(comment.pk): ANSWER},
        by=officer,
        now=IN_TIME,
        version=returned.version,
    )
    topic_lists.submit(topic_list=saved, by=officer, now=IN_TIME, version=saved.version)
    return fresh(returned)


def test_a_comment_is_made_answered_and_frozen(resubmitted: TopicList) -> None:
    comment = TopicComment.objects.get()
    second = Submission.objects.get(number=2)

    assert (comment.number, comment.title_ru, comment.comment) == (2, "Строительство школы", QUESTION)
    assert json.loads(second.snapshot)["answers"] == [
        {
            "position": 2,
            "title": {"kk": "Мектеп құрылысы", "ru": "Строительство школы"},
            "comment": QUESTION,
            "answer": ANSWER,
        }
    ]
    assert resubmitted.answers == {}
    assert resubmitted.remarks == [(comment, ANSWER)]
    assert invariants.broken() == {}


def test_a_comment_without_its_answer_keeps_the_list_back(returned: TopicList, officer: User) -> None:
    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.submit(topic_list=returned, by=officer, now=IN_TIME, version=returned.version)

    comment = TopicComment.objects.get()
    assert [(one.code, one.field) for one in refusal.value.problems] == [
        ("comment_unanswered", f"answers.{comment.pk}")
    ]
    page = signed_in(officer).get(f"{LIST}submit/").content.decode()
    way = way_to(returned.topics.get(position=2))
    assert comment.topic_key == returned.topics.get(position=2).pk
    assert f'href="{way}#id_answer"' in page
    assert f'href="{way}#id_answer"' in signed_in(officer).get(f"{LIST}edit/").content.decode()
    assert 'id="id_answer"' in signed_in(officer).get(way).content.decode()


def test_a_removed_topic_leaves_its_comment_to_be_answered(returned: TopicList, officer: User) -> None:
    first = returned.topics.get(position=1)
    saved = topic_lists.save_draft(
        topic_list=returned,
        draft=ListDraft([first.as_draft()]),
        by=officer,
        now=IN_TIME,
        version=returned.version,
    )

    with pytest.raises(Refused) as refusal, transaction.atomic():
        topic_lists.submit(topic_list=saved, by=officer, now=IN_TIME, version=saved.version)

    assert [one.code for one in refusal.value.problems] == ["comment_on_removed_unanswered"]
    page = signed_in(officer).get(f"{LIST}edit/answer/").content.decode()
    assert "Мектеп құрылысы" in page
    assert f'name="answers-{TopicComment.objects.get().pk}"' in page


def test_a_recall_gives_the_answers_back(resubmitted: TopicList, officer: User) -> None:
    topic_lists.recall(topic_list=resubmitted, by=officer, now=IN_TIME, version=resubmitted.version)

    draft = fresh(resubmitted)
    assert [answer for _comment, answer in draft.remarks] == [ANSWER]
    assert invariants.broken() == {}
    topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)
    assert [answer for _comment, answer in fresh(draft).remarks] == [ANSWER]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE calendar_app_topiccomment SET comment = 'x'",
        "DELETE FROM calendar_app_topiccomment",
        "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE calendar_app_topiccomment",
        "UPDATE calendar_app_submission SET answers = '{}'",
        """
        INSERT INTO calendar_app_review (submission_id, outcome, at, by_id, comment, last_day, due)
        SELECT submission_id, 'reopened', at, by_id, '', last_day, due FROM calendar_app_review;
        SET CONSTRAINTS ALL IMMEDIATE
        """,
    ],
)
def test_the_database_keeps_comments_and_asks_for_one(resubmitted: TopicList, statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_letter_lists_the_comments(returned: TopicList) -> None:
    letter = Letter.objects.get(kind="topic_list_returned")
    text = rendering.render(letter)

    assert f"> 2. Мектеп құрылысы\n> {QUESTION}\n" in text.body
    assert "Мектеп" not in text.subject


def test_the_letter_to_the_authority_lists_the_answers(resubmitted: TopicList) -> None:
    text = rendering.render(Letter.objects.get(kind="topic_list_resubmitted"))

    assert f"\n> {ANSWER}\n" in text.body
    entry = journal.history("topic_list", resubmitted.pk).get(act="topic_list.return")
    assert entry.changes["comments"] == [0, 1]


def test_pages_show_question_and_answer_together(
    resubmitted: TopicList, officer: User, authority: User
) -> None:
    for client, address in [
        (signed_in(authority), ""),
        (signed_in(authority), "return/"),
        (signed_in(officer), ""),
    ]:
        page = client.get(f"{LIST}{address}").content.decode()
        assert "Қай ауыл екенін жазыңыз &lt;b&gt;" in page
        assert "Қараөзек &amp; т.б." in page


def test_the_authority_comments_on_a_topic_and_the_akimat_answers_it_on_the_page(
    submitted: TopicList, officer: User, authority: User
) -> None:
    second = submitted.topics.get(position=2)
    desk, akimat = signed_in(authority), signed_in(officer)
    assert f'name="comment-{second.pk}"' in desk.get(f"{LIST}return/").content.decode()
    sent = ok(submitted, comment="", **{f"comment-{second.pk}": QUESTION})
    assert desk.post(f"{LIST}return/", sent).status_code == 302

    comment = TopicComment.objects.get()
    sent = words_of_topic(second.version, "Мектеп", "Школа", answer=ANSWER)
    assert akimat.post(way_to(second), sent).status_code == 302
    assert fresh(submitted).answers == {str(comment.pk): ANSWER}
    assert akimat.post(f"{LIST}submit/", ok(submitted)).status_code == 302

    assert fresh(submitted).state == "submitted"


def test_a_saved_draft_takes_answers_to_its_own_comments_only(returned: TopicList, officer: User) -> None:
    before = returned.answers
    topics = [topic.as_draft() for topic in Topic.objects.filter(topic_list=returned)]

    saved = topic_lists.save_draft(
        topic_list=returned,
        draft=ListDraft(topics),
        answers={"999999": "x"},
        by=officer,
        now=IN_TIME,
        version=returned.version,
    )

    assert saved.answers == before


def asked(client: Client, address: str, words: dict[str, Any]) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.post(f"{LIST}{address}", words).status_code == 302
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


@pytest.mark.parametrize("count", [1, 2])
def test_comments_cost_one_question_more(
    submitted: TopicList, officer: User, authority: User, count: int, warm: Callable[[Client], None]
) -> None:
    desk, akimat = signed_in(authority), signed_in(officer)
    warm(desk)
    warm(akimat)
    topics = list(submitted.topics.order_by("position"))[:count]

    returned = asked(desk, "return/", ok(submitted, **{f"comment-{one.pk}": QUESTION for one in topics}))
    TopicList.objects.update(answers={str(one.pk): ANSWER for one in TopicComment.objects.all()})
    again = asked(akimat, "submit/", ok(submitted))

    assert (returned, again) == (ACT_QUERIES, ACT_QUERIES + 1)


@pytest.fixture
def warm() -> Callable[[Client], None]:
    """Let a client read what is read once per process, such as the day table."""

    def read(client: Client) -> None:
        client.get(LIST)

    return read


def test_the_page_of_the_editor_shows_the_comment_and_leads_to_its_answer(
    returned: TopicList, officer: User
) -> None:
    page = signed_in(officer).get(f"{LIST}edit/").content.decode()

    way = way_to(returned.topics.get(position=2))
    assert "Қай ауыл екенін жазыңыз &lt;b&gt;" in page
    first_button = page[page.index('class="btn btn-primary"') :][:200]
    assert f'href="{way}#id_answer"' in first_button
