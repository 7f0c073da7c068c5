"""Letters exist if and only if the act does, once per recipient, and move along known edges only."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from notices import outbox
from notices.models import Letter
from tests.notices.conftest import FACTS, KIND, NOW, only_letter, queue

pytestmark = pytest.mark.django_db


def test_any_number_of_letters_is_one_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        queue("one", "two", "three")
    assert Letter.objects.count() == 3


def test_no_recipient_is_no_statement(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        queue()


def test_the_same_letter_is_queued_once() -> None:
    queue("one", key="L-1")
    queue("one", "two", "two", key="L-1")
    queue("one", key="L-2")
    assert sorted(Letter.objects.values_list("key", flat=True)) == [
        f"{KIND}:L-1:test:one",
        f"{KIND}:L-1:test:two",
        f"{KIND}:L-2:test:one",
    ]


def test_a_letter_goes_with_the_act_that_is_undone() -> None:
    with transaction.atomic():
        queue("one")
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_the_message_id_is_stable_and_tells_nothing() -> None:
    queue("one", key="L-1")
    letter = only_letter()
    assert letter.message_id == outbox.message_id(letter.key)
    assert "one" not in letter.message_id
    assert letter.message_id.startswith("<")
    assert letter.message_id.endswith(">")


def test_an_unknown_kind_fails_the_act() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        outbox.queue(kind="no_such_letter", key="1", to=[], context={}, now=NOW)


def test_only_primitives_are_kept() -> None:
    with pytest.raises(TypeError, match="received"):
        queue("one", context=FACTS | {"received": NOW})


def test_one_nudge_per_commit(django_capture_on_commit_callbacks: Any, broker: Any) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        queue("one")
        queue("two")
    assert len(callbacks) == 1


BROKEN_ROWS = [
    {"state": "lost"},
    {"language": "de"},
    {"sent_at": NOW},
    {"state": "sent", "next_attempt_at": None},
    {"state": "sending", "next_attempt_at": None},
    {"state": "failed", "next_attempt_at": None},
    {"state": "in_doubt", "last_error": "WorkerLost"},
    {"claimed_at": NOW},
    {"next_attempt_at": None},
]


@pytest.mark.parametrize(
    "fields", BROKEN_ROWS, ids=lambda fields: "-".join(fields) + str(fields.get("state", ""))
)
def test_the_database_refuses_a_row_that_makes_no_sense(fields: dict[str, Any]) -> None:
    whole = {
        "key": "k",
        "kind": KIND,
        "recipient_key": "test:one",
        "language": "kk",
        "message_id": "<m@x>",
        "created_at": NOW,
    }
    Letter.objects.create(**whole)
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.create(**whole | {"key": "k2", "message_id": "<m2@x>"} | fields)


STATES: dict[str, dict[str, Any]] = {
    "queued": {"next_attempt_at": NOW},
    "sending": {"claimed_at": NOW, "attempts": 1},
    "sent": {"sent_at": NOW, "attempts": 1},
    "shown": {"sent_at": NOW, "attempts": 1},
    "in_doubt": {"next_attempt_at": NOW, "attempts": 1, "doubts": 1, "last_error": "WorkerLost"},
    "failed": {"attempts": 1, "last_error": "SMTPDataError 552"},
}
EMPTY = {"next_attempt_at": None, "claimed_at": None, "sent_at": None}
EDGES = {
    ("queued", "sending"),
    ("in_doubt", "sending"),
    ("failed", "queued"),
    *(("sending", state) for state in ("sent", "shown", "failed", "queued", "in_doubt")),
}


@pytest.mark.parametrize("before", STATES)
@pytest.mark.parametrize("after", STATES)
def test_only_known_edges(before: str, after: str) -> None:
    counted = {"attempts": 1, "doubts": 1, "last_error": "x"}
    letter = Letter.objects.create(
        key="k",
        kind=KIND,
        recipient_key="test:one",
        language="kk",
        message_id="<m@x>",
        created_at=NOW,
        **EMPTY | STATES[before] | counted | {"state": before},
    )
    step = Letter.objects.filter(pk=letter.pk)
    change = EMPTY | STATES[after] | counted | {"state": after}
    if (before, after) in EDGES or before == after:
        assert step.update(**change) == 1
    else:
        with pytest.raises(IntegrityError), transaction.atomic():
            step.update(**change)


@pytest.mark.parametrize("field", ["key", "kind", "recipient_key", "language", "message_id", "created_at"])
def test_a_letter_stays_the_letter_that_was_queued(field: str) -> None:
    queue("one")
    value = {"language": "ru", "created_at": Now()}.get(field, "other")
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.update(**{field: value})
