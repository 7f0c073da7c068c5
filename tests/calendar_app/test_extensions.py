"""More time that the authorised body gives: who may, what changes, who is told."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from accounts.models import User
from audit.models import Entry
from base import clock
from base.errors import NotPermitted, Refused, Stale
from calendar_app.models import Obligation, TermChange, TermExtension, TopicList
from calendar_app.transitions import extensions, obligations, topic_lists
from calendar_app.transitions.reminders import remind
from notices import rendering
from notices.models import Letter
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME
from tests.calendar_app.test_reminders import at

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
NEW_DAY = date(2026, 12, 8)
REASON = "Су тасқыны салдарынан"


@pytest.fixture
def duty(portal: None) -> Obligation:
    """The list of akimat.19 for 2027-H1, due on 1 December."""
    obligations.derive(now=IN_TIME)
    return Obligation.objects.get(kind="topic_list", half_year="2027-H1", body="akimat.19")


def give(
    duty: Obligation, by: User, now: datetime = IN_TIME, version: int = 0, **more: object
) -> TermExtension:
    words = {"last_day": NEW_DAY, "reason": REASON} | more
    return extensions.extend(obligation=duty, by=by, now=now, version=version, **words)


def told(day: str) -> dict[str, dict[str, str]]:
    out = StringIO()
    call_command("obligations", "--on", day, "--json", stdout=out)
    rows = json.loads(out.getvalue())
    return {one["body"]: one for one in rows if (one["kind"], one["subject"]) == ("topic_list", "2027-H1")}


def test_more_time_is_shown_wherever_the_duty_is(
    duty: Obligation, draft: TopicList, officer: User, authority: User
) -> None:
    give(duty, authority)
    assert told("2026-11-23")["akimat.19"]["last_day"] == "2026-12-08"
    assert told("2026-12-02")["akimat.19"]["status"] == "due_soon"
    assert told("2026-12-02")["akimat.33"]["status"] == "overdue", "the control: another akimat"
    assert told("2026-11-22")["akimat.19"]["last_day"] == "2026-12-01", "as it was known then"
    # An earlier test may have left another language active.
    with translation.override("kk"):
        own = draft.get_absolute_url()
    for user, page in ((officer, own), (authority, "/ru/staff/topic-lists/")):
        browser = Client()
        browser.force_login(user)
        shown = browser.get(page, follow=True).content.decode()
        assert "8 декабря 2026" in shown or "2026 жылғы 8 желтоқсан" in shown or "08.12.2026" in shown
    assert REASON in _page(officer, own)
    made = topic_lists.submit(
        topic_list=draft, by=officer, now=at("2026-12-09", 0) - SECOND, version=draft.version
    )
    assert not made.late


def _page(user: User, address: str) -> str:
    browser = Client()
    browser.force_login(user)
    return browser.get(address).content.decode()


def test_after_the_new_day_a_list_is_late(
    duty: Obligation, draft: TopicList, officer: User, authority: User
) -> None:
    give(duty, authority)
    made = topic_lists.submit(
        topic_list=draft, by=officer, now=at("2026-12-09", 0), version=draft.version, explanation_kk="Кешікті"
    )
    assert made.late
    assert made.last_day == NEW_DAY


def test_the_body_is_written_to_and_the_journal_knows(
    duty: Obligation, officer: User, authority: User
) -> None:
    made = give(duty, authority)
    letter = Letter.objects.get(kind="term_extended")
    assert (letter.user, letter.body_code) == (officer, "akimat.19")
    for language in ("kk", "ru", "en"):
        Letter.objects.filter(pk=letter.pk)
        letter.language = language
        assert REASON in rendering.render(letter).body
    entry = Entry.objects.get(act="duty.extend")
    assert entry.changes == {"last_day": ["2026-12-01", "2026-12-08"]}
    assert REASON not in json.dumps(entry.changes)
    trace = TermChange.objects.get(obligation=duty)
    assert (trace.last_day, made.before) == (date(2026, 12, 1), date(2026, 12, 1))


def test_reminders_follow_the_new_term(duty: Obligation, officer: User, authority: User) -> None:
    """No step of the new ladder that lay before the extension; the old ladder is over for this body."""
    remind(now=IN_TIME)
    give(duty, authority)
    Letter.objects.all().delete()
    mine = Letter.objects.filter(user=officer, kind="topic_list_reminder")
    for day in ("2026-11-24", "2026-11-26", "2026-11-30", "2026-12-01"):
        remind(now=at(day))
    # 7 and 3 working days before 8 December are 27 November and 3 December.
    assert [one.context["last_day"] for one in mine] == ["2026-12-08"]
    assert Letter.objects.filter(kind="topic_list_reminder").exclude(user=officer).exists(), "the control"
    remind(now=at("2026-12-03"))
    assert [str(one.created_at.date()) for one in mine.order_by("pk")] == ["2026-11-30", "2026-12-03"]


def test_a_second_extension_holds_and_a_stale_page_does_not(duty: Obligation, authority: User) -> None:
    give(duty, authority)
    with pytest.raises(Stale):
        give(duty, authority, last_day=date(2026, 12, 15))
    give(duty, authority, version=1, last_day=date(2026, 12, 15))
    assert told("2026-11-23")["akimat.19"]["last_day"] == "2026-12-15"
    obligations.derive(now=IN_TIME + SECOND)
    assert Obligation.objects.get(pk=duty.pk).last_day == date(2026, 12, 15)
    assert TermChange.objects.filter(obligation=duty).count() == 2


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ({"last_day": date(2026, 12, 1)}, "extension_not_later"),
        ({"reason": "  "}, "extension_reason_required"),
        ({"last_day": date(2027, 7, 1)}, "extension_too_late"),
    ],
)
def test_what_is_refused(duty: Obligation, authority: User, words: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refusal:
        give(duty, authority, **words)
    assert [one.code for one in refusal.value.problems] == [code]
    assert not TermExtension.objects.exists()


def test_the_list_is_locked_before_its_duty(duty: Obligation, draft: TopicList, authority: User) -> None:
    """In the order of the acts on a list: whoever submits meanwhile goes first, or waits."""
    with CaptureQueriesContext(connection) as seen:
        give(duty, authority)
    asked = [one["sql"] for one in seen]

    def first(table: str) -> int:
        return next(at for at, sql in enumerate(asked) if f'FROM "{table}"' in sql and "FOR UPDATE" in sql)

    derived = next(at for at, sql in enumerate(asked) if "pg_advisory_xact_lock" in sql)
    assert first("calendar_app_topiclist") < derived < first("calendar_app_obligation")


def test_a_duty_that_is_done_is_not_extended(duty: Obligation, submitted: TopicList, authority: User) -> None:
    with pytest.raises(Refused):
        give(duty, authority)


def test_the_authorised_body_gives_no_time_to_itself(duty: Obligation, authority: User) -> None:
    own = Obligation.objects.get(kind="calendar_submission", half_year="2027-H1")
    with pytest.raises(Refused) as refusal:
        give(own, authority, last_day=date(2027, 1, 20))
    assert [one.code for one in refusal.value.problems] == ["not_extendable"]


def test_nobody_else_gives_time(duty: Obligation, officer: User) -> None:
    with pytest.raises(NotPermitted):
        give(duty, officer)


def test_what_was_given_is_frozen(duty: Obligation, authority: User) -> None:
    give(duty, authority)
    for statement in (
        "UPDATE calendar_app_termextension SET reason = 'x'",
        "DELETE FROM calendar_app_termextension",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_page_keeps_what_was_typed_and_says_what_is_wrong(duty: Obligation, authority: User) -> None:
    browser = Client()
    browser.force_login(authority)
    page = f"/ru/staff/extensions/{duty.pk}/"
    assert browser.get("/ru/staff/extensions/").content.decode().count("/staff/extensions/") > 20
    key = "7d444840-9dc0-11d1-b245-5ffdce74fad2"
    sent = {"last_day": "2026-11-30", "reason": REASON, "version": 0, "idempotency_key": key}

    refused = browser.post(page, sent)
    assert refused.status_code == 422
    assert REASON in refused.content.decode()
    later = max(duty.last_day or NEW_DAY, clock.today()) + timedelta(days=7)
    done = browser.post(page, sent | {"last_day": str(later)})
    assert done.status_code == 302
    assert REASON in browser.get("/ru/staff/extensions/").content.decode()


def test_the_list_of_duties_asks_a_constant_number_of_queries(
    duty: Obligation, authority: User, django_assert_max_num_queries: object
) -> None:

    browser = Client()
    browser.force_login(authority)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            browser.get("/kk/staff/extensions/")
        return len(seen)

    asked()
    three = asked()
    Body.objects.akimats().exclude(pk="akimat.19").update(valid_to=date(2020, 1, 1))
    Obligation.objects.exclude(pk=duty.pk).update(closed_at=IN_TIME)
    assert asked() == three
