"""Delivery to a real mail server process: once, with every refusal told apart and visible."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from notices import claims, delivery
from notices.labels import LetterState
from notices.models import Letter
from tests.notices.conftest import FACTS, NOW, MailServer, free_port, grow_old, only_letter, queue

SECRET = "Canary-870101300123"


def clock() -> Any:
    return NOW


def sweep() -> int:
    return delivery.sweep(clock=clock)


@pytest.mark.django_db
def test_a_letter_arrives_once_and_whole(mail: MailServer) -> None:
    queue("officer", language="ru")
    assert sweep() == 1
    assert sweep() == 0
    (message,) = mail.accepted()
    letter = only_letter()
    assert (letter.state, letter.sent_at, letter.attempts) == ("sent", NOW, 1)
    assert message["To"] == "officer@example.invalid"
    assert (
        message["Subject"]
        .strip()
        .startswith("Перечень актуальных вопросов отозван: акимат Костанайской области")
    )
    assert "http://" in message.get_content()
    assert message.get_content_type() == "text/plain"
    assert message["Message-ID"] == letter.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "ru"
    assert message["List-ID"].startswith("<letters.")
    assert abs(parsedate_to_datetime(message["Date"]) - timezone.now()) < timedelta(minutes=1)


@pytest.mark.django_db
def test_many_letters_go_over_one_connection(mail: MailServer) -> None:
    queue(*(f"officer{number}" for number in range(30)))
    assert sweep() == 30
    ids = Counter(message["Message-ID"] for message in mail.accepted())
    assert set(ids.values()) == {1}
    assert len(ids) == 30


@pytest.mark.django_db
def test_a_task_that_is_repeated_sends_nothing_more(mail: MailServer) -> None:
    from notices import tasks

    queue("officer")
    assert [tasks.deliver_waiting() for _ in range(10)] == [1] + [0] * 9
    assert [tasks.sweep() for _ in range(3)] == [0] * 3
    assert len(mail.accepted()) == 1


REFUSALS = [
    ("refuse", "failed", "SMTPRecipientsRefused 550"),
    ("later", "queued", "SMTPRecipientsRefused 451"),
    ("full", "failed", "SMTPDataError 552"),
    ("closes", "queued", "SMTPServerDisconnected"),
    ("vanishes", "in_doubt", "SMTPServerDisconnected"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "state", "error"), REFUSALS)
def test_refusals_are_told_apart_and_hold_nobody_up(
    mail: MailServer, name: str, state: str, error: str
) -> None:
    queue(name)
    queue("officer")
    assert sweep() == 1
    letter = Letter.objects.get(recipient_key=f"test:{name}")
    assert (letter.state, letter.last_error, letter.attempts) == (state, error, 1)
    assert [message["To"] for message in mail.accepted()][-1] == "officer@example.invalid"
    if state != "failed":
        assert letter.next_attempt_at is not None
        wait = letter.next_attempt_at - timezone.now()
        assert timedelta(seconds=30) < wait <= timedelta(minutes=1)


@pytest.mark.django_db
def test_a_slow_server_is_waited_for(mail: MailServer) -> None:
    queue("slow")
    started = time.monotonic()
    assert sweep() == 1
    assert time.monotonic() - started > 1


@pytest.mark.django_db
def test_a_server_that_is_too_slow_gets_the_letter_later(mail: MailServer, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.5
    queue("slow")
    assert sweep() == 0
    assert (only_letter().state, only_letter().last_error) == ("queued", "SMTPServerDisconnected")
    assert mail.accepted() == []


@pytest.mark.django_db
def test_without_a_server_no_letter_is_touched_and_the_page_says_why(settings: Any) -> None:
    settings.LETTERS_TO_MAIL_SERVER = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    queue("one", "two")
    assert sweep() == 0
    rows = Letter.objects.values_list("state", "attempts", "last_error")
    assert list(rows) == [("queued", 0, "ConnectionRefusedError")] * 2


@pytest.mark.django_db
def test_an_outage_ends_by_itself(mail: MailServer, settings: Any) -> None:
    queue("one", "two")
    settings.EMAIL_PORT = free_port()
    assert sweep() == 0
    settings.EMAIL_PORT = mail.port
    assert sweep() == 2
    assert set(Letter.objects.values_list("state", "last_error")) == {("sent", "")}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "no at sign", "a@b\r\nBcc: c@example.invalid", "a@b\nc", "\x01@x"])
def test_an_address_that_is_none_fails_visibly(mail: MailServer, address: str) -> None:
    queue("officer")
    Letter.objects.update(email=address)
    assert sweep() == 0
    letter = only_letter()
    assert letter.state == "failed", letter.last_error
    assert mail.accepted() == []


@pytest.mark.django_db
def test_an_unknown_end_is_tried_again_under_the_same_message_id(mail: MailServer) -> None:
    queue("vanishes")
    for attempt in range(1, claims.MAX_DOUBTS + 1):
        assert sweep() == 0
        assert only_letter().doubts == attempt
        grow_old()
    letter = only_letter()
    assert (letter.state, letter.attempts) == ("failed", claims.MAX_DOUBTS)
    assert {message["Message-ID"] for message in mail.accepted()} == {letter.message_id}


@pytest.mark.django_db
def test_attempts_end_after_three_days_or_so(mail: MailServer) -> None:
    queue("later")
    Letter.objects.update(attempts=claims.MAX_ATTEMPTS - 1)
    assert sweep() == 0
    assert only_letter().state == "failed"
    waits = [
        claims.BACKOFF_MINUTES[min(n, len(claims.BACKOFF_MINUTES)) - 1] for n in range(1, claims.MAX_ATTEMPTS)
    ]
    assert 72 <= sum(waits) / 60 <= 96


@pytest.mark.django_db
def test_a_text_that_cannot_be_made_waits_for_its_repair(mail: MailServer) -> None:
    queue("officer", context={"receipt_number": SECRET})
    assert sweep() == 0
    assert (only_letter().state, only_letter().last_error) == ("queued", "RenderingError MissingFactError")
    Letter.objects.update(context=FACTS)
    grow_old()
    assert sweep() == 1


@pytest.mark.django_db
def test_in_a_demonstration_letters_are_shown_and_go_nowhere(mail: MailServer, settings: Any) -> None:
    settings.LETTERS_TO_MAIL_SERVER = False
    queue("one", "two")
    assert sweep() == 2
    assert set(Letter.objects.values_list("state", "sent_at")) == {("shown", NOW)}
    assert mail.accepted() == []


@pytest.mark.django_db
def test_no_address_and_no_word_of_a_letter_gets_into_the_log(
    mail: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    names = ["refuse", "later", "full", "closes", "vanishes", "officer"]
    queue(*(f"{name}-{SECRET}" for name in names), context=FACTS | {"akimat_kk": f"{SECRET} әкімдігі"})
    queue(f"broken-{SECRET}", context={"receipt_number": SECRET})
    sweep()
    assert any(SECRET.encode() in raw for raw in mail.raw()), "the canary must be visible where it belongs"
    assert caplog.records, "delivery must have something to say"
    assert SECRET not in caplog.text
    assert SECRET not in "".join(Letter.objects.values_list("last_error", flat=True))


@pytest.mark.django_db
def test_claims_of_dead_workers_are_freed_after_the_lease(mail: MailServer) -> None:
    queue("officer")
    assert claims.claim_next() is not None
    assert sweep() == 0, "a fresh claim belongs to a living worker"
    grow_old()
    assert sweep() == 1
    letter = only_letter()
    assert (letter.state, letter.doubts, letter.attempts) == ("sent", 1, 2)


@pytest.mark.django_db
def test_a_worker_that_wakes_up_late_changes_nothing(mail: MailServer) -> None:
    queue("officer")
    asleep = claims.claim_next()
    assert asleep is not None
    grow_old()
    assert sweep() == 1
    assert not claims.close_failed(asleep, "TooLate")
    assert not claims.put_back(asleep, "TooLate")
    assert not claims.close_delivered(asleep, LetterState.SHOWN, NOW)
    assert only_letter().state == "sent"


def in_threads(number: int, work: Any) -> list[Any]:
    """Results of `work`, run in as many threads at once, each with its own connection."""
    results: list[Any] = []
    gate = threading.Barrier(number)

    def run() -> None:
        gate.wait()
        try:
            results.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize(
    "work", [sweep, lambda: delivery.deliver_waiting(clock=clock)], ids=["sweep", "nudge"]
)
def test_many_workers_at_once_send_each_letter_once(committed_db: str, mail: MailServer, work: Any) -> None:
    queue(*(f"officer{number}" for number in range(40)))
    assert sum(in_threads(4, work)) == 40
    assert set(Counter(message["Message-ID"] for message in mail.accepted()).values()) == {1}
    assert set(Letter.objects.values_list("state", "attempts", "doubts")) == {("sent", 1, 0)}


def test_the_sweep_lets_go_of_its_lock(committed_db: str, mail: MailServer) -> None:
    with connection.cursor() as cursor:
        sweep()
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s", [delivery.SWEEP_LOCK]
        )
        assert cursor.fetchone() == (0,)
