"""One act per form: a double click, the back button or a retry finds its form handled already."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from django.db import connection, transaction

from accounts.models import User

_CLAIM = """
    INSERT INTO calendar_app_handledform (user_id, key, handled_at) VALUES (%s, %s, %s)
    ON CONFLICT (user_id, key) DO NOTHING
"""


def once(
    *, user: User, key: uuid.UUID, words: Mapping[str, object], now: datetime, act: Callable[[], object]
) -> object:
    """Run the act unless the person sent these words under this key before; what it returned, else None.

    The browser's back button brings a page back with its key: what is written on it then is no repeat,
    and must not be dropped as one. The key is written in the act's own transaction: a second request
    waits for the first to end, and a refused act leaves no trace. Exceptions of the act pass through.
    """
    sent = uuid.uuid5(key, repr(sorted(words.items())))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [user.pk, sent, now])
            if not cursor.rowcount:
                return None
        return act()
