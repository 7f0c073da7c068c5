"""Whether the process serves, and whether what it depends on answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from base import clock
from procedure.moments import problems_of_time_zone

OK, FAILED, DEGRADED = "ok", "failed", "degraded"
DATABASE_SECONDS, BROKER_SECONDS = 3.0, 1.0
# More than that between this machine and the database, and a deadline would depend on who is asked.
CLOCK_TOLERANCE = timedelta(seconds=5)


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process serves; touches neither database nor broker."""
    return _uncached(HttpResponse("ok\n", content_type="text/plain; charset=utf-8"))


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """JSON per dependency. 503 without database, migrations or clock; without the broker 200, "degraded".

    The broker is a hint only: what it would have carried is found again in the database.
    """
    database = database_probe.result() or {"database": FAILED, "migrations": FAILED, "clock": FAILED}
    broker = broker_probe.result() or {"broker": FAILED}
    failed = FAILED in database.values()
    status = FAILED if failed else DEGRADED if FAILED in broker.values() else OK
    answer = {"status": status, "dependencies": {**database, **broker}}
    return _uncached(JsonResponse(answer, status=503 if failed else 200))


class Probe:
    """Runs a check in a thread of its own and waits for it at most so long.

    A dependency that hangs holds one thread, however often it is asked about: until that thread comes
    back, the answer is None at once.
    """

    def __init__(self, check: Callable[[], dict[str, str]], seconds: float) -> None:
        self.check, self.seconds = check, seconds
        self._lock = threading.Lock()
        self._running: threading.Thread | None = None

    def result(self) -> dict[str, str] | None:
        """What the check found, or None if it did not come back in time."""
        found: list[dict[str, str]] = []
        with self._lock:
            if self._running is not None and self._running.is_alive():
                return None
            thread = threading.Thread(target=lambda: found.append(self.check()), daemon=True)
            self._running = thread
            thread.start()
            thread.join(self.seconds)
        return found[0] if found else None


def check_database() -> dict[str, str]:
    """Asks the database for its clock and its migrations, on a connection of this thread."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            database_time = cursor.fetchone()[0]
            migrations = _migrations_state(cursor)
    except Error:
        return {"database": FAILED, "migrations": FAILED, "clock": FAILED}
    finally:
        connection.close()
    return {"database": OK, "migrations": migrations, "clock": _clock_state(database_time)}


def check_broker() -> dict[str, str]:
    """One PING, without the client's usual retries."""
    half = BROKER_SECONDS / 2
    client = Redis.from_url(
        settings.REDIS_URL,
        socket_connect_timeout=half,
        socket_timeout=half,
        retry=Retry(NoBackoff(), 0),
    )
    try:
        client.ping()
    except (RedisError, OSError):
        return {"broker": FAILED}
    finally:
        client.close()
    return {"broker": OK}


database_probe = Probe(check_database, DATABASE_SECONDS)
broker_probe = Probe(check_broker, BROKER_SECONDS)


def _migrations_state(cursor: object) -> str:
    cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")  # type: ignore[attr-defined]
    if not cursor.fetchone()[0]:  # type: ignore[attr-defined]
        return FAILED
    cursor.execute("SELECT app, name FROM django_migrations")  # type: ignore[attr-defined]
    return OK if _shipped_migrations() <= set(cursor.fetchall()) else FAILED  # type: ignore[attr-defined]


@lru_cache(maxsize=1)
def _shipped_migrations() -> frozenset[tuple[str, str]]:
    """(app, name) of every migration in the code; it does not change while the process lives."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _clock_state(database_time: datetime) -> str:
    """The time zone data are right, the portal's clock can be read, and both machines agree on the time."""
    try:
        clock.now()
    except (OSError, ValueError, KeyError):
        return FAILED
    apart = abs(datetime.now(UTC) - database_time)
    return FAILED if problems_of_time_zone() or apart > CLOCK_TOLERANCE else OK


def _uncached(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
