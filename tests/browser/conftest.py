"""A real browser against the real WSGI application, on a database of the test's own.

Django's live_server empties tables by TRUNCATE, which the journal refuses; here each test gets a copy of a
database with the demonstration, and the copy is dropped.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from accounts.models import Membership, User
from accounts.permissions import Role
from meetings_portal.browser import ARGUMENTS, chromium
from meetings_portal.state import SetupError
from meetings_portal.wsgi import application
from regions.models import Body
from tests.browser.tabs import tabs


class QuietHandler(WSGIRequestHandler):
    """Requests are not worth a line each."""

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium for the whole run; without one the tests fail, they are not left out."""
    try:
        found = chromium()
    except SetupError as error:
        pytest.fail(str(error), pytrace=False)
    with connections_put_away(), sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=found.path, args=ARGUMENTS, env={**os.environ, **found.env}
        )
        yield started
        started.close()
        connections.close_all()


@contextlib.contextmanager
def connections_put_away() -> Iterator[None]:
    """Leave no connection open behind Playwright's back.

    Its event loop makes Django keep connections apart from those made before and after: they would stay open,
    out of reach, and a database that somebody is connected to cannot be copied.
    """
    connections.close_all()
    yield
    connections.close_all()


@pytest.fixture
def context(browser: Browser, live_portal: str) -> Iterator[BrowserContext]:
    """A browser with no history: no cookies, Kazakh preferred."""
    opened = browser.new_context(
        base_url=live_portal, locale="kk-KZ", viewport={"width": 1280, "height": 900}
    )
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """One tab. Addresses may be written without the host: page.goto("/kk/")."""
    return context.new_page()


@pytest.fixture
def live_portal(demonstration_copy: str) -> Iterator[str]:
    """The address of the portal with its demonstration, served from threads of this process."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(StaticFilesHandler(application))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def desk(browser: Browser, live_portal: str) -> Iterator[Callable[..., Page]]:
    """A maker of signed-in tabs, each in a browser of its own."""
    with tabs(browser, live_portal, language="en", timeout=20_000) as sit_down:
        yield lambda username="akimat.33": sit_down(username)


@pytest.fixture
def colleague(live_portal: str) -> str:
    """A second officer of the same akimat."""
    body = Body.objects.get(code="akimat.33")
    user = User.objects.create_user(
        "colleague.33", "demo", full_name="Demo colleague 33", email="c@d.example"
    )
    Membership.objects.create(user=user, body=body, role=Role.AKIMAT_OFFICER, valid_from=date(2020, 1, 1))
    return user.username
