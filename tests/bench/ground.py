"""What a run stands on: engines and data of its own, and the web server exactly as `make run` starts it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from meetings_portal.address import answers, listen, reserved
from meetings_portal.children import Child
from meetings_portal.engines.process import last_line, wait_until
from meetings_portal.progress import step
from meetings_portal.state import SetupError, prepared
from meetings_portal.supervisor import Supervisor
from meetings_portal.testing import PORTAL_NOW, reachable_directory
from tests.bench import cpu

SETTINGS = "tests.bench.settings"
HOST = "127.0.0.1"
# What a run takes over from the caller's environment: nothing that changes what is measured.
KEPT = ("PATH", "HOME", "TMPDIR", "WEB_WORKERS", "WEB_THREADS")
# Hashed names as in production; compressing every file would take longer than the measurements.
STATICFILES = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
START_SECONDS = 60.0


class Server(NamedTuple):
    """A running web server: its port and the process id of gunicorn's master."""

    port: int
    master: int


@contextlib.contextmanager
def own_portal() -> Iterator[dict[str, str]]:
    """Engines and a demonstration in a directory that is removed afterwards; yields the environment.

    The portal's clock stands in the preparation of a half-year, so that the pages are the same on any day.
    """
    with contextlib.ExitStack() as stack:
        state = stack.enter_context(reachable_directory())
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        environ = kept | {"STATE_DIR": str(state), "HOST": HOST, "PORT": "0", "PORTAL_NOW": PORTAL_NOW}
        environ["STATICFILES_BACKEND"] = STATICFILES
        supervisor = Supervisor(environ)
        stack.callback(supervisor.engines.stop)
        with step("PostgreSQL and Valkey"):
            urls = supervisor.engines.start()
        supervisor.settle_clock(urls)
        supervisor.prepare_database()
        environ = supervisor.child_environment(urls, DJANGO_SETTINGS_MODULE=SETTINGS)
        del environ["PORTAL_NOW"]
        yield environ


@contextlib.contextmanager
def served(environ: Mapping[str, str], files: Mapping[str, bytes]) -> Iterator[Server]:
    """The web server on the engines that `environ` names, with more static files: {name: content}."""
    supervisor = Supervisor({**environ, "HOST": HOST, "PORT": "0"})
    static = prepared(supervisor.state) / "static"
    static.mkdir(exist_ok=True)
    for name, content in files.items():
        (static / name).write_bytes(content)
    with contextlib.closing(reserved(HOST, 0)) as socket:
        supervisor.socket, supervisor.port = socket, int(socket.getsockname()[1])
        listen(socket, supervisor.port)
        web = supervisor.portal(supervisor.engines.urls)[0]
        web.env["DJANGO_SETTINGS_MODULE"] = SETTINGS
        with step("Web server"):
            web.start()
        try:
            yield Server(supervisor.port, _ready(web, supervisor.port))
        finally:
            web.stop()


def _ready(web: Child, port: int) -> int:
    """Wait until every worker serves; the process id of the master."""
    assert web.process is not None
    master, workers = web.process.pid, int(web.env.get("WEB_WORKERS", "2"))

    def serves() -> bool:
        return len(cpu.children(master)) == workers and answers(HOST, port, "/healthz")

    if not wait_until(serves, START_SECONDS, pause=0.1):
        raise SetupError(f"the web server does not answer: {last_line(Path(web.log))} (see {web.log}).")
    return master
