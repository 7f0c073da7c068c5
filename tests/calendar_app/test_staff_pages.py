"""Staff pages of the topic lists over HTTP: what they show, keep, refuse, and how much they ask of the database."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.permissions import Role
from calendar_app.models import Submission, Topic, TopicList
from calendar_app.transitions import reviews, topic_lists
from notices.models import Letter
from procedure.topic_lists import ListDraft, TopicDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD

pytestmark = pytest.mark.django_db

LIST = "/kk/staff/topic-lists/2027-H1/akimat.19/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words_of_topic(version: int, kk: str = "", ru: str = "", **more: Any) -> dict[str, Any]:
    """What the browser sends from the page of one topic."""
    sent = {"version": version, "idempotency_key": str(uuid.uuid4()), "save": "1"}
    return sent | {"title_kk": kk, "title_ru": ru} | more


def way_to(topic: Topic | None, act: str = "") -> str:
    """The page of a topic, or of a new one."""
    return f"{LIST}edit/topics/{topic.pk if topic else 'new'}/{act}"


def test_an_officer_starts_a_list_from_the_home_page(officer: User) -> None:
    client = signed_in(officer)
    home = client.get("/kk/staff/").content.decode()
    assert "/kk/staff/topic-lists/start/" in home

    answer = client.post("/kk/staff/topic-lists/start/", {"akimat": "akimat.19", "half_year": "2027-H1"})

    assert answer.headers["Location"] == f"{LIST}edit/"
    assert TopicList.objects.get().akimat_id == "akimat.19"


@pytest.mark.parametrize(
    ("akimat", "half_year", "status"),
    [
        ("akimat.33", "2027-H1", 404),
        ("ministry.health", "2027-H1", 404),
        ("akimat.19\x00", "2027-H1", 422),
        ("akimat.19", "2030-H1", 422),
        ("akimat.19", "9999-H1", 422),
        ("akimat.19", "x" * 1_000_000, 422),
        ("", "", 422),
    ],
)
def test_a_forged_start_begins_nothing(officer: User, akimat: str, half_year: str, status: int) -> None:
    answer = signed_in(officer).post(
        "/kk/staff/topic-lists/start/", {"akimat": akimat, "half_year": half_year}
    )

    assert answer.status_code == status
    assert not TopicList.objects.exists()


def test_a_double_click_makes_one_submission(draft: TopicList, officer: User) -> None:
    client = signed_in(officer)
    data = {"version": draft.version, "idempotency_key": str(uuid.uuid4()), "explanation_kk": ""}

    first, second = (client.post(f"{LIST}submit/", data) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"] == f"{LIST}receipts/1/"
    assert Submission.objects.count() == 1
    assert Letter.objects.filter(kind="topic_list_receipt").count() == 1


def test_after_the_last_day_the_page_asks_for_an_explanation(
    draft: TopicList, officer: User, late: None
) -> None:
    client = signed_in(officer)
    data = {"version": draft.version, "idempotency_key": str(uuid.uuid4())}
    refused = client.post(f"{LIST}submit/", data)
    assert refused.status_code == 422
    assert "invalid-feedback" in refused.content.decode()
    assert not Submission.objects.exists()

    client.post(f"{LIST}submit/", data | {"explanation_kk": "Әкім іссапарда болды"})

    submission = Submission.objects.get()
    assert submission.late
    assert "Әкім іссапарда болды" in client.get(LIST).content.decode()


def test_a_late_list_is_marked_on_the_board(
    draft: TopicList, officer: User, authority: User, late: None
) -> None:
    before = signed_in(authority).get("/ru/staff/topic-lists/").content.decode()
    assert "state-late" not in before
    topic_lists.submit(
        topic_list=draft,
        by=officer,
        now=datetime(2026, 12, 2, 5, tzinfo=UTC),
        version=draft.version,
        explanation_kk="Түсініктеме",
    )

    after = signed_in(authority).get("/ru/staff/topic-lists/").content.decode()

    assert after.count("state-late") == 1


def test_the_snapshot_is_the_very_text_that_was_hashed(submitted: TopicList, officer: User) -> None:
    import hashlib

    answer = signed_in(officer).get(f"{LIST}receipts/1/snapshot.json")

    assert hashlib.sha256(answer.content).hexdigest() == Submission.objects.get().sha256
    assert answer.headers["Content-Disposition"] == 'attachment; filename="L-2027-H1-19-1.json"'


ADDRESSES = [
    "",
    "edit/",
    "edit/topics/new/",
    "edit/analysis/",
    "edit/answer/",
    "submit/",
    "recall/",
    "receipts/1/",
    "receipts/1/snapshot.json",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_akimats_list_is_not_found(
    submitted: TopicList, officer: User, neighbour: User, address: str
) -> None:
    own = signed_in(officer).get(f"{LIST}{address}")
    assert own.status_code in (200, 302)  # the page is there for its own akimat

    foreign = signed_in(neighbour).get(f"{LIST}{address}")

    assert foreign.status_code == 404
    assert "Ауыз су" not in foreign.content.decode()


@pytest.mark.parametrize(
    "query", ["state=unknown", "half_year=1999-H1", "state=%00", "half_year=" + "9" * 5000]
)
def test_an_unknown_filter_of_the_board_is_refused_with_a_sentence(authority: User, query: str) -> None:
    assert signed_in(authority).get(f"/kk/staff/topic-lists/?{query}").status_code == 400


def test_the_board_can_be_narrowed_to_a_state(submitted: TopicList, authority: User) -> None:
    client = signed_in(authority)
    everything = client.get("/en/staff/topic-lists/").content.decode()
    narrowed = client.get("/en/staff/topic-lists/?state=submitted").content.decode()

    assert everything.count('<th scope="row"') == 20
    assert narrowed.count('<th scope="row"') == 1
    assert LIST.replace("/kk/", "/en/") in narrowed


@pytest.fixture
def lists(person: Callable[..., User]) -> Callable[[int], None]:
    """Make so many submitted lists of as many akimats, each returned once before."""
    reviewer = person("authority", Role.AUTHORITY_OFFICER, username="reviewer")

    def make(count: int) -> None:
        for akimat in Body.objects.akimats().order_by("code")[:count]:
            by = person(akimat.code, Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY, username=akimat.code)
            one = topic_lists.start(akimat=akimat, half_year=PERIOD, by=by, now=IN_TIME)
            one = topic_lists.save_draft(
                topic_list=one, draft=ListDraft([TopicDraft("Су", "Вода")] * 3), by=by, now=IN_TIME, version=1
            )
            topic_lists.submit(topic_list=one, by=by, now=IN_TIME, version=2)
            reviews.return_(topic_list=one, by=reviewer, now=IN_TIME, version=3, comment="Нақтылаңыз")

    return make


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_asks_the_same_number_of_questions_for_any_number_of_lists(
    authority: User,
    lists: Callable[[int], None],
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lists(count)
    client = signed_in(authority)
    client.get("/kk/staff/topic-lists/")
    with django_assert_num_queries(BOARD_QUERIES):
        client.get("/kk/staff/topic-lists/")


BOARD_QUERIES = 7  # one for the terms that were extended


ACT_QUERIES = 14


@pytest.fixture
def questions() -> Callable[[Client, str, dict[str, Any]], int]:
    """Post a form and count the statements it runs, the two that frame the transaction left out."""

    def ask(client: Client, address: str, words: dict[str, Any]) -> int:
        version = TopicList.objects.get().version
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(
                f"{LIST}{address}", {"version": version, "idempotency_key": str(uuid.uuid4())} | words
            )
        assert answer.status_code == 302
        return sum("SAVEPOINT" not in query["sql"] for query in captured)

    return ask


def test_acts_ask_fourteen_questions(
    submitted: TopicList,
    officer: User,
    authority: User,
    questions: Callable[[Client, str, dict[str, Any]], int],
) -> None:
    akimat, reviewer = signed_in(officer), signed_in(authority)
    akimat.get(LIST)
    reviewer.get(LIST)

    returned = questions(reviewer, "return/", {"comment": "Нақтылаңыз"})
    first = Topic.objects.get(position=1)
    akimat.get(way_to(first))
    saved = questions(
        akimat, f"edit/topics/{first.pk}/", {"title_kk": "Су", "title_ru": "Вода"} | {"version": 1}
    )
    answered = questions(akimat, "edit/answer/", {"answer": "Жауап"} | {"version": 1})
    resubmitted = questions(akimat, "submit/", {})
    accepted = questions(reviewer, "accept/", {})

    assert (returned, resubmitted, accepted) == (ACT_QUERIES - 1, ACT_QUERIES, ACT_QUERIES)
    assert max(saved, answered) <= ACT_QUERIES
