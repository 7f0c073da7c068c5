"""Tabs of people who have signed in, each in a browser of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page


@contextmanager
def tabs(
    browser: Browser, address: str, *, language: str = "kk", timeout: int = 10_000, **options: Any
) -> Iterator[Callable[[str], Page]]:
    """A maker of tabs at the portal with this address; `options` are Playwright's for each browser.

    Without a user name nobody signs in there. timeout: of a click or a wait, in milliseconds.
    """
    contexts: list[BrowserContext] = []

    def sit_down(username: str) -> Page:
        context = browser.new_context(base_url=address, **options)
        context.set_default_timeout(timeout)
        contexts.append(context)
        page = context.new_page()
        if username:
            page.goto(f"/{language}/staff/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", "demo")
            page.click("main form button.btn-primary")
            page.wait_for_url(f"**/{language}/staff/")
        return page

    yield sit_down
    for context in contexts:
        context.close()
