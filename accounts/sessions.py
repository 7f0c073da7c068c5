"""How long a signed-in session lasts. By the real clock: a shifted demonstration clock changes nothing."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from accounts import second_factor
from accounts.access import person

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
HAS_SECOND_FACTOR = "has_second_factor"


def begin(request: HttpRequest) -> None:
    """Start the limits of a session that has just been signed in."""
    now = int(time.time())
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = now
    request.session[HAS_SECOND_FACTOR] = second_factor.is_on(person(request))


def is_over(session: SessionBase) -> bool:
    """Whether the session was idle too long or is too old altogether."""
    now = time.time()
    idle = now - session.get(SEEN_AT, now)
    age = now - session.get(SIGNED_IN_AT, now)
    return idle > settings.SESSION_IDLE_SECONDS or age > settings.SESSION_ABSOLUTE_SECONDS


def touch(request: HttpRequest) -> None:
    """Note that the person is here; written at most once a minute, not with every request."""
    if SIGNED_IN_AT not in request.session:
        begin(request)
    now = int(time.time())
    if now - request.session[SEEN_AT] >= min(60, settings.SESSION_IDLE_SECONDS // 10):
        request.session[SEEN_AT] = now
