"""Reminders: who is written to, when, and never twice."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, User
from audit.models import Entry
from calendar_app import reminders
from calendar_app.models import Obligation, ReminderStep, TopicList
from calendar_app.transitions import reviews, topic_lists
from calendar_app.transitions.reminders import remind
from notices import rendering
from notices.models import Letter
from regions import workdays
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def at(day: str, hour: int = 9) -> datetime:
    """An hour in Almaty."""
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00+05:00")


# The ladder of the lists for 2027-H1, counted by hand: 1 December is a Tuesday; 26 October was worked, the
# Day of the Republic on Sunday the 25th is taken on Monday the 26th.
LADDER = {
    -14: "2026-11-11",
    -7: "2026-11-20",
    -3: "2026-11-26",
    -1: "2026-11-30",
    0: "2026-12-01",
    1: "2026-12-02",
    5: "2026-12-08",
}


def told() -> Counter[tuple[str, str]]:
    """How many letters of each kind were queued, by recipient."""
    return Counter(
        Letter.objects.filter(
            kind__in=["topic_list_reminder", "topic_list_overdue", "topic_list_missed"]
        ).values_list("kind", "recipient_key")
    )


def to(user: User) -> int:
    return Letter.objects.filter(user=user).count()


@pytest.fixture
def started(portal: None) -> None:
    """All steps up to the 14th working day before were taken; nobody else's letters are in the way."""
    remind(now=at(LADDER[-14]))
    Letter.objects.all().delete()


@pytest.mark.parametrize(("offset", "day"), LADDER.items())
def test_each_step_comes_at_its_instant_once(officer: User, offset: int, day: str) -> None:
    due = at("2026-12-02", 0)
    assert reminders.step_at(date(2026, 12, 1), offset, workdays.current()) == at(day)
    remind(now=at(day) - SECOND)
    before = to(officer)
    remind(now=at(day))
    assert to(officer) == before + 1
    remind(now=at(day) + SECOND)
    remind(now=at(day) + SECOND)
    assert to(officer) == before + 1
    assert ReminderStep.objects.filter(kind="topic_list", due=due, offset=offset).count() == 1


def test_after_three_days_without_the_portal_there_is_one_letter(officer: User, started: None) -> None:
    remind(now=at("2026-12-02"))
    assert told()["topic_list_overdue", f"user:{officer.pk}"] == 1
    assert told()["topic_list_reminder", f"user:{officer.pk}"] == 0


def test_a_clock_that_is_set_back_brings_no_letter(officer: User, started: None) -> None:
    remind(now=at("2026-12-01"))
    written = Letter.objects.count()
    for day in ("2026-11-26", "2026-11-30", "2026-12-01"):
        remind(now=at(day))
    assert Letter.objects.count() == written > 0


def test_reminders_stop_at_once_when_it_is_done(
    draft: TopicList, officer: User, neighbour: User, started: None
) -> None:
    """The control: the neighbour, who has not submitted, is written to by the same run."""
    made = topic_lists.submit(
        topic_list=draft, by=officer, now=at("2026-11-26") - SECOND, version=draft.version
    )
    assert not made.late
    remind(now=at("2026-11-26"))
    assert Letter.objects.filter(kind="topic_list_reminder", user=officer).count() == 0
    assert Letter.objects.filter(kind="topic_list_reminder", user=neighbour).count() == 1


def test_a_recalled_list_is_reminded_of_again(submitted: TopicList, officer: User) -> None:
    remind(now=at("2026-11-26"))
    topic_lists.recall(topic_list=submitted, by=officer, now=at("2026-11-27"), version=submitted.version)
    remind(now=at("2026-11-30"))
    letters = Letter.objects.filter(kind="topic_list_reminder", user=officer)
    assert [letter.context["list_state"] for letter in letters] == ["draft"]


def test_a_returned_round_has_a_ladder_of_its_own(
    submitted: TopicList, officer: User, authority: User
) -> None:
    """Returned on 3 December: last day 10 December; steps before the return are not owed."""
    returned = at("2026-12-03")
    remind(now=returned - SECOND)
    reviews.return_(
        topic_list=submitted, by=authority, now=returned, version=submitted.version, comment="Толықтырыңыз"
    )
    remind(now=returned + SECOND)
    mine = Letter.objects.filter(kind="topic_list_reminder", user=officer)
    assert not mine.exists()
    remind(now=at("2026-12-07"))
    remind(now=at("2026-12-09"))
    assert [one.context["list_state"] for one in mine] == ["returned"] * 2
    assert {one.context["last_day"] for one in mine} == {"2026-12-10"}
    assert rendering.render(mine[0]).subject


