"""What the database refuses whatever the code does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from calendar_app.models import TopicList
from calendar_app.transitions import topic_lists
from tests.calendar_app.conftest import IN_TIME

pytestmark = pytest.mark.django_db


FROZEN = [
    "UPDATE calendar_app_submission SET late = NOT late",
    "UPDATE calendar_app_submission SET submitted_at = submitted_at - interval '1 day'",
    "DELETE FROM calendar_app_submission",
    "UPDATE calendar_app_topic SET title_kk = 'x'",
    "DELETE FROM calendar_app_topic",
    "UPDATE calendar_app_topiclist SET state = 'accepted', round = 7",
    "UPDATE calendar_app_topiclist SET half_year = '2027-H2'",
    "UPDATE calendar_app_ruleset SET text = text || ' ' WHERE used",
    "DELETE FROM calendar_app_ruleset WHERE used",
    "DELETE FROM calendar_app_demonstration",
]


@pytest.mark.parametrize("statement", FROZEN)
def test_the_database_refuses_what_must_never_happen(submitted: TopicList, statement: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_frozen_rows_can_be_read_and_other_rows_changed(submitted: TopicList, officer: User) -> None:
    """The control: the same tables accept what is allowed, so the refusals above mean something."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE calendar_app_topiclist SET state = 'accepted'")
        assert cursor.rowcount == 1
        cursor.execute("UPDATE calendar_app_ruleset SET text = text || ' ' WHERE NOT used")
        assert cursor.rowcount >= 1


def test_outside_a_demonstration_nothing_is_dated_back(draft: TopicList, officer: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE calendar_app_demonstration DISABLE TRIGGER ALL")
        cursor.execute("DELETE FROM calendar_app_demonstration")
    with pytest.raises(IntegrityError), transaction.atomic():
        topic_lists.submit(topic_list=draft, by=officer, now=IN_TIME, version=draft.version)

    present = datetime.now(UTC)
    submission = topic_lists.submit(
        topic_list=draft, by=officer, now=present, version=draft.version, explanation_kk="бүгін"
    )
    assert submission.submitted_at == present
