"""Notices on the portal: only mine, counted while unread, in the query that is made anyway."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, User
from accounts.permissions import Role
from notices import outbox
from notices.models import Letter
from notices.outbox import Recipient
from regions.models import Body
from tests.notices.conftest import FACTS, KIND, NOW

pytestmark = pytest.mark.django_db
PAGE = "/en/staff/letters/mine/"


@pytest.fixture
def person(reference: None) -> Callable[[str], User]:
    def make(name: str) -> User:
        user = User.objects.create_user(
            name, full_name=f"Test {name}", email=f"{name}@example.kz", language="ru"
        )
        Membership.objects.create(
            user=user,
            body=Body.objects.get(code="akimat.39"),
            role=Role.AKIMAT_OFFICER,
            valid_from=date(2020, 1, 1),
        )
        return user

    return make


def write(*users: User, key: str) -> None:
    to = [Recipient(f"user:{one.pk}", one.email, one.language, one.pk) for one in users]
    outbox.queue(kind=KIND, key=key, to=to, context=FACTS, now=NOW, body_code="akimat.39")


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_mine_are_listed_and_counted_until_they_are_opened(person: Callable[[str], User]) -> None:
    mine, colleague = person("mine"), person("colleague")
    write(mine, colleague, key="a")
    write(mine, key="b")
    write(colleague, key="c")
    browser = browser_of(mine)

    page = browser.get(PAGE).content.decode()
    assert 'aria-hidden="true">2</span>' in page
    assert page.count("list-group-item") == 2
    # The subject in the reader's language, not the name of the kind.
    assert "Перечень актуальных вопросов отозван: акимат Костанайской области" in page

    first = Letter.objects.get(user=mine, key__contains=":a:")
    answer = browser.post(f"{PAGE}{first.pk}/open/")
    assert answer["Location"].endswith(f"/staff/letters/{first.pk}/")
    assert 'aria-hidden="true">1</span>' in browser.get("/en/staff/").content.decode()

    browser.post(f"{PAGE}read/")
    assert "count-badge" not in browser.get(PAGE).content.decode()
    # Nobody else's letters were touched.
    assert Letter.objects.filter(user=colleague, read_at=None).count() == 2


def test_the_letter_of_a_colleague_cannot_be_marked(person: Callable[[str], User]) -> None:
    mine, colleague = person("mine"), person("colleague")
    write(colleague, key="a")
    theirs = Letter.objects.get(user=colleague)
    assert browser_of(mine).post(f"{PAGE}{theirs.pk}/open/").status_code == 404
    assert Letter.objects.get(pk=theirs.pk).read_at is None
    # The control: whoever it is addressed to can.
    browser_of(colleague).post(f"{PAGE}{theirs.pk}/open/")
    assert Letter.objects.get(pk=theirs.pk).read_at


@pytest.mark.parametrize("count", [1, 3])
def test_the_count_costs_no_query_of_its_own(
    person: Callable[[str], User], count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mine = person("mine")
    for number in range(count):
        write(mine, key=str(number))
    browser = browser_of(mine)
    browser.get(PAGE)
    # Session, person with memberships and the count; how many, which, the bodies they are about.
    with django_assert_num_queries(5):
        page = browser.get(PAGE).content.decode()
    assert f'aria-hidden="true">{count}</span>' in page


def test_without_notices_the_page_says_so(person: Callable[[str], User]) -> None:
    assert "There are no notices yet" in browser_of(person("mine")).get(PAGE).content.decode()
