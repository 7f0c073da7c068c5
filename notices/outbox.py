"""Letters are queued here, in the transaction of the act: they exist if and only if the act does."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction

from notices import nudge
from notices.labels import KIND_LABELS
from notices.models import Letter

Primitive = str | int | float | bool | None


@dataclass(frozen=True)
class Recipient:
    """Where a letter goes: `key` is stable ("user:12", "body:akimat.19") and part of the letter's key."""

    key: str
    email: str
    language: str
    user_id: int | None = None


@dataclass(frozen=True)
class Mailing:
    """One kind of letter to some recipients. `key` says what it is about, `body_code` who is written to.

    `context` holds text, numbers and booleans only.
    """

    kind: str
    key: str
    to: Sequence[Recipient]
    context: Mapping[str, Primitive]
    body_code: str = ""


def queue(
    *,
    kind: str,
    key: str,
    to: Iterable[Recipient],
    context: Mapping[str, Primitive],
    now: datetime,
    body_code: str = "",
) -> list[Letter]:
    """Queue one letter of the kind for each recipient: `queue_all` for a single mailing."""
    return queue_all([Mailing(kind, key, list(to), context, body_code)], now=now)


def queue_all(mailings: Iterable[Mailing], *, now: datetime) -> list[Letter]:
    """Queue the letters of all mailings, in one statement inside the caller's transaction.

    A letter is unique by (kind, key, recipient): queueing it again changes nothing. Returns the letters
    asked for, without ids, whether they are new or were queued before. Raises ValueError for an unknown
    kind and TypeError for a context that is more than primitives. The broker is told after the commit,
    which may fail: the sweep finds the rows.
    """
    letters = [letter for mailing in mailings for letter in _letters(mailing, now)]
    if letters:
        Letter.objects.bulk_create(letters, ignore_conflicts=True)
        tell_broker_after_commit()
    return letters


class Queued(NamedTuple):
    """How many letters were new, and a digest of their keys for the journal."""

    letters: int
    sha256: str


_SELECTED = """
WITH inserted AS (
    INSERT INTO notices_letter (
        key, kind, recipient_key, user_id, email, language, body_code, context, message_id, created_at,
        state, attempts, doubts, last_error)
    SELECT full_key, kind, recipient, user_id, email, language, body_code, context,
           '<' || left(encode(sha256(convert_to(full_key, 'UTF8')), 'hex'), 40) || '@' || %(host)s || '>',
           %(now)s, 'queued', 0, 0, ''
    FROM (SELECT asked.*, kind || ':' || key || ':' || recipient AS full_key FROM ({select}) asked) whole
    ON CONFLICT DO NOTHING RETURNING key
)
SELECT count(*),
       encode(sha256(convert_to(coalesce(string_agg(key, E'\\n' ORDER BY key COLLATE "C"), ''), 'UTF8')), 'hex')
FROM inserted
"""


def queue_selected(select: str, parameters: Mapping[str, Any], *, now: datetime) -> Queued:
    """Queue the letters that a SELECT of the program names, in one statement in the caller's transaction.

    It gives the columns kind, key, recipient, user_id, email, language, body_code and context (jsonb of
    primitives). A letter that was queued before is left as it is and not counted.
    """
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    with connection.cursor() as cursor:
        cursor.execute(_SELECTED.replace("{select}", select), {**parameters, "host": host, "now": now})
        queued = Queued(*cursor.fetchone())
    if queued.letters:
        tell_broker_after_commit()
    return queued


def _letters(mailing: Mailing, now: datetime) -> list[Letter]:
    if mailing.kind not in KIND_LABELS:
        raise ValueError(f"unknown kind of letter: {mailing.kind}")
    for name, value in mailing.context.items():
        if not isinstance(value, Primitive):
            raise TypeError(f"{name} is no primitive: {type(value).__name__}")
    return [_letter(mailing, recipient, now) for recipient in mailing.to]


def message_id(key: str) -> str:
    """The Message-ID of a letter: the same at every attempt, and telling nothing about the recipient."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"


def _letter(mailing: Mailing, to: Recipient, now: datetime) -> Letter:
    full_key = f"{mailing.kind}:{mailing.key}:{to.key}"
    return Letter(
        key=full_key,
        kind=mailing.kind,
        recipient_key=to.key,
        user_id=to.user_id,
        email=to.email,
        language=to.language,
        body_code=mailing.body_code,
        context=dict(mailing.context),
        message_id=message_id(full_key),
        created_at=now,
    )


def tell_broker_after_commit() -> None:
    """One nudge per transaction, however many letters it queues."""
    if not any(entry[1] is nudge.nudge for entry in connection.run_on_commit):
        transaction.on_commit(nudge.nudge, robust=True)
