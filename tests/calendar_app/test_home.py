"""The authorised body finds on its desk whatever waits for its review."""

from __future__ import annotations

import pytest

from accounts.models import User
from calendar_app.transitions import topic_lists
from procedure.half_years import HalfYear
from procedure.topic_lists import ListDraft
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, TOPICS
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
        topic_list=begun, by=officer, now=IN_TIME, version=begun.version, explanation="Кешіктік"
    )

    page = desk.get("/en/staff/").content.decode()
    assert link in page
    assert "No list is waiting for a review." not in page
