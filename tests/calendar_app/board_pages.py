"""A half-year in which every state and mark of the board occurs, and ways to read what the board shows."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import UTC, datetime

from django.test import Client

from accounts.models import Membership, User
from accounts.permissions import Role
from calendar_app.models import TopicList
from calendar_app.transitions import reviews, topic_lists
from procedure.topic_lists import ListDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD, TOPICS

BOARD = "/{}/staff/topic-lists/"
AFTER_THE_LAST_DAY = datetime(2026, 12, 1, 19, 30, tzinfo=UTC)
# What each akimat did; the other fourteen did nothing, and nobody there can be reminded.
DONE = {
    "akimat.10": "draft",
    "akimat.11": "submitted",
    "akimat.15": "late",
    "akimat.19": "returned",
    "akimat.23": "accepted",
    "akimat.27": "not_started",
}


def half_year_of_all_states(person: Callable[..., User], reviewer: User, most: int = len(DONE)) -> None:
    """Lists that are written, submitted in time and late, returned and accepted: at most so many of them."""
    for code, done in list(DONE.items())[:most]:
        by = person(code, Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY, username=code)
        if done == "not_started":
            continue
        one = topic_lists.start(akimat=Body.objects.get(code=code), half_year=PERIOD, by=by, now=IN_TIME)
        one = topic_lists.save_draft(
            topic_list=one, draft=ListDraft(TOPICS), by=by, now=IN_TIME, version=one.version
        )
        if done == "draft":
            continue
        at, why = (AFTER_THE_LAST_DAY, "Әкім іссапарда болды") if done == "late" else (IN_TIME, "")
        topic_lists.submit(topic_list=one, by=by, now=at, version=one.version, explanation_kk=why)
        one = TopicList.objects.get(pk=one.pk)
        if done == "returned":
            reviews.return_(
                topic_list=one, by=reviewer, now=AFTER_THE_LAST_DAY, version=one.version, comment="Жоқ"
            )
        if done == "accepted":
            reviews.accept(topic_list=one, by=reviewer, now=IN_TIME, version=one.version)
    # One akimat has an account that can no longer be used: there is nobody to remind.
    User.objects.filter(username="akimat.10").update(is_active=False)
    assert Membership.objects.filter(user__username="akimat.10").exists()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows(page: str) -> list[str]:
    """The rows of the board's table, as HTML."""
    body = re.search(r"<tbody>(.*)</tbody>", page, re.DOTALL)
    return re.findall(r"<tr>.*?</tr>", body.group(1), re.DOTALL) if body else []


def names(page: str) -> list[str]:
    """The akimats in the order of their rows."""
    heads = [re.search(r"<th scope=\"row\"[^>]*>(.*?)</th>", row, re.DOTALL) for row in rows(page)]
    texts = [re.sub(r"<br>.*|<[^>]+>", "", head.group(1), flags=re.DOTALL) for head in heads if head]
    return [html.unescape(text).strip() for text in texts]


def status(page: str) -> list[int]:
    """How many rows the page says it shows, of how many; in any language."""
    told = re.search(r'id="board-status"[^>]*>([^<]*)<', page)
    assert told
    return [int(number) for number in re.findall(r"\d+", told.group(1))]


def counts(page: str) -> dict[str, tuple[int, str]]:
    """Kind → (number, address of the board that shows just those)."""
    found = re.findall(r'href="([^"]*)"[^>]*>[^<]*</a></dt><dd data-count="(\w+)">(\d+)<', page)
    return {kind: (int(number), html.unescape(url)) for url, kind, number in found}


def link(page: str, ending: str) -> str:
    """The address of the file of the board with that ending."""
    found = re.search(rf'href="([^"]*/board\.{ending}[^"]*)"', page)
    assert found
    return html.unescape(found.group(1))
