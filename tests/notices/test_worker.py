"""The whole way with a real worker: commit, broker, worker, mail server; each of them killed or hung."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from notices import delivery
from notices.models import Letter
from notices.nudge import nudge
from tests.notices.conftest import NOW, Broker, MailServer, Worker, grow_old, only_letter, queue, wait_for

Start = Callable[[], Worker]

# What a person may wait once when the broker hangs (promise: an act within 2 s).
ONE_WAIT = 2.0


def commit(*names: str) -> float:
    """Queue letters in a transaction as an act does; the seconds that the commit took."""
    started = time.monotonic()
    with transaction.atomic():
        queue(*names)
    return time.monotonic() - started


def sweep() -> int:
    return delivery.sweep(clock=lambda: NOW)


def test_from_commit_to_mailbox(start_worker: Start, mail: MailServer, broker: Broker) -> None:
    """A worker delivers without any sweep, also after the broker was started anew."""
    worker = start_worker()
    commit("first")
    wait_for(lambda: len(mail.accepted()) == 1, 30)
    wait_for(lambda: only_letter().state == "sent")

    broker.stop()
    broker.start()
    nudge.silent_until = 0.0
    wait_for(lambda: commit("second") and nudge.silent_until == 0.0)
    wait_for(lambda: Letter.objects.filter(recipient_key="test:second", state="sent").exists(), 30)
    assert worker.process.poll() is None, worker.said()
    assert "example.invalid" not in worker.said()


def test_a_worker_killed_before_it_takes_a_letter_up(start_worker: Start, mail: MailServer) -> None:
    commit("officer")
    start_worker().kill()
    assert only_letter().state == "queued"
    assert sweep() == 1
    assert len(mail.accepted()) == 1
    assert only_letter().doubts == 0


@pytest.mark.parametrize(("point", "copies"), [("hold_before", 1), ("hold_after", 2)])
def test_a_worker_killed_while_it_sends(
    start_worker: Start, mail: MailServer, point: str, copies: int
) -> None:
    """Before the server accepts: one mail. After it accepts and before that is noted: the window in doubt."""
    mail.hold(point)
    commit("officer", "other")
    worker = start_worker()
    mail.wait_until_held()
    worker.kill()
    mail.let_go()
    wait_for(lambda: len(mail.accepted()) == copies - 1)
    assert sweep() == 1, "the other letter is free, the one in doubt rests for the lease"
    grow_old()
    assert sweep() == 1
    assert set(Letter.objects.values_list("state", "doubts")) == {("sent", 0), ("sent", 1)}
    sent = Counter(message["Message-ID"] for message in mail.accepted())
    assert sorted(sent.values()) == sorted([1, copies])


def test_a_worker_killed_after_it_has_sent(start_worker: Start, mail: MailServer) -> None:
    commit("officer")
    worker = start_worker()
    wait_for(lambda: only_letter().state == "sent", 30)
    worker.kill()
    grow_old()
    assert sweep() == 0
    assert len(mail.accepted()) == 1


def test_acts_go_on_while_the_broker_hangs(committed_db: str, broker: Broker, mail: MailServer) -> None:
    """The first act waits about a second, the next ones not at all; the sweep delivers."""
    commit("warm")
    broker.hang()
    first, second, third = commit("first"), commit("second"), commit("third")
    broker.resume()
    assert first < ONE_WAIT
    assert max(second, third) < 0.2
    assert sweep() == 4
    assert len(mail.accepted()) == 4


def test_acts_go_on_without_a_broker(committed_db: str, broker: Broker, mail: MailServer) -> None:
    commit("warm")
    broker.stop()
    assert max(commit(f"officer{number}") for number in range(5)) < 0.5
    assert sweep() == 6
    broker.start()


def test_the_log_of_a_failed_nudge_names_nobody(
    committed_db: str, broker: Broker, caplog: pytest.LogCaptureFixture
) -> None:
    broker.stop()
    commit("canary")
    broker.start()
    assert "letters wait for the sweep: OperationalError" in caplog.text
    assert "canary" not in caplog.text


def test_settings_of_the_broker_are_those_that_were_measured(settings: Any) -> None:
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    assert options["socket_timeout"] <= 1
    assert options["socket_connect_timeout"] <= 1
    assert options["max_retries"] == 0
    assert options["visibility_timeout"] > settings.CELERY_TASK_TIME_LIMIT
    assert settings.CELERY_TASK_PUBLISH_RETRY is False
    assert settings.CELERY_ACCEPT_CONTENT == ["json"]
