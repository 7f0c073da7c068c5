"""The authorised body finds on its desk whatever waits for its review."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from accounts.models import Membership, User
from accounts.permissions import Role
from calendar_app.models import TopicList
from calendar_app.transitions import topic_lists
from procedure.half_years import HalfYear
from procedure.topic_lists import ListDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD, TOPICS
from tests.calendar_app.test_staff_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["2027-H1", "2026-H2"])
def test_a_list_waits_on_the_desk_also_when_it_comes_in_the_half_year_that_it_is_for(
    officer: User, authority: User, akimat: Body, code: str
) -> None:
    """In January the lists of that very half-year still come, late, and are to be reviewed first of all."""
    begun = topic_lists.start(akimat=akimat, half_year=HalfYear.parse(code), by=officer, now=IN_TIME)
    begun = topic_lists.save_draft(
        topic_list=begun, draft=ListDraft(TOPICS), by=officer, now=IN_TIME, version=begun.version
    )
    desk = signed_in(authority)
    link = f'href="/en/staff/topic-lists/{code}/akimat.19/"'
    assert link not in desk.get("/en/staff/").content.decode()

    topic_lists.submit(
        topic_list=begun, by=officer, now=IN_TIME, version=begun.version, explanation_kk="Кешіктік"
    )

    page = desk.get("/en/staff/").content.decode()
    assert link in page
    assert "No list is waiting for a review." not in page


def test_reviews_are_counted_down_and_the_oldest_comes_first(
    person: Callable[..., User], authority: User, late: None
) -> None:
    """The portal's day is 2 December: a list of 24 November was to be reviewed by the 1st."""
    for code, days in (("akimat.33", 4), ("akimat.19", 1), ("akimat.55", 8)):
        writer = person(code, Role.AKIMAT_OFFICER, Role.AKIMAT_SIGNATORY)
        came = IN_TIME + timedelta(days=days)
        begun = topic_lists.start(akimat=Body.objects.get(code=code), half_year=PERIOD, by=writer, now=came)
        begun = topic_lists.save_draft(
            topic_list=begun, draft=ListDraft(TOPICS), by=writer, now=came, version=begun.version
        )
        topic_lists.submit(topic_list=begun, by=writer, now=came, version=begun.version)

    page = signed_in(authority).get("/en/staff/").content.decode()

    queue = page[page.index("Waiting for your review") :]
    places = [queue.index(f"2027-H1/{code}/") for code in ("akimat.19", "akimat.33", "akimat.55")]
    assert places == sorted(places)
    first = queue[places[0] : places[1]]
    assert "The last day was 1 day ago" in first
    assert "is-over" in first
    assert "2 days left" in queue[places[1] : places[2]]


def test_somebody_of_both_an_akimat_and_the_authorised_body_has_both_desks(
    person: Callable[..., User], submitted: TopicList
) -> None:
    both = person("authority", Role.AUTHORITY_OFFICER, username="both")
    own = Body.objects.get(code="akimat.33")
    page = signed_in(both).get("/en/staff/").content.decode()
    assert "topic-lists/start/" not in page

    Membership.objects.create(user=both, body=own, role=Role.AKIMAT_OFFICER, valid_from=date(2020, 1, 1))
    page = signed_in(both).get("/en/staff/").content.decode()

    assert "Waiting for your review" in page
    assert "topic-lists/start/" in page
    assert 'value="akimat.33"' in page
    assert 'value="akimat.10"' not in page
