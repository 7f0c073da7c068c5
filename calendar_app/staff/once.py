"""One act per form: a double click, the back button or a retry finds its form handled already."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from accounts.models import User

_CLAIM = """
    INSERT INTO calendar_app_handledform (user_id, key, handled_at) VALUES (%s, %s, %s)
    ON CONFLICT (user_id, key) DO NOTHING
"""


def once(*, user: User, key: uuid.UUID, now: datetime, act: Callable[[], object]) -> object:
    """Run the act unless the person's form with this key was handled; what the act returned, else None.

    The key is written in the act's own transaction: a second request waits for the first to end, and
    a refused act leaves no trace. Exceptions of the act pass through.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_CLAIM, [user.pk, key, now])
            if not cursor.rowcount:
                return None
        return act()
