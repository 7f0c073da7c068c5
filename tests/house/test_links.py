"""Every link and every form that a person is shown leads somewhere that this person may go."""

from __future__ import annotations

from collections import deque
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import get_resolver, resolve
from django.utils import translation

from accounts.models import User
from accounts.permissions import Role
from base import clock
from tests.house import access_matrix
from tests.house.access.routes import walk

ACCOUNTS = (
    "akimat.19",
    "akimat.33",
    "akimat.55",
    "akimat.71",
    "authority",
    "ministry.health",
    "commission.1",
    "secretary",
    "observer",
    "admin",
)
START = "/en/staff/"
MOST = 100  # a board alone has a page and two files for each of its ten counts
ROWS = {(row.route, row.method): row for row in access_matrix.rows(walk(get_resolver().url_patterns))}


class Ways(HTMLParser):
    """Links of a page, and the addresses its forms are sent to."""

    def __init__(self, here: str) -> None:
        super().__init__()
        self.here = here
        self.links: list[str] = []
        self.forms: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if tag == "a" and found.get("href"):
            self.links.append(urljoin(self.here, found["href"]))
        if tag == "form" and (found.get("method") or "").lower() == "post":
            self.forms.append(urljoin(self.here, found.get("action") or ""))


@pytest.mark.parametrize("account", ACCOUNTS)
def test_people_are_shown_only_where_they_may_go(demonstration_copy: str, account: str) -> None:
    user = User.objects.get(username=account)
    roles = {Role(one.role) for one in user.held(clock.today())}
    client = Client(raise_request_exception=False)
    client.force_login(user)
    waiting, seen, wrong = deque([START]), {START}, []
    with translation.override("en"):
        while waiting:
            here = waiting.popleft()
            answer = client.get(here)
            if answer.status_code not in (200, 302):
                wrong.append(f"{here}: {answer.status_code}")
            if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
                continue
            ways = Ways(here)
            ways.feed(answer.content.decode())
            wrong += [f"{here} has a form to {to}" for to in ways.forms if not _may_post(to, roles)]
            for link in filter(None, map(_page, ways.links)):
                if link not in seen and len(seen) < MOST:
                    seen.add(link)
                    waiting.append(link)
    assert wrong == []
    assert len(seen) > 3


def _page(link: str) -> str | None:
    """The address without its anchor, if it is a page of the portal in English."""
    parts = urlsplit(link)
    is_ours = not parts.netloc and parts.path.startswith("/en/")
    query = f"?{parts.query}" if parts.query else ""
    return parts.path + query if is_ours else None


def _may_post(address: str, roles: set[Role]) -> bool:
    row = ROWS.get((resolve(urlsplit(address).path).view_name, "POST"))
    # What belongs to one person is 404 for every role but that of its maker in the matrix.
    return row is not None and (bool(row.allow & roles) or row.deny_code == 404)
