"""Channels beside mail: one small interface, off by default, switched on by `settings.NOTICE_CHANNELS`.

A messenger is one more class with `tell`. What it gets names nobody: the recipient is a key of the portal, which
the gateway behind it turns into an account of its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from http.client import HTTPException
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

TIMEOUT_SECONDS = 5


@dataclass(frozen=True)
class Message:
    """A letter for a channel. id: stays the same at every attempt, so that a gateway can drop a repetition."""

    id: str
    kind: str
    language: str
    recipient: str
    body: str
    subject: str
    text: str
    link: str


class ChannelError(Exception):
    """The channel did not take the message. `label` is the class of the error and its code: no address."""

    def __init__(self, label: str) -> None:
        self.label = label[:80]
        super().__init__(self.label)


class Channel(Protocol):
    """What a messenger has to be able to do."""

    def tell(self, message: Message) -> None:
        """Hand the message over; raise ChannelError if it was not taken."""


@dataclass(frozen=True)
class FileChannel:
    """One JSON object a line at the end of a file, for a program that watches it."""

    path: str

    def tell(self, message: Message) -> None:
        try:
            with open(self.path, "a", encoding="utf-8") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                file.write(json.dumps(asdict(message), ensure_ascii=False) + "\n")
        except OSError as error:
            raise ChannelError(type(error).__name__) from None


class _NoRedirects(HTTPRedirectHandler):
    """What was meant for one address goes to no other."""

    def redirect_request(self, *args: object) -> None:
        return None


@dataclass(frozen=True)
class WebhookChannel:
    """A POST of the message as JSON; any answer of 2xx takes it."""

    url: str

    def tell(self, message: Message) -> None:
        body = json.dumps(asdict(message), ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": message.id}
        if settings.NOTICE_CHANNEL_SECRET:
            secret = settings.NOTICE_CHANNEL_SECRET.encode()
            headers["X-Portal-Signature"] = hmac.new(secret, body, hashlib.sha256).hexdigest()
        request = Request(self.url, body, headers)  # noqa: S310 - http or https, checked where it is read
        try:
            with build_opener(_NoRedirects).open(request, timeout=TIMEOUT_SECONDS):
                pass
        except HTTPError as error:
            error.close()
            raise ChannelError(f"HTTPError {error.code}") from None
        except (OSError, HTTPException) as error:
            raise ChannelError(type(error).__name__) from None


KINDS: dict[str, Callable[[str], Channel]] = {"file": FileChannel, "webhook": WebhookChannel}


def configured() -> dict[str, Channel]:
    """The channels of this installation by a name that tells no address; ImproperlyConfigured for nonsense."""
    found: dict[str, Channel] = {}
    for entry in settings.NOTICE_CHANNELS:
        kind, _, target = entry.partition(":")
        if kind not in KINDS or not target or (kind == "webhook" and urlsplit(target).scheme not in _SCHEMES):
            raise ImproperlyConfigured(
                f"NOTICE_CHANNELS: no channel of the kind “{kind}” with such an address"
            )
        found[f"{kind}-{hashlib.sha256(target.encode()).hexdigest()[:8]}"] = KINDS[kind](target)
    return found


_SCHEMES = ("http", "https")
