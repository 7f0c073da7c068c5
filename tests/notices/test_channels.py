"""Channels beside mail: a real HTTP server takes what it is told, once, and what fails comes again."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from accounts.models import User
from notices import channels, copies, outbox
from notices.models import ChannelCopy, Letter
from notices.outbox import Recipient
from tests.notices.conftest import FACTS, KIND, NOW

pytestmark = pytest.mark.django_db


class Gateway:
    """What came in, and how it was answered."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answers = [200]

    def next_answer(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def gateway(settings: Any) -> Iterator[Gateway]:
    """An HTTP server of the test's own, as the only channel."""
    one = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            one.came.append((dict(self.headers), body))
            self.send_response(one.next_answer())
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.NOTICE_CHANNELS = [f"webhook:http://127.0.0.1:{server.server_port}/in?key=secret"]
    yield one
    server.shutdown()
    server.server_close()


@pytest.fixture
def letter(reference: None) -> Letter:
    user = User.objects.create_user("mine", full_name="Айгүл Тегі", email="aigul@example.kz", language="kk")
    to = [
        Recipient(f"user:{user.pk}", user.email, "kk", user.pk),
        Recipient("body:akimat.39", "a@b.kz", "kk"),
    ]
    outbox.queue(kind=KIND, key="a", to=to, context=FACTS, now=NOW, body_code="akimat.39")
    return Letter.objects.get(user=user)


def sweep() -> int:
    return copies.sweep(clock=lambda: NOW)


def test_without_the_setting_nothing_is_told(letter: Letter) -> None:
    assert sweep() == 0
    assert not ChannelCopy.objects.exists()


def test_a_gateway_is_told_once_and_learns_no_name(letter: Letter, gateway: Gateway, settings: Any) -> None:
    settings.NOTICE_CHANNEL_SECRET = "s3cret"
    assert (sweep(), sweep()) == (1, 0)
    [(headers, body)] = gateway.came
    message = json.loads(body)
    assert message["recipient"] == letter.recipient_key
    assert message["subject"]
    assert message["link"].endswith("/kk/staff/topic-lists/2027-H1/akimat.39/")
    assert headers["Idempotency-Key"] == message["id"] == letter.message_id.strip("<>")
    assert headers["X-Portal-Signature"] == hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()
    assert "Айгүл" not in body.decode()
    assert "aigul@" not in body.decode()
    [copy] = ChannelCopy.objects.all()
    assert copy.told_at == NOW
    # Neither the address nor the key in it is kept.
    assert "secret" not in copy.channel


@pytest.mark.parametrize("answer", [500, 302, 404])
def test_what_was_not_taken_comes_again_under_the_same_id(
    letter: Letter, gateway: Gateway, answer: int
) -> None:
    gateway.answers = [answer, 200]
    assert sweep() == 0
    [copy] = ChannelCopy.objects.all()
    assert (copy.told_at, copy.attempts, copy.last_error) == (None, 1, f"HTTPError {answer}")
    assert sweep() == 0, "not before its time"
    ChannelCopy.objects.update(next_attempt_at=NOW - timedelta(days=400))
    assert sweep() == 1
    ids = {headers["Idempotency-Key"] for headers, body in gateway.came}
    assert (len(gateway.came), len(ids)) == (2, 1)


def test_a_gateway_that_is_gone_stops_nothing(letter: Letter, settings: Any) -> None:
    settings.NOTICE_CHANNELS = ["webhook:http://127.0.0.1:9/in"]
    assert sweep() == 0
    assert ChannelCopy.objects.get().last_error == "URLError"


def test_a_copy_is_given_up_after_its_last_attempt(letter: Letter, gateway: Gateway) -> None:
    gateway.answers = [503]
    sweep()
    ChannelCopy.objects.update(attempts=copies.MAX_ATTEMPTS - 1, next_attempt_at=NOW - timedelta(days=400))
    assert sweep() == 0
    assert ChannelCopy.objects.get().next_attempt_at is None


def test_a_file_gets_one_line_for_each(letter: Letter, settings: Any, tmp_path: Path) -> None:
    settings.NOTICE_CHANNELS = [f"file:{tmp_path / 'notices.jsonl'}"]
    assert sweep() == 1
    [line] = (tmp_path / "notices.jsonl").read_text().splitlines()
    assert json.loads(line)["kind"] == KIND


def test_old_letters_are_no_news(letter: Letter, gateway: Gateway) -> None:
    assert copies.sweep(clock=lambda: NOW + timedelta(days=2)) == 0
    assert gateway.came == []


@pytest.mark.parametrize("entry", ["pigeon:coop", "webhook:", "webhook:ftp://a/b", "nonsense"])
def test_a_channel_that_is_none_is_refused_in_a_sentence(settings: Any, entry: str) -> None:
    settings.NOTICE_CHANNELS = [entry]
    with pytest.raises(ImproperlyConfigured, match="NOTICE_CHANNELS"):
        channels.configured()


def test_a_letter_with_a_sealed_link_goes_nowhere_else(letter: Letter, gateway: Gateway) -> None:
    """Such a link opens something without a password."""
    seal = {"seal": "0f" * 16, "sealed_path": "/kk/staff/commission/reading/%s/"}
    to = [Recipient(letter.recipient_key, letter.email, "kk", letter.user_id)]
    outbox.queue(kind=KIND, key="b", to=to, context=FACTS | seal, now=NOW, body_code="akimat.39")

    assert sweep() == 1, "the control: the letter without one"
    assert [one.letter_id for one in ChannelCopy.objects.all()] == [letter.pk]
