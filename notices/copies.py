"""Letters told to channels beside mail: derived from rows, so that a lost task loses nothing.

Told at least once: a worker that dies between the gateway's answer and the commit tells it again, under the same id.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from notices import channels, claims, rendering
from notices.channels import Channel, ChannelError, Message
from notices.models import ChannelCopy, Letter

logger = logging.getLogger(__name__)

RUN_SECONDS = 30.0
MAX_ATTEMPTS = 20
# Older letters are no news: a channel that is switched on today does not tell last year.
NEWS = timedelta(days=1)

# A sealed link opens something without a password: such a letter goes to its own address and nowhere else.
_DERIVE = """
INSERT INTO notices_channelcopy (letter_id, channel, attempts, last_error)
SELECT l.id, c.name, 0, '' FROM notices_letter l CROSS JOIN unnest(%(names)s::text[]) AS c(name)
WHERE l.user_id IS NOT NULL AND l.created_at >= %(since)s AND NOT l.context ? 'seal'
ON CONFLICT DO NOTHING
"""


def sweep(*, clock: Callable[[], datetime]) -> int:
    """Derive the copies that are missing and tell those that are due; how many were told."""
    known = channels.configured()
    if not known:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_DERIVE, {"names": sorted(known), "since": clock() - NEWS})
    stop_at, told = time.monotonic() + RUN_SECONDS, 0
    while time.monotonic() < stop_at and (copy := _claim(sorted(known))):
        told += _tell(copy, known[copy.channel], clock)
    return told


def _claim(names: list[str]) -> ChannelCopy | None:
    """The copy that waits longest, held for the lease of a claim. Commits before it returns."""
    with transaction.atomic():
        due = ChannelCopy.objects.filter(channel__in=names, next_attempt_at__lte=Now())
        copy = due.order_by("next_attempt_at", "pk").select_for_update(skip_locked=True).first()
        if copy is not None:
            ChannelCopy.objects.filter(pk=copy.pk).update(
                attempts=F("attempts") + 1, next_attempt_at=Now() + claims.LEASE
            )
            copy.attempts += 1
    return copy


def _tell(copy: ChannelCopy, channel: Channel, clock: Callable[[], datetime]) -> bool:
    mine = ChannelCopy.objects.filter(pk=copy.pk, attempts=copy.attempts)
    try:
        channel.tell(message_of(Letter.objects.get(pk=copy.letter_id)))
    except (ChannelError, rendering.RenderingError) as trouble:
        again = None if copy.attempts >= MAX_ATTEMPTS else claims.later(copy.attempts)
        mine.update(next_attempt_at=again, last_error=trouble.label)
        logger.warning("letter %d was not told to %s: %s", copy.letter_id, copy.channel, trouble.label)
        return False
    return bool(mine.update(told_at=clock(), next_attempt_at=None, last_error=""))


def message_of(letter: Letter) -> Message:
    """The letter as a channel gets it: its words and its link, and nobody's name or address."""
    text = rendering.render(letter)
    link = rendering.facts_of(letter).get("link", "")
    return Message(
        id=letter.message_id.strip("<>"),
        kind=letter.kind,
        language=letter.language,
        recipient=letter.recipient_key,
        body=letter.body_code,
        subject=text.subject,
        text=text.body,
        link=link,
    )
