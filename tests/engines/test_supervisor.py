"""`make run` while things die. One portal is started for the whole module, by its own command."""

from __future__ import annotations

import json
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from http.client import HTTPException

import pytest

from meetings_portal.engines.process import state_of, wait_until
from meetings_portal.testing import reachable_directory
from tests.bench.client import Ask, BenchError, line, signed_in
from tests.bench.lists import head
from tests.engines.portal import BACK_WITHIN, PARTS, Portal, children_of, environment, refused


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A running portal with its demonstration."""
    with reachable_directory() as state:
        running = Portal(state)
        try:
            running.wait_until_ready()
            yield running
        finally:
            running.end()


def test_ready_means_that_pages_answer(portal):
    assert [portal.get(path) for path in ("/healthz", "/kk/", "/ru/", "/en/")] == [200] * 4
    assert set(portal.children()) == set(PARTS)
    assert wait_until(lambda: portal.get("/readyz") == 200, BACK_WITHIN)


@pytest.mark.parametrize("name", PARTS)
def test_what_is_killed_is_started_again_and_pages_come_back(portal, name):
    old = portal.children()[name]
    os.kill(old, signal.SIGKILL)
    assert wait_until(lambda: portal.children().get(name, old) != old, BACK_WITHIN), portal.said()
    assert wait_until(lambda: portal.get() == 200, BACK_WITHIN, pause=0.1), portal.said()
    assert f"{name} ended" in portal.said()


@pytest.mark.parametrize("name", ["worker", "beat", "valkey"])
def test_pages_do_not_notice_that_helpers_die(portal, name):
    assert wait_until(lambda: set(portal.children()) == set(PARTS), BACK_WITHIN)
    os.kill(portal.children()[name], signal.SIGKILL)
    answers = {portal.get() for _ in range(20)}
    assert answers == {200}
    assert wait_until(lambda: set(portal.children()) == set(PARTS), BACK_WITHIN)


def test_callers_wait_while_the_web_server_starts_again(portal):
    """The socket belongs to the supervisor, so nobody is refused; a line in the middle of an answer is cut.

    Workers outlive their killed parent by a moment and answer still: the new server is asked when they are gone.
    """
    web = portal.children()["web"]
    family = [web, *children_of(web)]
    os.kill(web, signal.SIGKILL)
    connected: list[bool] = []

    def gone() -> bool:
        connected.append(portal.connects())
        return portal.get() in (0, 200) and all(state_of(pid) in ("", "Z") for pid in family)

    assert wait_until(gone, BACK_WITHIN, pause=0), portal.said()
    assert wait_until(lambda: portal.get() == 200, BACK_WITHIN, pause=0), portal.said()
    assert all(connected)
    assert [portal.get() for _ in range(5)] == [200] * 5


DRAFTS = """
import json
from calendar_app.models import TopicList
from tests.bench.lists import Stock
stock = Stock()
lists = [one for _ in range(4) for one in stock.lists(20, topics=1)]
version = dict(TopicList.objects.values_list("pk", "version"))
print(json.dumps([[one.pk, one.akimat, one.path, version[one.pk]] for one in lists]))
"""
OUTCOME = """
import json
from calendar_app.models import TopicList
print(json.dumps([[one.pk, one.state, one.submissions.count()] for one in TopicList.objects.all()]))
"""


class Officer(threading.Thread):
    """Submits lists one after another as a person would: after an error the same form is sent again."""

    def __init__(self, port: int, lists: list[list[object]]) -> None:
        super().__init__()
        self.port, self.lists = port, lists
        self.acknowledged: list[int] = []
        self.errors = 0

    def run(self) -> None:
        for pk, akimat, path, version in self.lists:
            form = {**head(version), "explanation_kk": ""}
            while not self.sent(
                Ask(f"{path}submit/", signed_in(self.port, akimat, "demo"), form, expected=302)
            ):
                self.errors += 1
                time.sleep(0.1)
            self.acknowledged.append(pk)
            time.sleep(0.05)

    def sent(self, ask: Ask) -> bool:
        try:
            with line(self.port) as one:
                one.send(ask)
        except (BenchError, OSError, HTTPException):
            return False
        return True


def test_no_acknowledged_submission_is_lost_and_none_is_doubled_while_everything_is_killed(portal):
    lists = json.loads(portal.manage("shell", "--verbosity", "0", "--command", DRAFTS))
    for _, akimat, _, _ in lists[:20]:
        signed_in(portal.port, akimat, "demo")
    officers = [Officer(portal.port, lists[number::2]) for number in range(2)]
    for officer in officers:
        officer.start()
    assert wait_until(lambda: all(officer.acknowledged for officer in officers), BACK_WITHIN)
    for name in ("postgres", "web", "valkey", "worker", "beat", "postgres", "web"):
        os.kill(portal.children()[name], signal.SIGKILL)
        assert wait_until(lambda: set(portal.children()) == set(PARTS), BACK_WITHIN), portal.said()
        # While the web server starts, callers only wait: a kill would hit nobody.
        assert wait_until(lambda: portal.get() == 200, BACK_WITHIN), portal.said()
    for officer in officers:
        officer.join(120)
    kept = {
        pk: (state, count) for pk, state, count in json.loads(portal.manage("shell", "-v0", "-c", OUTCOME))
    }
    acknowledged = [pk for officer in officers for pk in officer.acknowledged]
    assert len(acknowledged) == len(lists)
    assert {kept[pk] for pk in acknowledged} == {("submitted", 1)}
    assert sum(officer.errors for officer in officers) > 0, "nobody noticed the kills: they proved nothing"
    assert json.loads(portal.manage("verify_journal", "--json"))
    assert portal.manage("check_invariants", "--json")


def test_manage_py_finds_the_engines_that_run(portal):
    script = "from django.db import connection as c; c.ensure_connection(); print(c.settings_dict['PORT'])"
    found = portal.manage("shell", "--verbosity", "0", "--command", script)
    assert found.strip() == (portal.state / "postgres.port").read_text()
    assert "postgres" in portal.children()


def test_a_second_portal_on_the_same_port_is_refused_in_one_sentence(portal):
    with reachable_directory() as other:
        second = Portal(other, PORT=str(portal.port))
        assert second.process.wait(30) == 1
        assert second.said().strip() == (
            f"make run: port {portal.port} is taken by another program: stop it, or choose another PORT."
        )


def test_demonstration_data_are_refused_outside_a_demonstration(portal):
    done = refused(environment(portal.state, DEMO="0"))
    assert done.returncode == 1
    assert "holds the demonstration" in done.stderr


def test_going_behind_the_journal_is_refused_in_one_sentence(portal):
    done = refused(environment(portal.state, PORTAL_NOW="2020-01-01T00:00:00+05:00"))
    assert done.returncode == 1
    assert re.fullmatch(r"make run: PORTAL_NOW=.* journal .* make reset .*\n", done.stderr)


def test_sigterm_ends_everything_and_a_second_start_is_quick(portal):
    pids = list(portal.children().values())
    assert portal.end() < 30
    assert portal.process.returncode == 0
    assert wait_until(lambda: not any(state_of(pid) not in ("", "Z") for pid in pids), 5)
    portal.start()
    portal.wait_until_ready()
    assert "Demonstration" not in portal.said()


def test_children_end_when_the_supervisor_is_killed(portal):
    pids = list(portal.children().values())
    portal.process.kill()
    portal.process.wait()
    assert wait_until(lambda: not any(state_of(pid) not in ("", "Z") for pid in pids), 30)
