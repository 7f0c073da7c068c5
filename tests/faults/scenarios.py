"""What is killed, hung, slowed down or refused. Each scenario queues letters and gives back their Message-IDs."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from notices.models import Letter
from tests.faults.ground import Ground, freeze, grow_old, kill, queue, settled, sweep, until

Scenario = Callable[[Ground], list[str]]
NAMES = tuple(f"officer{number}" for number in range(5))

# Commits and is killed before it can tell the broker: the callback of the kill was registered first.
COMMIT_AND_DIE = """
import os, signal, json, sys
from django.db import transaction
from tests.faults.ground import queue
with transaction.atomic():
    transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL))
    made = queue(*{names!r})
    print("QUEUED " + json.dumps(made), flush=True)
"""


def web_after_commit(ground: Ground) -> list[str]:
    """The process of a request dies between its commit and the word to the broker."""
    process = ground.python(COMMIT_AND_DIE.format(names=NAMES))
    assert process.wait() == -signal.SIGKILL, (ground.folder / "python.log").read_text()[-2000:]
    said = (ground.folder / "python.log").read_text().rsplit("QUEUED ", 1)[1]
    made: list[str] = json.loads(said.splitlines()[0])
    sweep()
    return made


def worker_before(ground: Ground) -> list[str]:
    """The worker dies with a message waiting that it has not taken up."""
    worker = ground.worker()
    freeze(worker)
    made = queue(*NAMES)
    kill(worker)
    sweep()
    return made


def _worker_while(ground: Ground, point: str) -> list[str]:
    ground.post.hold(point)
    made = queue(*NAMES)
    worker = ground.worker()
    ground.post.wait_until_held()
    kill(worker)
    ground.post.let_go()
    grow_old()
    until(lambda: sweep() or settled(made))
    return made


def worker_during(ground: Ground) -> list[str]:
    """The worker dies while the mail server has not accepted yet."""
    return _worker_while(ground, "hold_before")


def worker_after(ground: Ground) -> list[str]:
    """The worker dies after the mail server accepted and before that is noted: the window in doubt."""
    return _worker_while(ground, "hold_after")


def worker_done(ground: Ground) -> list[str]:
    """The worker dies after it noted what was sent; another one takes over."""
    worker = ground.worker()
    made = queue(*NAMES)
    until(lambda: settled(made))
    kill(worker)
    grow_old()
    sweep()
    return made


def beat_killed(ground: Ground) -> list[str]:
    """Beat dies; a new one goes on with what waits in rows."""
    ground.worker()
    kill(ground.beat())
    made = queue(*NAMES, silently=True)
    beat = ground.beat()
    until(lambda: settled(made))
    kill(beat)
    return made


def two_beats(ground: Ground) -> list[str]:
    """Two beats and two workers by mistake: every tick comes twice."""
    helpers = [ground.worker(), ground.worker(), ground.beat(), ground.beat()]
    made = [one for _ in range(4) for one in queue(*NAMES)]
    until(lambda: settled(made))
    time.sleep(3)
    for helper in helpers:
        kill(helper)
    return made


def broker_stopped(ground: Ground) -> list[str]:
    """Acts while there is no broker at all."""
    ground.broker.stop()
    made = [one for _ in range(3) for one in queue(*NAMES)]
    sweep()
    ground.broker.start()
    return made


def broker_hung(ground: Ground) -> list[str]:
    """Acts while the broker takes connections and says nothing; each commits within two seconds."""
    ground.broker.hang()
    made = []
    for _ in range(3):
        began = time.monotonic()
        made += queue(*NAMES)
        assert time.monotonic() - began < 5, "an act waited for the broker"
    sweep()
    ground.broker.resume()
    return made


def broker_emptied(ground: Ground) -> list[str]:
    """The broker comes back without the messages that it had taken."""
    made = queue(*NAMES)
    ground.broker.stop()
    ground.broker.start()
    worker, beat = ground.worker(), ground.beat()
    until(lambda: settled(made))
    kill(worker)
    kill(beat)
    return made


def mail_down(ground: Ground) -> list[str]:
    """No mail server; it comes back."""
    ground.post.stop()
    made = queue(*NAMES, silently=True)
    sweep()
    assert not settled(made)
    ground.post.start()
    grow_old()
    sweep()
    return made


def mail_slow(ground: Ground) -> list[str]:
    """A mail server that thinks long about each recipient."""
    made = queue("slow1", "slow2", "officer1", silently=True)
    sweep()
    return made


def mail_refusing(ground: Ground) -> list[str]:
    """Refusals for ever, for now, for a full box, and a line that is cut; the others leave all the same."""
    made = queue("refuse1", "later1", "full1", "closes1", *NAMES, silently=True)
    sweep()
    others = Letter.objects.filter(message_id__in=made, email__startswith="officer", state="sent")
    assert others.count() == len(NAMES), "letters of others were held up"
    for _ in range(90):
        grow_old()
        sweep()
        if settled(made):
            break
    return made


@dataclass(frozen=True)
class Row:
    """A line of the table; doubles are allowed only in the window in doubt."""

    key: str
    title: str
    play: Scenario
    in_doubt: bool = False


ROWS = (
    Row("web_after_commit", "web killed after commit, before publish", web_after_commit),
    Row("worker_before", "worker killed before taking up", worker_before),
    Row("worker_during", "worker killed while sending, before acceptance", worker_during),
    Row("worker_after", "worker killed after acceptance, before the note", worker_after, in_doubt=True),
    Row("worker_done", "worker killed after the note", worker_done),
    Row("beat_killed", "beat killed", beat_killed),
    Row("two_beats", "two beats, two workers", two_beats),
    Row("broker_stopped", "broker stopped", broker_stopped),
    Row("broker_hung", "broker hung", broker_hung),
    Row("broker_emptied", "broker restarted empty", broker_emptied),
    Row("mail_down", "mail server down, then back", mail_down),
    Row("mail_slow", "mail server slow", mail_slow),
    Row("mail_refusing", "mail server refusing", mail_refusing),
)
