"""The portal's clock, read once at the edge of a request, a task or a command.

In a demonstration the clock may be set: a file in the state directory anchors one real instant to one
portal instant, and every process computes the portal's time from it. Sessions, the second factor and
throttling use the real clock.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from procedure.deadlines import ALMATY

__all__ = ["ALMATY", "now", "today"]


def now() -> datetime:
    """The portal's present instant, aware, in UTC."""
    return datetime.now(UTC) + _shift()


def today() -> date:
    """The calendar day it is in Almaty at the portal's present instant."""
    return now().astimezone(ALMATY).date()


def _shift() -> timedelta:
    path: Path | None = settings.CLOCK_FILE
    if path is None:
        return timedelta(0)
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return timedelta(0)
    return _read_shift(path, changed)


@lru_cache(maxsize=4)
def _read_shift(path: Path, changed: int) -> timedelta:
    anchor = json.loads(path.read_text())
    return datetime.fromisoformat(anchor["portal"]) - datetime.fromisoformat(anchor["real"])
