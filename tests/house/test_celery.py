"""Celery may lose or repeat anything: settings, and what tasks must never ask for."""

from __future__ import annotations

import ast

import pytest
from celery.schedules import crontab

from meetings_portal.celery import app
from meetings_portal.state import CHECKOUT

APPS = ("accounts", "audit", "base", "calendar_app", "meetings_portal", "notices", "regions")
LONGEST_ETA = 60


def test_the_application_runs_with_these_settings() -> None:
    conf = app.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert (conf.task_soft_time_limit, conf.task_time_limit) == (240, 300)
    assert (conf.task_serializer, conf.accept_content) == ("json", ["json"])
    assert not conf.task_publish_retry
    options = conf.broker_transport_options
    assert (options["socket_timeout"], options["socket_connect_timeout"]) == (1, 1)
    assert options["visibility_timeout"] > conf.task_time_limit, "a task is not given out twice while it runs"


def own_tasks() -> list[str]:
    app.loader.import_default_modules()
    return sorted(name for name in app.tasks if not name.startswith("celery."))


@pytest.mark.parametrize("name", own_tasks())
def test_every_task_ends(name: str) -> None:
    task = app.tasks[name]
    hard = task.time_limit or app.conf.task_time_limit
    soft = task.soft_time_limit or app.conf.task_soft_time_limit
    assert 0 < soft < hard <= 300
    assert task.acks_late


def test_beat_asks_for_tasks_that_exist_and_lets_ticks_expire() -> None:
    for name, entry in app.conf.beat_schedule.items():
        assert entry["task"] in own_tasks(), name
        if not isinstance(entry["schedule"], crontab):
            assert entry["schedule"] >= 60.0
            assert entry["options"]["expires"] < entry["schedule"], "ticks that nobody took up do not pile up"


def delays(source: str) -> list[int]:
    """Seconds of every countdown in the source; an ETA counts as endless, because nobody can see its length."""
    found = []
    for node in ast.walk(ast.parse(source)):
        for keyword in node.keywords if isinstance(node, ast.Call) else ():
            if keyword.arg == "countdown":
                value = keyword.value
                found.append(value.value if isinstance(value, ast.Constant) else LONGEST_ETA + 1)
            if keyword.arg == "eta":
                found.append(LONGEST_ETA + 1)
    return found


def test_nothing_waits_in_the_broker() -> None:
    files = [one for name in APPS for one in (CHECKOUT / name).rglob("*.py")]
    assert len(files) > 100
    assert [one for one in files if any(delay > LONGEST_ETA for delay in delays(one.read_text()))] == []


def test_a_long_delay_would_be_noticed() -> None:
    """The control."""
    assert delays("task.apply_async(countdown=3600)") == [3600]
    assert delays("task.apply_async(eta=tomorrow)") == [LONGEST_ETA + 1]
    assert delays("task.apply_async(countdown=30)") == [30]
