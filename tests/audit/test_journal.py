"""What an entry holds, and that it belongs to the transaction of its act."""

from __future__ import annotations

import contextvars
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from audit import journal
from audit.canonical import BEFORE_FIRST, canonical_bytes, chain_hash
from audit.models import Entry
from audit.verification import verify
from tests.audit.conftest import NOW, OFFICER, add

SUBJECT = journal.Subject("topic_list", "7", "2027-H1 Алматы облысы", "akimat.19")


def record(**values: Any) -> Entry:
    return journal.record(
        **{"act": "topic_list.submit", "actor": OFFICER, "now": NOW, "subject": SUBJECT} | values
    )


@pytest.mark.django_db
def test_an_entry_says_who_did_what_to_what() -> None:
    made = record(changes={"state": ["draft", "submitted"]}, note="Covering letter 12")
    entry = Entry.objects.get(pk=made.pk)
    assert (entry.act, entry.at, entry.note, entry.source) == (
        "topic_list.submit", NOW, "Covering letter 12", "web",
    )  # fmt: skip
    assert (entry.actor_id, entry.actor_label, entry.actor_role, entry.actor_body) == (
        "akimat.19", "Demo officer 19", "akimat_officer", "akimat.19",
    )  # fmt: skip
    assert (entry.subject_kind, entry.subject_id, entry.subject_label, entry.subject_body) == (
        "topic_list", "7", "2027-H1 Алматы облысы", "akimat.19",
    )  # fmt: skip
    assert entry.changes == {"state": ["draft", "submitted"]}


@pytest.mark.django_db
def test_the_database_clock_stands_beside_the_portal_clock() -> None:
    entry = record(now=NOW + timedelta(days=400))
    assert abs(entry.recorded_at - datetime.now(entry.recorded_at.tzinfo)) < timedelta(minutes=1)
    assert journal.last_moment() == NOW + timedelta(days=400)


@pytest.mark.django_db
def test_each_entry_continues_the_one_before() -> None:
    first, second, third = add(3)
    assert [second.number, third.number] == [first.number + 1, first.number + 2]
    assert [second.previous_hash, third.previous_hash] == [first.hash, second.hash]


@pytest.mark.django_db(transaction=False)
def test_an_entry_takes_two_queries() -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        record()
    assert len(queries) == 2


def test_no_entry_without_a_transaction(committed_db: str) -> None:
    with pytest.raises(TransactionManagementError):
        record()


def test_an_entry_goes_with_its_act(committed_db: str) -> None:
    before = Entry.objects.count()
    with transaction.atomic():
        record()
        transaction.set_rollback(True)
    assert Entry.objects.count() == before
    add(1)
    assert Entry.objects.latest("number").number == before + 1
    assert verify().ok


@pytest.mark.django_db
def test_the_source_is_told_by_what_surrounds_the_act() -> None:
    with journal.source("admin"):
        assert record().source == "admin"
        with journal.source("task"):
            assert record().source == "task"
        assert record(source="letter").source == "letter"
    assert contextvars.copy_context().run(record).source == "web"


@pytest.mark.django_db
def test_the_history_of_one_object_in_order() -> None:
    record(act="topic_list.submit")
    record(subject=journal.Subject("topic_list", "8"))
    record(subject=journal.Subject("meeting", "7"))
    record(act="topic_list.accept")
    assert [entry.act for entry in journal.history("topic_list", 7)] == [
        "topic_list.submit",
        "topic_list.accept",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (["Әлі", "Вали"], ["Әлі", "Вали"]),
        (("a", 1, True, None), ["a", 1, True, None]),
        ({"day": date(2027, 1, 10)}, {"day": "2027-01-10"}),
        (NOW, "2026-11-23T06:00:00.123456Z"),
        (Decimal("1.50"), "1.50"),
        (1.5, "1.5"),
        ({"b", "a"}, ["a", "b"]),
        (10**30, 10**30),
        ("nul\x00 and half \ud800", "nul\ufffd and half ?"),
    ],
)
def test_what_is_stored_reads_back_as_it_was_hashed(value: object, kept: object) -> None:
    record(changes={"value": value})
    entry = Entry.objects.latest("number")
    assert entry.changes == {"value": kept}
    assert verify().ok


@pytest.mark.django_db
def test_what_json_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError):
        record(changes={"value": object()})
    with pytest.raises(ValueError, match="time zone"):
        record(now=datetime(2026, 11, 23))  # noqa: DTZ001


@pytest.mark.django_db
def test_endless_labels_are_cut_and_still_verify() -> None:
    record(subject=journal.Subject("topic_list", "7", "ұ" * 5_000), note="\x00" * 10)
    assert len(Entry.objects.latest("number").subject_label) == 500
    assert verify().ok


@pytest.mark.django_db
def test_an_outsider_can_recompute_the_chain_by_the_recipe() -> None:
    """The recipe of audit.canonical, written out by hand for one entry."""
    import hashlib

    entry = record(changes={"b": ["«ё»", 1], "a": None}, note='a "quoted"\nnote')
    recorded = entry.recorded_at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    text = (
        '{"act":"topic_list.submit","actor_body":"akimat.19","actor_id":"akimat.19",'
        '"actor_label":"Demo officer 19","actor_role":"akimat_officer","at":"2026-11-23T06:00:00.123456Z",'
        '"changes":{"a":null,"b":["«ё»",1]},"format":1,"note":"a \\"quoted\\"\\nnote",'
        f'"number":{entry.number},"recorded_at":"{recorded}","source":"web","subject_body":"akimat.19",'
        '"subject_id":"7","subject_kind":"topic_list","subject_label":"2027-H1 Алматы облысы"}'
    )
    assert entry.hash == hashlib.sha256(f"{entry.previous_hash}\n{text}".encode()).hexdigest()


def test_bytes_have_six_decimals_even_on_a_whole_second() -> None:
    values = dict.fromkeys(
        ["act", "actor_id", "actor_label", "actor_role", "actor_body", "subject_kind", "subject_id",
         "subject_label", "subject_body", "note", "source"], ""
    ) | {"number": 1, "at": NOW.replace(microsecond=0), "recorded_at": NOW, "changes": {}}  # fmt: skip
    assert b'"at":"2026-11-23T06:00:00.000000Z"' in canonical_bytes(values)
    assert len(chain_hash(BEFORE_FIRST, canonical_bytes(values))) == 64
