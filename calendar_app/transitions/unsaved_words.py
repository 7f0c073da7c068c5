"""Words that are typed and not saved, and who sits at which page. No acts of the procedure: no journal.

Each is one statement on one row, without the broker: they are called every few seconds, also while it hangs.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from accounts.models import User
from calendar_app.models import Presence, TopicList, UnsavedWords

# How long a page without scripts is believed to be open, and one that says so every half minute.
PAGE, BEAT = timedelta(minutes=5), timedelta(seconds=75)

_KEEP = """
    INSERT INTO calendar_app_unsavedwords AS kept
        (user_id, topic_list_id, item, form, stroke, version, words, kept_at)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (user_id, topic_list_id, item) DO UPDATE SET
        form = EXCLUDED.form, stroke = EXCLUDED.stroke, version = EXCLUDED.version,
        words = EXCLUDED.words, kept_at = EXCLUDED.kept_at
    WHERE kept.form <> EXCLUDED.form OR EXCLUDED.words IS NULL
       OR (kept.words IS NOT NULL AND kept.stroke <= EXCLUDED.stroke)
"""
_HERE = """
    INSERT INTO calendar_app_presence AS here (user_id, topic_list_id, item, since, until)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (user_id, topic_list_id, item) DO UPDATE SET
        since = CASE WHEN here.until < EXCLUDED.since THEN EXCLUDED.since ELSE here.since END,
        until = EXCLUDED.until
"""


def keep(
    *,
    topic_list: TopicList,
    item: str,
    form: uuid.UUID,
    stroke: int,
    version: int,
    words: Mapping[str, Any],
    by: User,
    now: datetime,
) -> None:
    """Keep what stands in the boxes of a page; what comes after the save of that page is passed over."""
    row = (by.pk, topic_list.pk, item, form, stroke, version, json.dumps(words), now)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, row)


def forget(*, topic_list: TopicList, item: str, form: uuid.UUID, by: User, now: datetime) -> None:
    """Empty what was kept, because it was saved or discarded."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [by.pk, topic_list.pk, item, form, 0, 0, None, now])


def here(*, topic_list: TopicList, item: str, by: User, now: datetime, lasting: timedelta = BEAT) -> None:
    """Note that the person has the page open."""
    with connection.cursor() as cursor:
        cursor.execute(_HERE, [by.pk, topic_list.pk, item, now, now + lasting])


def leave(*, topic_list: TopicList, item: str, by: User) -> None:
    """Note that the person has closed the page."""
    Presence.objects.filter(user=by, topic_list=topic_list, item=item).delete()


def clear(*, now: datetime) -> None:
    """Forget what nobody came back for in a month, emptied rows after a day, and past presences."""
    UnsavedWords.objects.filter(kept_at__lt=now - timedelta(days=30)).delete()
    UnsavedWords.objects.filter(kept_at__lt=now - timedelta(days=1), words=None).delete()
    Presence.objects.filter(until__lt=now).delete()
