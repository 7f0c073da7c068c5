# ruff: noqa: F811 - fixtures of other tests are used by name
"""The whole way with a real worker and a real broker: a bomb harms nobody, a lost message only delays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import Membership, User
from accounts.permissions import Role
from calendar_app.models import Demonstration, Import, TopicList
from calendar_app.spreadsheets import import_runs
from calendar_app.transitions import import_claims, import_files, topic_lists
from calendar_app.transitions.import_files import Upload
from procedure.moments import day_of
from regions.models import Body
from tests.calendar_app.conftest import IN_TIME, PERIOD
from tests.calendar_app.imports import workbooks
from tests.notices.conftest import Broker, Worker, broker, mail, mail_process, start_worker, wait_for  # noqa: F401

Start = Callable[[], Worker]


@pytest.fixture
def officer(committed_db: str) -> User:
    Demonstration.objects.create(loaded_at=IN_TIME)
    user = User.objects.create_user("akimat.19", full_name="Test", email="a@example.invalid")
    akimat = Body.objects.get(code="akimat.19")
    Membership.objects.create(user=user, body=akimat, role=Role.AKIMAT_OFFICER, valid_from="2020-01-01")
    return User.objects.get(pk=user.pk)


@pytest.fixture
def topic_list(officer: User) -> TopicList:
    import_files.nudge.silent_until = 0.0
    akimat = Body.objects.get(code="akimat.19")
    return topic_lists.start(akimat=akimat, half_year=PERIOD, by=officer, now=IN_TIME)


def bring(topic_list: TopicList, officer: User, *contents: bytes) -> Import:
    files = [Upload(f"{number}.xlsx", 1, content) for number, content in enumerate(contents)]
    return import_files.upload(topic_list=topic_list, kind="topics", files=files, by=officer, now=IN_TIME)


def state(one: Import) -> str:
    one.refresh_from_db()
    return one.state


def test_a_worker_reads_a_bomb_and_goes_on(
    topic_list: TopicList,
    officer: User,
    start_worker: Start,
) -> None:
    worker = start_worker()
    bad = bring(topic_list, officer, workbooks.dense(), workbooks.filled(workbooks.WASTE))
    wait_for(lambda: state(bad) == "failed", 90)
    assert [[one.code for one in file.problems] for file in bad.files.all()] == [["file_too_heavy"], []]
    good = bring(topic_list, officer, workbooks.filled(workbooks.WASTE))
    wait_for(lambda: state(good) == "read", 60)
    assert worker.process.poll() is None, worker.said()


def test_a_lost_message_and_a_killed_worker_only_delay(
    topic_list: TopicList,
    officer: User,
    start_worker: Start,
    broker: Broker,
) -> None:
    broker.stop()
    one = bring(topic_list, officer, workbooks.filled(workbooks.WASTE))
    assert state(one) == "uploaded"
    broker.start()
    claimed = import_claims.claim_next()
    assert claimed == one, "as a worker that is killed now"
    on = day_of(IN_TIME)
    assert (import_runs.sweep(on=on), state(one)) == (0, "reading")
    assert (import_runs.sweep(on=on, lease=timedelta(seconds=-1)), state(one)) == (1, "read")