def test_a_body_with_nobody_to_remind_is_written_to_officially(portal: None, officer: User) -> None:
    Body.objects.filter(pk="akimat.33").update(official_email="office@33.example")
    Membership.objects.filter(user=officer).update(valid_to=date(2026, 11, 25))
    remind(now=at("2026-11-25"))
    assert told()["topic_list_reminder", f"user:{officer.pk}"] == 1
    remind(now=at("2026-11-26"))
    assert told()["topic_list_reminder", f"user:{officer.pk}"] == 1, "the role has ended"
    assert told()["topic_list_reminder", "body:akimat.19"] == 1
    assert Letter.objects.filter(recipient_key="body:akimat.33").latest("pk").email == "office@33.example"


def test_an_overdue_list_is_told_to_the_head_and_the_authorised_body(
    officer: User, authority: User, started: None
) -> None:
    Body.objects.filter(pk="akimat.19").update(head_email="head@19.example")
    remind(now=at("2026-12-02", 0) - SECOND)
    assert not Letter.objects.filter(kind="topic_list_missed").exists()
    remind(now=at("2026-12-02", 0))
    [missed] = Letter.objects.filter(kind="topic_list_missed")
    assert (missed.user, missed.context["body_count"]) == (authority, 20)
    assert Body.objects.get(pk="akimat.19").full_name_kk in rendering.render(missed).body
    assert not Letter.objects.filter(recipient_key="head:akimat.19").exists()
    remind(now=at("2026-12-02"))
    assert Letter.objects.get(recipient_key="head:akimat.19").email == "head@19.example"
    remind(now=at("2026-12-03"))
    assert Letter.objects.filter(kind="topic_list_missed").count() == 1


def test_nobody_is_told_when_nobody_missed_the_term(authority: User, portal: None) -> None:
    remind(now=IN_TIME)
    Obligation.objects.filter(half_year="2027-H1").exclude(body="akimat.19").update(
        done_at=IN_TIME, evidence="x"
    )
    assert reminders.missed(at("2026-12-02", 0), ["topic_list"]) == [("topic_list", at("2026-12-02", 0))]
    Obligation.objects.filter(half_year="2027-H1").update(done_at=IN_TIME, evidence="x")
    assert reminders.missed(at("2026-12-02", 0), ["topic_list"]) == []


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_letter_says_what_is_missing(
    draft: TopicList, officer: User, started: None, language: str
) -> None:
    User.objects.filter(pk=officer.pk).update(language=language)
    draft.topics.filter(position=2).update(title_ru="")
    remind(now=at("2026-11-26"))
    text = rendering.render(Letter.objects.get(kind="topic_list_reminder", user=officer))
    expected = {
        "kk": "26 қарашадағы жағдай бойынша тізбе жоба күйінде. Енгізілген мәселелер: 2. "
        "Орыс тіліндегі мәтіні жоқ мәселелер: 1. Мерзім аяқталғанға дейін 3 жұмыс күні қалды.",
        "ru": "Внесено вопросов: 2. Вопросов без текста на русском языке: 1. "
        "Рабочих дней до окончания срока: 3.",
        "en": "Topics entered: 2. Topics without a Russian text: 1. Working days until the end of the term: 3.",
    }
    assert expected[language] in text.body
    assert f"/{language}/staff/topic-lists/2027-H1/akimat.19/" in text.body


def test_one_entry_in_the_journal_for_a_batch(officer: User, started: None) -> None:
    remind(now=at("2026-11-26"))
    entry = Entry.objects.filter(act="reminders.queue", subject_id="topic_list").latest("number")
    queued = Letter.objects.filter(kind="topic_list_reminder").count()
    assert entry.changes["letters"] == [0, queued]
    assert queued == 20
    written = Entry.objects.count()
    assert remind(now=at("2026-11-26") + SECOND) == 0
    assert Entry.objects.count() == written


def test_statements_do_not_grow_with_the_duties(portal: None) -> None:
    def statements(now: datetime) -> int:
        with CaptureQueriesContext(connection) as seen:
            remind(now=now)
        return len(seen)

    Body.objects.akimats().exclude(pk="akimat.19").update(valid_to=date(2020, 1, 1))
    remind(now=IN_TIME)
    one = statements(at("2026-11-26"))
    assert sum(told().values()) == 2
    Body.objects.akimats().update(valid_to=None)
    remind(now=at("2026-11-30"))
    before = sum(told().values())
    twenty = statements(at("2026-12-01"))
    assert (twenty, sum(told().values()) - before) == (one, 20)


def test_a_ladder_of_its_own_per_kind(portal: None, officer: User, settings: Any) -> None:
    settings.REMINDER_LADDERS = {"default": (-30,), "topic_list": (-2, 0)}
    for day in ("2026-11-26", "2026-11-27", "2026-11-30", "2026-12-01", "2026-12-02"):
        remind(now=at(day))
    mine = Letter.objects.filter(user=officer)
    assert [one.created_at for one in mine.order_by("pk")] == [at("2026-11-27"), at("2026-12-01")]
