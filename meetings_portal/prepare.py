"""What a database and the static files need before pages are served, in one process: one start of Django.

`python -m meetings_portal.prepare [static] [database]`: both when nothing is named.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import django
import psycopg
from django.conf import settings
from django.core.management import call_command

from meetings_portal.progress import step
from meetings_portal.state import SetupError

# Packages bring every shape of their files; pages use one of each (bootstrap.min.css,
# bootstrap.bundle.min.js, htmx-2.min.js). What is left out here need not be compressed on the first start.
UNUSED = [
    "bootstrap*rtl*",
    "bootstrap-*",
    "bootstrap.esm*",
    "bootstrap.css*",
    "bootstrap.js*",
    "bootstrap.min.js*",
]
UNUSED += ["bootstrap.bundle.js*", "htmax-4*", "htmx-4*"]
LOCK = 0x6D656574  # any number; the same for every process of the portal


def prepare(parts: Sequence[str]) -> None:
    """Bring the named parts to the state of this version; SetupError in one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meetings_portal.settings")
    with step("Application"):
        django.setup()
    if "static" in parts:
        static_files()
    if "database" in parts:
        # Two starts at once, or two replicas: the second waits, then finds nothing to do.
        with connection() as lock:
            lock.execute("SELECT pg_advisory_lock(%s)", [LOCK])
            database()


def connection() -> psycopg.Connection[tuple[object, ...]]:
    """A connection of its own, for the lock; SetupError when the database does not answer."""
    try:
        return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        raise SetupError(
            f"The database of DATABASE_URL does not answer: {str(error).splitlines()[-1]}."
        ) from error


def database() -> None:
    """Migrations, reference data, and on the first start of a demonstration its data."""
    from calendar_app.models import Demonstration

    command("Migrations", "migrate", interactive=False)
    demonstration = Demonstration.objects.exists()
    if demonstration and not settings.DEMO:
        raise SetupError(
            "This database holds the demonstration, whose passwords are public: "
            "DEMO=0 needs another STATE_DIR, or make reset."
        )
    command("Reference data", "load_reference")
    if settings.DEMO and not demonstration:
        command("Demonstration", "load_demo")


def command(title: str, name: str, **options: Any) -> None:
    """Run a command as one step; what it says goes to the log."""
    log = Path(settings.STATE_DIR) / "logs" / "prepare.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with step(title), log.open("a") as output:
        call_command(name, stdout=output, **options)


def static_files() -> None:
    """collectstatic, when a source has changed since the last time: it compresses every file anew."""
    root = Path(settings.STATIC_ROOT)
    stamp, now = root / ".sources", sources()
    if stamp.exists() and stamp.read_text() == now:
        return
    command("Static files", "collectstatic", interactive=False, ignore_patterns=UNUSED)
    stamp.write_text(now)


def sources() -> str:
    """A digest of names, sizes and times of every static file."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(repr(settings.STORAGES).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def main(arguments: Sequence[str], act: Callable[[Sequence[str]], None] = prepare) -> int:
    """Run with a sentence instead of a traceback for what a person can put right."""
    try:
        act(arguments or ["static", "database"])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
