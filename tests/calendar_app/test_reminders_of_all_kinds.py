"""Reminders of reviews, coordination, the calendar and its publication, and digests: who hears what, once."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from audit.models import Entry
from calendar_app.models import Obligation, ReminderStep, TopicList
from calendar_app.queries import obligations as queries
from calendar_app.transitions import reviews, topic_lists
from calendar_app.transitions.reminders import remind
from notices import rendering
from notices.models import Letter
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.test_reminders import SECOND, at

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[tuple[str, str]]:
    """Recipient and aim of the letters of a kind, in order."""
    return list(
        Letter.objects.filter(kind=kind).order_by("pk").values_list("recipient_key", "context__last_day")
    )


def readable(kind: str) -> None:
    """Each letter of the kind reads in three languages."""
    letters = Letter.objects.filter(kind=kind)
    assert letters
    for letter in letters:
        for letter.language in ("kk", "ru", "en"):
            assert rendering.render(letter).subject


def test_the_authorised_body_is_reminded_of_a_review_until_it_decided(
    submitted: TopicList, officer: User, authority: User
) -> None:
    """Came on Monday 23 November: due on the 30th; steps 3 and 1 working days before, on the day, 1 and 5 after."""
    name = 'Акимат "Алматинской"\\ области'
    Body.objects.filter(pk="akimat.19").update(full_name_ru=name)
    for day in ("2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"):
        remind(now=at(day))
    assert told("review_reminder") == [(f"user:{authority.pk}", "2026-11-30")] * 3
    assert {one.context["akimat_ru"] for one in Letter.objects.filter(kind="review_reminder")} == {name}
    readable("review_reminder")
    remind(now=at("2026-12-01"))
    assert Letter.objects.filter(kind="review_reminder").latest("pk").context["overdue"] is True
    assert any(one.kind == "topic_list_review" for one in Obligation.objects.not_done())
    reviews.accept(topic_list=submitted, by=authority, now=at("2026-12-02"), version=submitted.version)
    before = Letter.objects.filter(kind="review_reminder").count()
    remind(now=at("2026-12-07"))
    assert Letter.objects.filter(kind="review_reminder").count() == before
    done = Obligation.objects.get(kind="topic_list_review")
    assert done.done_at == at("2026-12-02")


def test_a_recalled_list_is_not_reviewed_and_reads_not_applicable(
    submitted: TopicList, officer: User, authority: User
) -> None:
    remind(now=IN_TIME + SECOND)
    topic_lists.recall(topic_list=submitted, by=officer, now=at("2026-11-24"), version=submitted.version)
    remind(now=at("2026-11-25"))
    remind(now=at("2026-11-30"))
    assert told("review_reminder") == []
    [review] = [one for one in queries.as_known(at("2026-11-30")) if one.owed.key[0] == "topic_list_review"]
    assert review.status == "not_applicable"


def test_the_calendar_is_reminded_of_by_its_own_ladder(portal: None, authority: User) -> None:
    """10 January 2027 is a Sunday: the day to aim at is Friday the 8th; the 7th and the 4th are days off."""
    for day in ("2026-12-17", "2026-12-29", "2026-12-30", "2027-01-05", "2027-01-06", "2027-01-08"):
        remind(now=at(day))
    found = Letter.objects.filter(kind="calendar_reminder", context__half_year_code="2027-H1")
    assert {one.context["aim_day"] for one in found} == {"2027-01-08"}
    assert found.latest("pk").context["working_days"] == 0
    readable("calendar_reminder")
    remind(now=at("2027-01-11"))
    assert found.latest("pk").context["overdue"] is True


def test_a_ladder_is_taken_once_whatever_the_clock_does(portal: None, authority: User) -> None:
    for day in ("2027-01-08", "2026-12-29", "2027-01-06", "2027-01-08"):
        remind(now=at(day))
    steps = ReminderStep.objects.filter(kind="calendar_submission").values_list("due", "offset")
    assert len(steps) == len(set(steps))
    assert Letter.objects.filter(kind="calendar_reminder", context__half_year_code="2027-H1").count() == 1


@pytest.fixture
def digesting(officer: User) -> User:
    User.objects.filter(pk=officer.pk).update(daily_digest=True)
    return officer


def test_a_daily_digest_takes_the_place_of_all_steps_but_the_last(digesting: User, neighbour: User) -> None:
    for day in ("2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02"):
        remind(now=at(day) - timedelta(hours=1))
        remind(now=at(day))
        remind(now=at(day) + timedelta(hours=2))
    mine = Letter.objects.filter(user=digesting).order_by("pk")
    assert [(one.kind, one.created_at) for one in mine if one.kind == "daily_digest"] == [
        ("daily_digest", at(day))
        for day in ("2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02")
    ]
    singly = [one for one in mine if one.kind != "daily_digest"]
    assert [(one.kind, one.created_at) for one in singly] == [
        ("topic_list_reminder", at("2026-12-01")),
        ("topic_list_overdue", at("2026-12-02")),
    ]
    readable("daily_digest")
    assert Letter.objects.filter(user=neighbour, kind="topic_list_reminder").count() == 4, "the control"
    assert not Letter.objects.filter(user=neighbour, kind="daily_digest").exists()


def test_no_digest_on_a_day_off_and_none_without_a_duty(digesting: User) -> None:
    remind(now=at("2026-11-28"))
    assert not Letter.objects.filter(kind="daily_digest").exists()
    remind(now=at("2026-11-30"))
    assert Letter.objects.filter(kind="daily_digest").count() == 1


def test_the_authorised_body_gets_one_digest_a_week(portal: None, authority: User, officer: User) -> None:
    """On Monday, or on the first working day after it."""
    for day in ("2026-11-30", "2026-12-01", "2026-12-04", "2026-12-07", "2026-12-08"):
        remind(now=at(day))
    digests = Letter.objects.filter(kind="authority_digest").order_by("pk")
    assert [one.created_at for one in digests] == [at("2026-11-30"), at("2026-12-07")]
    first, second = digests
    assert (first.context["overdue_count"], second.context["overdue_count"] > 19) == (
        Obligation.objects.filter(half_year="2026-H2", due__lte=at("2026-11-30")).count(),
        True,
    )
    assert first.context["coming_count"] == 20
    assert Body.objects.get(pk="akimat.33").full_name_kk in first.context["nobody_kk"]
    assert Body.objects.get(pk="akimat.19").full_name_kk not in first.context["nobody_kk"]
    readable("authority_digest")


def test_after_new_year_the_digest_comes_on_the_first_working_day(portal: None, authority: User) -> None:
    """Monday 4 January 2027 is a day off."""
    for day in ("2027-01-04", "2027-01-05", "2027-01-06"):
        remind(now=at(day))
    [digest] = Letter.objects.filter(kind="authority_digest")
    assert digest.created_at == at("2027-01-05")


def test_a_person_chooses_the_digest_on_the_account_page(officer: User) -> None:
    browser = Client()
    browser.force_login(officer)
    assert 'name="daily_digest"' in browser.get("/ru/account/").content.decode()
    for sent, expected in (({"daily_digest": "on"}, True), ({"daily_digest": "on"}, True), ({}, False)):
        assert browser.post("/ru/account/digest/", sent).status_code == 302
        assert User.objects.get(pk=officer.pk).daily_digest is expected
    changes: list[Any] = [
        one.changes for one in Entry.objects.filter(act="user.choose_digest").order_by("number")
    ]
    assert changes == [{"daily_digest": [False, True]}, {"daily_digest": [True, False]}]


def test_nothing_in_a_reminder_names_a_person(submitted: TopicList, officer: User, authority: User) -> None:
    remind(now=at("2026-11-27"))
    for letter in Letter.objects.filter(kind="review_reminder"):
        assert officer.full_name not in rendering.render(letter).body
        assert "@" not in letter.key


def test_the_day_of_a_review_is_counted_in_working_days(submitted: TopicList) -> None:
    remind(now=IN_TIME + SECOND)
    assert Obligation.objects.get(kind="topic_list_review").last_day == date(2026, 11, 30)
